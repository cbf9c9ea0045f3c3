"""A proposed change: what differs, what is wrong, what recall would touch, and who decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from assistant.domain.kept import KeptText
from assistant.domain.person import Person
from assistant.domain.proposal import PROPOSAL_MOVES, Proposal, TouchedText
from assistant.packs.place import PHRASES
from ui.knowledge.diff import changed_facts, changed_lines
from ui.knowledge.naming import Naming, link
from ui.knowledge.problems import outdated, problems
from ui.knowledge.texts import touched
from ui.parts.html import NONE, html, joined

TONES = {"draft": "block", "proposed": "warn", "approved": "pass"}


def change(
    naming: Naming, one: Proposal, listed: Sequence[TouchedText], found: Mapping[str, KeptText], by: Person
) -> Markup:
    """The whole proposal for one person. `listed`: what it touches; `found`: those texts as they stand."""
    words = naming.words
    return html(
        '<article class="cd-panel kn-change" data-change="{own}" data-version="{version}">{head}{wrong}'
        "<section><h3>{title}</h3>{facts}{lines}</section>{touched}{outdated}{decision}</article>",
        own=one.id, version=one.version, head=_head(naming, one), title=words("knowledge.differs"),
        wrong=problems(naming, one.problems, one.text) if one.problems else NONE,
        facts=changed_facts(naming, one.facts), lines=changed_lines(naming, one.was, one.text),
        touched=_touched(naming, one, listed, found, by) if not one.problems else NONE,
        outdated=outdated(naming, one.outdated), decision=_decision(naming, one, by),
    )  # fmt: skip


def badge(naming: Naming, one: Proposal) -> Markup:
    """Where a proposal stands."""
    template = '<span class="cd-badge cd-{tone} kn-{state}">{told}</span>'
    told = naming.words(f"knowledge.standing.{one.state}")
    return html(template, tone=TONES.get(one.state, "quiet"), state=one.state, told=told)


def _head(naming: Naming, one: Proposal) -> Markup:
    words = naming.words
    made = words("knowledge.proposed_by", by=naming.people(one.by))
    rows = [html("{badge} {who} · {at}", badge=badge(naming, one), who=made, at=naming.moment(one.made_at))]
    if one.decided_by and one.decided_at:
        who = words(f"knowledge.decided.{one.state}", by=naming.people(one.decided_by)) if one.state != "stale" else ""
        rows.append(html("{who} · {at}", who=who, at=naming.moment(one.decided_at)))
    if one.took:
        rows.append(html("{told}", told=words("knowledge.in_effect", version=one.took)))
    if one.reason:
        reason = naming.pack.reasons.get(one.reason)
        rows.append(
            html("{told}", told=words("knowledge.because", reason=reason.name[naming.here] if reason else one.reason))
        )
    if one.state == "stale":
        rows.append(html("{told}", told=words("knowledge.stale")))
    notes = joined(
        html('<blockquote class="kn-note">{note}</blockquote>', note=note) for note in (one.note, one.comment) if note
    )
    return html(
        '<header class="kn-head"><div><p class="cd-quiet">{section} <code>{entry}</code></p>'
        '<h2 tabindex="-1">{title}</h2>{rows}{notes}</div></header>',
        section=naming.section(one.section), entry=one.entry, notes=notes,
        # A clause has no page of its own.
        title=html("{own}", own=one.entry) if one.section == PHRASES else link(naming, one.section, one.entry),
        rows=joined(html("<p>{row}</p>", row=row) for row in rows),
    )  # fmt: skip


def _touched(
    naming: Naming, one: Proposal, listed: Sequence[TouchedText], found: Mapping[str, KeptText], by: Person
) -> Markup:
    words, all_ = naming.words, one.touches
    title = html("<h3>{title}</h3>", title=words("knowledge.touches_now" if one.took else "knowledge.touches"))
    if not all_.texts and not listed:
        return html(
            '<section>{title}<p class="cd-quiet">{none}</p></section>', title=title, none=words("knowledge.no_touch")
        )
    figures = (("texts_all", all_.texts), ("texts_render", all_.render), ("texts_write", all_.write),
               ("exports", len(all_.exports)))  # fmt: skip
    told = joined(
        html("<div><dt>{name}</dt><dd>{n}</dd></div>", name=words(f"knowledge.{key}"), n=n) for key, n in figures
    )
    more = words("knowledge.more_touched", shown=len(listed), n=all_.texts) if all_.texts > len(listed) else ""
    return html(
        '<section>{title}<dl class="cd-figures">{told}</dl>{rows}{more}{exports}</section>',
        title=title, told=told, rows=touched(naming, listed, found, by, one.took is not None),
        more=html('<p class="cd-quiet">{more}</p>', more=more) if more else NONE,
        exports=_exports(naming, all_.exports),
    )  # fmt: skip


def _exports(naming: Naming, exports: Sequence[str]) -> Markup:
    if not exports:
        return NONE
    names = joined(html("<li><code>{own}</code></li>", own=own) for own in exports)
    return html('<p>{told}</p><ul class="kn-words">{names}</ul>', told=naming.words("knowledge.stops"), names=names)


def _decision(naming: Naming, one: Proposal, by: Person) -> Markup:
    """The buttons of what this person may do; the desk's rules look again when one is pressed."""
    words, may = naming.words, acts(one, by)
    if not may:
        told = words("knowledge.own_waits") if one.open and one.by == by.login else ""
        return html('<p class="cd-quiet">{told}</p>', told=told) if told else NONE
    if "approve" in may:
        return _judging(naming, one)
    buttons = []
    if "submit" in may:
        buttons += [_button("correct", words("knowledge.correct"), True), _button("submit", words("knowledge.again"))]
    buttons.append(_button("withdraw", words("knowledge.withdraw")))
    told = words("knowledge.own_draft" if "submit" in may else "knowledge.own_waits")
    return html('<div class="kn-decide"><p class="cd-quiet">{told}</p><div class="cd-bar">{buttons}</div></div>',
                told=told, buttons=joined(buttons))  # fmt: skip


