"""One entry of the knowledge: what it states, its fields, where it is used, its history, and its text in a fold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from markupsafe import Markup

from assistant.domain.facts import Fact
from assistant.domain.knowledge import short_key
from assistant.domain.proposal import Proposal
from ui.knowledge.diff import changed_facts
from ui.knowledge.fields import examples, fields, in_languages
from ui.knowledge.naming import Naming, link
from ui.parts.html import NONE, html, joined
from ui.parts.tongues import as_written

_ABOVE = (
    "id",
    "of",
    "name",
    "type",
    "kind",
    "risk",
    "severity",
    "scenario",
    "facts",
    "flags",
    "must_flag",
    "must_pass",
)
"""What stands in the heading, in the table of facts or in folds, and not among the fields."""


def entry(
    naming: Naming, told: Mapping[str, Any], history: Sequence[Proposal], waiting: Sequence[Proposal],
    proposes: bool, reads: bool,
) -> Markup:  # fmt: skip
    """The entry as the service tells it. `proposes`, `reads`: whether the person may propose, may read texts."""
    guide, kind = told["section"] == "guides", {"products": "product", "campaigns": "campaign"}.get(told["section"])
    naming = replace(naming, owner=f"{kind}:{told['id']}") if kind else naming
    body = _prose(told) if guide else fields(naming, told["values"], _ABOVE)
    return html(
        '<article class="cd-panel kn-entry">{head}{waiting}{facts}{body}{examples}{uses}{texts}{history}{file}'
        "</article>",
        head=_head(naming, told, proposes), waiting=_waiting(naming, waiting),
        facts=_facts(naming, told["facts"], reads), body=body,
        examples=examples(naming, told["values"]) if told["section"] == "rules" else NONE,
        uses=_uses(naming, told["used_by"]), texts=_texts(naming, told["texts"]) if told["facts"] else NONE,
        history=_history(naming, history), file=_file(naming, told),
    )  # fmt: skip


def _head(naming: Naming, told: Mapping[str, Any], proposes: bool) -> Markup:
    words, values = naming.words, told["values"]
    known = [(key, values.get(key)) for key in ("type", "kind", "risk", "scenario")]
    badges = [html('<span class="cd-badge">{told}</span>', told=naming.value(key, str(value)))
              for key, value in known if value and not (key == "kind" and told["section"] == "rules")]  # fmt: skip
    if severity := values.get("severity"):
        template = '<span class="cd-badge cd-{severity}">{told}</span>'
        badges.append(html(template, severity=severity, told=words(f"verdict.{severity}")))
    template = '<button type="button" class="cd-button cd-first" data-act="form" data-key="form">{label}</button>'
    button = html(template, label=words("knowledge.propose")) if proposes and told["text"] is not None else NONE
    names = {key: one for key, one in (values.get("name") or {}).items() if key != naming.here and one}
    others = in_languages(naming, names) if names else NONE
    return html(
        '<header class="kn-head"><div><p class="cd-quiet">{section} <code>{own}</code></p><h2 tabindex="-1">{name}</h2>'
        "{others}<p>{badges}</p></div>{button}</header>",
        section=naming.section(told["section"]), own=told["id"], name=naming.entry(told["section"], told["id"]),
        others=others, badges=joined(badges, " "), button=button,
    )  # fmt: skip


def _waiting(naming: Naming, waiting: Sequence[Proposal]) -> Markup:
    rows = joined(
        html(
            '<li><a class="kn-link" href="/knowledge?change={own}" data-change="{own}">{told}</a></li>',
            own=one.id, told=naming.words(f"knowledge.waits.{one.state}", by=naming.people(one.by)),
        )
        for one in waiting
    )  # fmt: skip
    return html('<ul class="kn-waiting">{rows}</ul>', rows=rows) if waiting else NONE


def _facts(naming: Naming, facts: Sequence[Mapping[str, Any]], reads: bool) -> Markup:
    if not facts:
        return NONE
    words = naming.words
    rows = joined(_fact(naming, one, reads) for one in facts if not one["slot"].endswith(".name"))
    heads = joined(
        html('<th scope="col">{head}</th>', head=words(f"knowledge.{key}")) for key in ("fact_head", "reads")
    )
    template = (
        '<section><h3>{title}</h3><table class="cd-table kn-facts"><thead><tr>{heads}<td></td></tr></thead>'
        '<tbody>{rows}</tbody></table><div data-region="texts"></div></section>'
    )
    return html(template, title=words("knowledge.states"), heads=heads, rows=rows)


def _fact(naming: Naming, told: Mapping[str, Any], reads: bool) -> Markup:
    key, short = told["slot"].rpartition(".")[2], short_key(told["fact"])
    button = html(
        '<button type="button" class="cd-link" data-fact="{short}" data-key="fact:{short}">{label}'
        '<span class="cd-unseen"> {name}</span></button>',
        short=short, label=naming.words("knowledge.texts_of"), name=naming.fact(key),
    )  # fmt: skip
    return html(
        '<tr><th scope="row">{name}</th><td>{says}</td><td class="cd-number">{button}</td></tr>',
        name=naming.fact(key), says=_says(naming, told, naming.facts.get(short)), button=button if reads else NONE,
    )  # fmt: skip


def _says(naming: Naming, told: Mapping[str, Any], fact: Fact | None) -> Markup:
    if told["kind"] == "flag":
        return html("{word}", word=naming.words("proof.yes" if fact is not None and fact.value else "proof.no"))
    reads = told["reads"]
    own = reads.get(naming.here) or next(iter(reads.values()), "")
    if told["kind"] == "reward":
        return in_languages(naming, reads)
    return html('<strong class="kn-figure">{own}</strong>', own=own)


def _prose(told: Mapping[str, Any]) -> Markup:
    values = told["values"]
    template = '<div class="kn-prose" lang="{locale}">{text}</div>'
    return html(template, locale=values["locale"], text=values["text"])


def _uses(naming: Naming, used: Mapping[str, Any]) -> Markup:
    words = naming.words
    rows = []
    for section, use in used.items():
        known = section != "phrases"
        names = [link(naming, section, own) if known else html("<code>{own}</code>", own=own) for own in use["ids"]]
        items = joined(html("<li>{one}</li>", one=one) for one in names)
        title = words("knowledge.section.phrases") if not known else naming.section(section)
        rows.append(html('<div><dt>{title} <small>{n}</small></dt><dd><ul class="kn-words">{items}</ul></dd></div>',
                         title=title, n=use["count"], items=items))  # fmt: skip
    none = html('<p class="cd-quiet">{none}</p>', none=words("knowledge.unused"))
    body = html('<dl class="kn-fields">{rows}</dl>', rows=joined(rows)) if rows else none
    return html("<section><h3>{title}</h3>{body}</section>", title=words("knowledge.used"), body=body)


def _texts(naming: Naming, texts: Mapping[str, Any]) -> Markup:
    words = naming.words
    states = joined((html('<span class="cd-badge">{state} {n}</span>', state=words(f"knowledge.state.{state}"), n=n)
                     for state, n in texts["states"].items()), " ")  # fmt: skip
    told = words.count("knowledge.texts", texts["count"])
    return html('<p class="kn-cited">{told} {states}</p>', told=told, states=states)


def _history(naming: Naming, history: Sequence[Proposal]) -> Markup:
    words = naming.words
    rows = joined(_past(naming, one) for one in history)
    none = html('<p class="cd-quiet">{none}</p>', none=words("knowledge.no_history"))
    body = html('<ol class="kn-history">{rows}</ol>', rows=rows) if history else none
    return html("<section><h3>{title}</h3>{body}</section>", title=words("knowledge.history"), body=body)


def _past(naming: Naming, one: Proposal) -> Markup:
    words = naming.words
    who = words("knowledge.proposed_by", by=naming.people(one.by))
    if one.decided_by and one.decided_by != one.by:
        who += " · " + words(f"knowledge.decided.{one.state}", by=naming.people(one.decided_by))
    return html(
        '<li><p><span class="cd-badge kn-{state}">{told}</span> {at} · {who} '
        '<a class="kn-link" href="/knowledge?change={own}" data-change="{own}">{more}</a></p>{facts}{note}</li>',
        state=one.state, told=words(f"knowledge.standing.{one.state}"), at=naming.moment(one.decided_at or one.made_at),
        who=who, own=one.id, more=words("knowledge.look"), facts=changed_facts(naming, one.facts),
        note=html('<p class="cd-quiet">{note}</p>', note=as_written(one.note, naming.here)) if one.note else NONE,
    )  # fmt: skip


def _file(naming: Naming, told: Mapping[str, Any]) -> Markup:
    if told["text"] is None:
        return html('<p class="cd-quiet" lang="en">{why}</p>', why=told["why"])
    place = f"{told['file']}:{told['line']}"
    return html(
        '<details class="kn-fold"><summary>{title} <code>{place}</code></summary>'
        '<pre class="kn-source" tabindex="0" lang="{spoken}">{text}</pre></details>',
        title=naming.words("knowledge.in_file"), place=place, spoken=naming.pack.locales[0],
        text=told["text"],
    )  # fmt: skip
