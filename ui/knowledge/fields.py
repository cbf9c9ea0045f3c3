"""An entry's values as a person reads them: labels, words by language, names in place of ids. No YAML."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from markupsafe import Markup

from assistant.domain.values import LOCALES, Locale
from ui.header import SHORT
from ui.knowledge.naming import NAMED, Naming, link
from ui.parts.html import NONE, html, joined
from ui.parts.tongues import as_written

_SPANS = ("window",)
_WORDED = ("type", "product_types", "kind", "severity", "placement", "owner", "action", "purpose", "acts", "act")
_CODE = ("match", "condition", "when", "cause", "moment", "value", "sql")
"""Fields that are written for a program: as they stand."""
_LAST = ("match", "also")


def fields(naming: Naming, values: Mapping[str, Any], leave: Collection[str] = ()) -> Markup:
    """The fields of a mapping that say something, each with its label."""
    # What a program reads comes last.
    values = dict(sorted(values.items(), key=lambda one: one[0] in _LAST))
    rows = [(key, value) for key, value in values.items() if key not in leave and value not in (None, "", [], {}, ())]
    return html('<dl class="kn-fields">{rows}</dl>', rows=joined(_row(naming, *one) for one in rows)) if rows else NONE


def _row(naming: Naming, key: str, value: Any) -> Markup:
    return html(
        "<div><dt>{label}</dt><dd>{value}</dd></div>", label=naming.field(key), value=_value(naming, key, value)
    )


def _value(naming: Naming, key: str, value: Any) -> Markup:
    if key in _CODE:
        return html('<code class="kn-code" tabindex="0">{value}</code>', value=as_written(_plain(value), naming.here))
    if by_language(value):
        return in_languages(naming, value)
    if isinstance(value, Mapping):
        return fields(naming, value)
    if isinstance(value, list | tuple):
        return _listed(naming, key, list(value))
    return _one(naming, key, value)


def _listed(naming: Naming, key: str, values: list[Any]) -> Markup:
    if any(isinstance(one, Mapping) for one in values):
        items = joined(html("<li>{one}</li>", one=_value(naming, key, one)) for one in values)
        return html('<ol class="kn-inner">{items}</ol>', items=items)
    items = joined(html("<li>{one}</li>", one=_one(naming, key, one)) for one in values)
    return html('<ul class="kn-words">{items}</ul>', items=items)


def _one(naming: Naming, key: str, value: Any) -> Markup:
    """A value that holds no others."""
    if isinstance(value, bool):
        return html("{word}", word=naming.words("proof.yes" if value else "proof.no"))
    told = str(value)
    if key in NAMED and told in getattr(naming.pack, NAMED[key]):
        return link(naming, NAMED[key], told)
    if key in _SPANS and "/" in told:
        start, _, until = told.partition("/")
        words = naming.words("knowledge.between", first=start, last=until) if until else None
        return html("{told}", told=words or naming.words("knowledge.since", day=start))
    if key in _WORDED:
        told = naming.value("type" if key == "product_types" else "act" if key == "acts" else key, told)
    return as_written(told, naming.here)


def by_language(value: Any) -> bool:
    """Whether a value holds words by language."""
    return isinstance(value, Mapping) and bool(value) and set(value) <= set(LOCALES)


def in_languages(naming: Naming, value: Mapping[str, Any]) -> Markup:
    """Words in every language that they have, the page's own first."""
    here = naming.here
    order = sorted((one for one in LOCALES if value.get(one)), key=lambda one: one != here)
    rows = joined(
        html(
            '<li><span class="kn-language" aria-hidden="true">{short}</span><span lang="{locale}">{words}</span></li>',
            short=SHORT[locale], locale=locale, words=naming.filled(_spoken(value[locale]), locale),
        )
        for locale in order
    )  # fmt: skip
    return html('<ul class="kn-languages">{rows}</ul>', rows=rows)


def _spoken(value: Any) -> str:
    return " · ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _plain(value: Any) -> str:
    """A value of a program's on lines of its own."""
    return "\n".join(_lines(value, 0)) if isinstance(value, Mapping | list | tuple) else str(value)


def _lines(value: Any, level: int) -> Iterable[str]:
    pairs = value.items() if isinstance(value, Mapping) else (("–", one) for one in value)
    for key, one in pairs:
        head = f"{'  ' * level}{key}" + ("" if key == "–" else ":")
        if isinstance(one, Mapping | list | tuple):
            yield head
            yield from _lines(one, level + 1)
        else:
            yield f"{head} {one}"


def examples(naming: Naming, values: Mapping[str, Any]) -> Markup:
    """A rule's own examples, folded: what it must find and what it must leave alone."""
    folds = []
    template = '<details class="kn-fold"><summary>{title}</summary><ul class="kn-examples">{items}</ul></details>'
    for key in ("must_flag", "must_pass"):
        cases = [one for one in values.get(key) or () if isinstance(one, Mapping)]
        items = joined(_example(one, naming.here) for one in cases)
        title = naming.words.count(f"knowledge.{key}", len(cases))
        folds.append(html(template, title=title, items=items))
    return joined(folds)


def _example(case: Mapping[str, Any], here: Locale) -> Markup:
    about = " · ".join(f"{key} {value}" for key, value in case.items() if key not in ("text", "id"))
    note = html(" <small>{about}</small>", about=about) if about else NONE
    return html("<li><q>{text}</q>{note}</li>", text=as_written(str(case.get("text", "")), here), note=note)