def acts(one: Proposal, by: Person) -> list[str]:
    """What somebody may do with a proposal, by its table of moves."""
    return [
        act for act, move in PROPOSAL_MOVES.items()
        if one.state in move.sources and by.is_a(*move.roles) and (by.login == one.by) == move.own
    ]  # fmt: skip


def _button(act: str, label: str, first: bool = False) -> Markup:
    template = '<button type="button" class="cd-button{first}" data-act="{act}" data-key="act:{act}">{label}</button>'
    return html(template, first=" cd-first" if first else "", act=act, label=label)


def _judging(naming: Naming, one: Proposal) -> Markup:
    words, here = naming.words, naming.here
    reasons = joined((html('<option value="{own}">{name}</option>', own=own, name=reason.name[here])
                      for own, reason in naming.pack.reasons.items()))  # fmt: skip
    return html(
        '<form class="kn-decide" data-judge><h3>{title}</h3><p class="cd-quiet">{lead}</p>'
        '<label>{comment}<textarea name="comment" rows="2" maxlength="2000" data-draft="comment:{own}"></textarea>'
        "</label>"
        '<label>{reason}<select name="reason" data-draft="reason:{own}"><option value="">{choose}</option>{reasons}'
        '</select></label><div class="cd-bar">{approve}{reject}</div></form>',
        title=words("knowledge.decide"), lead=words("knowledge.decide_lead"), comment=words("knowledge.comment"),
        own=one.id, reason=words("knowledge.reason"), choose=words("knowledge.choose_reason"), reasons=reasons,
        approve=_button("approve", words("knowledge.approve"), True),
        reject=_button("reject", words("knowledge.reject")),
    )  # fmt: skip
