"""The form in which a change is proposed: the entry's fields, or its text; both are tried before anybody decides."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from markupsafe import Markup

from assistant.domain.proposal import Fault
from assistant.domain.values import LOCALES
from ui.header import SHORT
from ui.knowledge.leaves import NO, YES, Leaf, leaves
from ui.knowledge.naming import Naming
from ui.knowledge.problems import problems
from ui.parts.html import NONE, html, joined

LONG = 60
"""Characters from which on a value gets a field of several lines."""


def form(naming: Naming, told: Mapping[str, Any], text: str | None = None, faults: Sequence[Fault] = ()) -> Markup:
    """The form of an entry. `text`: a draft's, in place of the entry's own, with what is wrong with it."""
    words = naming.words
    has_fields = told["section"] != "guides"
    by_text = text is not None or not has_fields
    modes = _modes(naming, by_text) if has_fields else NONE
    typed = _fields(naming, told, by_text) if has_fields else NONE
    title = words("knowledge.change_of", name=naming.entry(told["section"], told["id"]))
    return html(
        '<form class="cd-panel kn-form" data-form data-section="{section}" data-item="{own}" data-digest="{digest}">'
        '<header class="kn-head"><div><p class="cd-quiet">{section_name} <code>{own}</code></p>'
        '<h2 tabindex="-1">{title}</h2></div></header><p class="cd-quiet">{lead}</p>{faults}{modes}{typed}{source}'
        '<label>{note}<input name="note" maxlength="2000" data-draft="{key}:note" autocomplete="off"></label>'
        '<div class="cd-bar"><button type="submit" class="cd-button cd-first">{go}</button>'
        '<button type="button" class="cd-button" data-act="leave">{leave}</button></div></form>',
        section=told["section"], own=told["id"], digest=told["digest"] or "", title=title,
        section_name=naming.section(told["section"]), lead=words("knowledge.form_lead"),
        faults=problems(naming, faults, text or "", typed=True) if faults else NONE, modes=modes, typed=typed,
        source=_source(naming, told, text, by_text), note=words("knowledge.note"), key=_key(told),
        go=words("knowledge.try"), leave=words("knowledge.leave"),
    )  # fmt: skip


def _key(told: Mapping[str, Any]) -> str:
    return f"{told['section']}/{told['id']}"


def _modes(naming: Naming, by_text: bool) -> Markup:
    tabs = joined(
        html(
            '<label class="cd-tick"><input type="radio" name="mode" value="{mode}"{on}> {label}</label>',
            mode=mode, on=Markup(" checked") if on else NONE, label=naming.words(f"knowledge.by_{mode}"),
        )
        for mode, on in (("fields", not by_text), ("text", by_text))
    )  # fmt: skip
    return html('<fieldset class="kn-modes"><legend>{title}</legend>{tabs}</fieldset>',
                title=naming.words("knowledge.how"), tabs=tabs)  # fmt: skip


def _source(naming: Naming, told: Mapping[str, Any], text: str | None, by_text: bool) -> Markup:
    words = text if text is not None else str(told["text"])
    return html(
        '<div data-mode="text"{hidden}><label>{label}<textarea class="kn-source" name="text" rows="{rows}" wrap="off"'
        ' spellcheck="false" data-draft="{key}:text">\n{words}</textarea></label></div>',
        hidden=NONE if by_text else Markup(" hidden"), label=naming.words("knowledge.text"),
        rows=min(max(words.count("\n") + 3, 8), 30), key=_key(told), words=words,
    )  # fmt: skip


def _fields(naming: Naming, told: Mapping[str, Any], by_text: bool) -> Markup:
    # What a customer is told in figures comes first; it is what changes most.
    found = sorted(leaves(told["values"]), key=lambda leaf: leaf.path[0] not in ("facts", "flags"))
    groups = joined(
        html(
            '<fieldset class="kn-group"><legend>{label}</legend>{inputs}</fieldset>',
            label=naming.field(top), inputs=joined(_field(naming, _key(told), leaf) for leaf in group),
        )
        for top, group in groupby(found, key=lambda leaf: leaf.path[0])
    )  # fmt: skip
    return html('<div data-mode="fields"{hidden}>{groups}</div>', hidden=Markup(" hidden") if by_text else NONE,
                groups=groups)  # fmt: skip


def _field(naming: Naming, key: str, leaf: Leaf) -> Markup:
    path = json.dumps(leaf.path, ensure_ascii=False)
    label = _label(naming, leaf)
    if len(leaf.path) == 1:  # the group says it already
        label = html('<span class="cd-unseen">{label}</span>', label=label)
    spoken = next((one for one in reversed(leaf.path) if one in LOCALES), None)
    common = html(
        ' data-path="{path}" data-draft="{key}:{path}"{lang}', path=path, key=key,
        lang=html(' lang="{spoken}"', spoken=spoken) if spoken else NONE,
    )  # fmt: skip
    if leaf.kind == "switch":
        options = joined(
            html(
                '<option value="{value}"{on}>{told}</option>', value=value, told=naming.words(f"proof.{value}"),
                on=Markup(" selected") if value == leaf.typed else NONE,
            )
            for value in (YES, NO)
        )  # fmt: skip
        return html(
            "<label>{label}<select{common}>{options}</select></label>", label=label, common=common, options=options
        )
    if leaf.kind == "list" or len(leaf.typed) > LONG:
        rows = max(2, min(leaf.typed.count("\n") + 1 if leaf.kind == "list" else len(leaf.typed) // LONG + 1, 8))
        template = '<label class="kn-wide">{label}{hint}<textarea rows="{rows}"{common}>\n{value}</textarea></label>'
        hint = (
            html(" <small>{hint}</small>", hint=naming.words("knowledge.a_line_each")) if leaf.kind == "list" else NONE
        )
        return html(template, label=label, hint=hint, rows=rows, common=common, value=leaf.typed)
    return html('<label>{label}<input{common} value="{value}" autocomplete="off"></label>', label=label, common=common,
                value=leaf.typed)  # fmt: skip


def _label(naming: Naming, leaf: Leaf) -> Markup:
    """The names on the way to a value, without the group's; a fact's kind goes without saying."""
    steps = leaf.path[1:]
    if leaf.path[0] == "facts" and len(steps) > 1:
        named = [naming.fact(steps[0]), *(one for one in steps[2:])]
    elif leaf.path[0] == "flags":
        named = [naming.fact(one) for one in steps]
    else:
        named = [naming.field(one) for one in steps]
    told = [SHORT.get(one, one) for one in named]  # type: ignore[call-overload]
    return html("{label}", label=" · ".join(told) or naming.field(leaf.path[0]))
