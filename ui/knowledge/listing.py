"""The lists beside the page: entries of a section, proposals; the tabs above with what waits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from assistant.domain.kept import KeptText
from assistant.domain.person import Person
from assistant.domain.proposal import Proposal
from ui.knowledge.change import badge
from ui.knowledge.naming import Naming, address
from ui.knowledge.texts import held, may_mend, touched
from ui.parts.html import NONE, html, joined

VIEWS = ("entries", "changes", "recall")


def tabs(naming: Naming, view: str, waiting: int, frozen: int | None) -> Markup:
    """The views; `frozen` is None for whoever may not read texts."""
    counts = {"entries": None, "changes": waiting, "recall": frozen}
    rows = joined(
        html(
            '<button type="button" role="tab" aria-selected="{on}" aria-controls="kn-body" data-view="{view}"'
            ' data-key="view:{view}">{label}{count}</button>',
            on="true" if one == view else "false", view=one, label=naming.words(f"knowledge.view.{one}"),
            count=html(' <b class="kn-count">{n}</b>', n=counts[one]) if counts[one] else NONE,
        )
        for one in VIEWS if one != "recall" or frozen is not None
    )  # fmt: skip
    return html('<div class="cd-tabs" role="tablist" aria-label="{label}">{rows}</div>',
                label=naming.words("knowledge.views"), rows=rows)  # fmt: skip


def sections(naming: Naming, numbers: Mapping[str, int], chosen: str) -> Markup:
    """The sections to choose from."""
    return joined(
        html(
            '<option value="{own}"{on}>{name} · {n}</option>', own=own, name=naming.section(own), n=number,
            on=Markup(" selected") if own == chosen else NONE,
        )
        for own, number in numbers.items() if number or own == chosen
    )  # fmt: skip


def entries(
    naming: Naming, section: str, rows: Sequence[Mapping[str, Any]], item: str, more: bool, total: int
) -> Markup:
    """Entries of a section; `item` is open."""
    words = naming.words
    told = html('<p class="cd-quiet" role="status">{told}</p>', told=words.count("knowledge.entries", total))
    if not rows:
        template = '<div class="cd-empty"><p class="cd-empty-title">{title}</p><p>{next}</p></div>'
        return told + html(template, title=words("knowledge.none_found"), next=words("knowledge.none_next"))
    listed = joined(_entry(naming, section, row, item) for row in rows)
    return html('{told}<ul class="cd-list">{listed}</ul>{more}', told=told, listed=listed,
                more=_more(naming, rows[-1]["id"]) if more else NONE)  # fmt: skip


def _entry(naming: Naming, section: str, row: Mapping[str, Any], item: str) -> Markup:
    here, own, name = naming.here, row["id"], naming.row(row)
    code = html("<small><code>{own}</code></small>", own=own) if name != own else NONE
    kinds = [naming.value(key, str(row[key])) for key in ("type", "risk", "scenario") if row.get(key)]
    if severity := row.get("severity"):
        kinds.append(naming.words(f"verdict.{severity}"))
    says = row["says"].get(here) or next(iter(row["says"].values()), "")
    spoken = here if here in row["says"] else next(iter(row["says"]), here)
    return html(
        '<li data-row data-key="{section}/{own}" data-section="{section}" data-item="{own}"{current}>'
        '<div class="cd-top"><a href="{to}" data-key="open:{own}" lang="{locale}">{name}</a>'
        '<span class="cd-quiet">{kinds}</span></div>'
        '{code}<small class="kn-says" lang="{spoken}">{says}</small></li>',
        section=section, own=own, to=address(section, own), name=name, kinds=" · ".join(kinds),
        code=code, locale=row.get("locale") or here, spoken=spoken, says=says,
        current=Markup(' aria-current="true"') if own == item else NONE,
    )  # fmt: skip


def proposals(naming: Naming, found: Sequence[Proposal], chosen: str, more: bool) -> Markup:
    """Proposals; `chosen` is open."""
    words = naming.words
    if not found:
        template = '<div class="cd-empty"><p class="cd-empty-title">{title}</p><p>{next}</p></div>'
        return html(template, title=words("knowledge.no_changes"), next=words("knowledge.no_changes_next"))
    rows = joined(_proposal(naming, one, chosen) for one in found)
    return html('<ul class="cd-list">{rows}</ul>{more}', rows=rows, more=_more(naming, found[-1].id) if more else NONE)


def _proposal(naming: Naming, one: Proposal, chosen: str) -> Markup:
    return html(
        '<li data-row data-key="change:{own}" data-change="{own}"{current}><div class="cd-top">'
        '<a href="/knowledge?change={own}" data-key="open:{own}">{name}</a>{badge}</div>'
        "<small>{who} · {at}</small><small class=kn-says>{note}</small></li>",
        own=one.id, name=naming.entry(one.section, one.entry), badge=badge(naming, one),
        who=naming.people(one.by), at=naming.moment(one.made_at), note=one.note,
        current=Markup(' aria-current="true"') if one.id == chosen else NONE,
    )  # fmt: skip


def _more(naming: Naming, after: str) -> Markup:
    template = (
        '<button type="button" class="cd-button kn-more" data-act="more" data-after="{after}" data-key="more">'
        "{label}</button>"
    )
    return html(template, after=after, label=naming.words("knowledge.more"))


def recalled(
    naming: Naming, found: Sequence[KeptText], counts: Mapping[str, int], mend: str, more: bool, by: Person
) -> Markup:
    """Texts that a recall holds, and what mends each."""
    words = naming.words
    if not counts:
        template = '<div class="cd-empty"><p class="cd-empty-title">{title}</p><p>{next}</p></div>'
        return html(template, title=words("knowledge.no_recall"), next=words("knowledge.no_recall_next"))
    chosen = joined(
        html(
            '<button type="button" class="cd-button{on}" aria-pressed="{pressed}" data-mend="{own}"'
            ' data-key="mend:{own}">{label} {n}</button>',
            on=" cd-first" if own == mend else "", pressed="true" if own == mend else "false", own=own,
            label=words(f"knowledge.{own or 'texts_all'}"), n=counts.get(own, 0) if own else sum(counts.values()),
        )
        for own in ("", "render", "write")
    )  # fmt: skip
    rows = touched(naming, held(found), {one.draft: one for one in found}, by, True)
    every = NONE
    if any(one.frozen and one.frozen.mend == "render" and may_mend(one, by) for one in found):
        every = html(
            '<button type="button" class="cd-button cd-push" data-act="all">{label}</button>',
            label=words("knowledge.today_all"),
        )
    return html(
        '<section class="kn-recall"><h2 tabindex="-1">{title}</h2><p class="cd-quiet">{lead}</p>'
        '<div class="cd-bar">{chosen}{every}</div>{rows}{more}</section>',
        title=words("knowledge.view.recall"), lead=words("knowledge.recall_lead"), chosen=chosen, every=every,
        rows=rows, more=_more(naming, found[-1].draft) if more else NONE,
    )  # fmt: skip
