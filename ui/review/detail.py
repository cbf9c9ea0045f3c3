"""One text under review: the words with their marks, what became of them, the proof, the history, the decision."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from assistant.domain.finding import Checked
from assistant.domain.item import MOVES, Act, Decision, Item
from assistant.domain.person import Person
from ui.languages import NAMES
from ui.parts.cards import Cards
from ui.parts.difference import difference
from ui.parts.html import NONE, html, joined
from ui.parts.marks import marked
from ui.parts.notice import told
from ui.parts.proof import Prover
from ui.words import Words

ACTS: tuple[tuple[Act, str], ...] = (("approve", "A"), ("reject", "R"), ("ask", "Q"), ("submit", ""), ("release", ""))


@dataclass(frozen=True)
class Text:
    """What is shown of a text. `before`: the words that were decided on last, where they were others."""

    item: Item
    text: str
    checked: Checked | None
    before: str | None
    decisions: Sequence[Decision]


@dataclass(frozen=True)
class Detail:
    """Draws a text in one language. `reasons`: id and name of why a text is sent back, by the keys 1 to 9."""

    prover: Prover
    reasons: Sequence[tuple[str, str]]

    @property
    def words(self) -> Words:
        """The page's words."""
        return self.prover.words

    def text(self, one: Text, person: Person, now: dt.datetime) -> Markup:
        """The whole of it."""
        return html(
            '<article class="cd-reviewed" data-shown="{id}" data-version="{version}" aria-label="{label}">'
            "{head}{held}<div class='cd-three'><div class='cd-panel'>{words}{difference}{decision}{history}</div>"
            "<div class='cd-panel'>{proof}</div></div></article>",
            id=one.item.id, version=one.item.version, label=self.words("review.text"), head=self._head(one),
            held=self._held(one, person, now), words=self._words(one), difference=self._difference(one),
            decision=self.decision(one.item, person), history=self._history(one), proof=self.proof(one),
        )  # fmt: skip

    def _head(self, one: Text) -> Markup:
        item, pack = one.item, self.prover.pack
        known = item.cell.segment in pack.segments and item.cell.age in pack.ages and item.cell.channel in pack.channels
        return html(
            '<p class="cd-where">{where} <span class="cd-badge cd-{verdict}">{label}</span> '
            '<span class="cd-state-of">{state}</span></p>',
            where=Cards(self.prover).where(item.cell) if known else item.cell.key,
            verdict=one.checked.verdict if one.checked else "block",
            label=self.words(f"verdict.{one.checked.verdict if one.checked else 'block'}"),
            state=self.words(f"state.{item.state}"),
        )  # fmt: skip

    def _held(self, one: Text, person: Person, now: dt.datetime) -> Markup:
        if person.login in one.item.makers and one.item.state == "submitted":
            return html('<p class="cd-note">{note}</p>', note=self.words("refused.own"))
        holder = one.item.holder(now)
        if holder and holder != person.login:
            return html('<p class="cd-note">{note}</p>', note=self.words("review.held", by=holder))
        return NONE

    def _words(self, one: Text) -> Markup:
        checked, own = one.checked, one.item.id
        body = marked(one.text, checked.claims, checked.findings, own) if checked else html("{text}", text=one.text)
        return html('<p class="cd-text cd-read" lang="{locale}">{body}</p>', locale=one.item.cell.locale, body=body)

    def _difference(self, one: Text) -> Markup:
        if one.before is None:
            return NONE
        return html(
            '<details class="cd-before" data-diff open><summary>{title}</summary>'
            '<p class="cd-text" lang="{locale}">{diff}</p></details>',
            title=self.words("review.diff"), locale=one.item.cell.locale, diff=difference(one.before, one.text),
        )  # fmt: skip

    def decision(self, item: Item, person: Person, package: bool = False) -> Markup:
        """The buttons that this person may press on this text, the reasons, the comment."""
        open_to = [(act, key) for act, key in ACTS if self._may(act, item, person)]
        edit = person.is_a(*MOVES["edit"].roles) and item.state in MOVES["edit"].sources and not package
        edit = edit and (not item.makers or person.login in item.makers)
        if not open_to and not edit:
            return NONE
        buttons = joined(self._button(act, key, n == 0) for n, (act, key) in enumerate(open_to))
        own = html('<button type="button" class="cd-button" data-edit>{edit} <kbd>E</kbd></button>',
                   edit=self.words("review.edit")) if edit else NONE  # fmt: skip
        comment = html(
            '<label>{label}<textarea rows="2" maxlength="2000" data-comment data-draft="comment:{id}"></textarea>'
            "</label>",
            label=self.words("review.comment"), id=item.id,
        ) if any(act in ("approve", "reject", "ask") for act, _ in open_to) else NONE  # fmt: skip
        return html('<div class="cd-decide">{comment}<div class="cd-bar">{buttons}{own}</div>{reasons}</div>',
                    comment=comment, buttons=buttons, own=own, reasons=self._reasons())  # fmt: skip

    def _may(self, act: Act, item: Item, person: Person) -> bool:
        move = MOVES[act]
        judged = act in ("approve", "reject", "ask")
        return (
            person.is_a(*move.roles)
            and item.state in move.sources
            and not (judged and person.login in item.makers)
            and not (act == "submit" and item.makers and person.login not in item.makers)
        )

    def _button(self, act: Act, key: str, first: bool) -> Markup:
        return html(
            '<button type="button" class="cd-button{first}" data-act="{act}" data-key="act:{act}">{name}{key}</button>',
            first=" cd-first" if first else "", act=act, name=self.words(f"review.{act}"),
            key=html(" <kbd>{key}</kbd>", key=key) if key else NONE,
        )  # fmt: skip

    def _reasons(self) -> Markup:
        rows = joined(
            html('<button type="button" class="cd-button" data-reason="{id}" data-key="reason:{id}"><kbd>{n}</kbd> '
                 "{name}</button>", id=own, n=n, name=name)
            for n, (own, name) in enumerate(self.reasons, 1)
        )  # fmt: skip
        return html(
            '<div class="cd-reasons" data-reasons role="group" aria-label="{title}" hidden><p>{title}</p>{rows}</div>',
            title=self.words("review.why"), rows=rows,
        )  # fmt: skip

    def _history(self, one: Text) -> Markup:
        if not one.decisions:
            return NONE
        names = dict(self.reasons)
        rows = joined(self._past(decision, names) for decision in reversed(one.decisions))
        return html('<section><h3>{title}</h3><ol class="cd-history">{rows}</ol></section>',
                    title=self.words("review.history"), rows=rows)  # fmt: skip

    def _past(self, one: Decision, names: Mapping[str, str]) -> Markup:
        why = " · ".join(part for part in (names.get(one.reason, one.reason), one.comment) if part)
        return html(
            '<li><b>{by}</b> {act} <time datetime="{at}">{day}</time>{why}</li>',
            by=one.by, act=self.words(f"act.{one.act}"), at=one.at.isoformat(), day=f"{one.at:%Y-%m-%d %H:%M} UTC",
            why=html("<br>{why}", why=why) if why else NONE,
        )  # fmt: skip

    def proof(self, one: Text) -> Markup:
        """The findings and what they rest on, and each claim with its fact."""
        words, checked = self.words, one.checked
        if checked is None:
            return told(words("verdict.block"), words("refused.gone"), words.locale)
        locale, own = one.item.cell.locale, one.item.id
        return html(
            '<aside class="cd-proof cd-evidence" id="proof-{own}" aria-label="{title}"><h3>{findings_title}</h3>'
            "{findings}{unchecked}<h3>{claims_title}</h3>{claims}</aside>",
            own=own, title=words("proof.title"), findings_title=words("proof.findings"),
            findings=self.prover.findings(checked.findings, locale),
            unchecked=self.prover.unchecked(checked.not_checked),
            claims_title=words("proof.claims"), claims=self.prover.claims(checked.claims, locale, own),
        )  # fmt: skip

    def editing(self, one: Text) -> Markup:
        """The field for other words, with what the checks say of them below."""
        return html(
            '<div class="cd-editing"><label>{label}<textarea rows="6" maxlength="10000" data-words lang="{locale}" '
            'data-draft="words:{id}">{text}</textarea></label><div data-region="preview"></div>'
            '<div class="cd-bar"><button type="button" class="cd-button cd-first" data-keep>{keep}</button>'
            '<button type="button" class="cd-button" data-leave>{leave}</button></div></div>',
            label=self.words("review.words", language=NAMES[one.item.cell.locale]), locale=one.item.cell.locale,
            id=one.item.id, text=one.text, keep=self.words("review.keep"), leave=self.words("review.leave"),
        )  # fmt: skip
