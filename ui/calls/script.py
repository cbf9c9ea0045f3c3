"""The call script as HTML: parts with a box to check off, objections in a fold, room for the manager's own words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from assistant.domain.finding import Claim
from assistant.domain.script import Script, Section
from assistant.writing.scripts.own_words import Spoken
from ui.parts.html import NONE, html, joined
from ui.parts.proof import Prover
from ui.words import Words

FOLDED, AS_IT_STANDS = "objection", "disclosure"
"""Objections lie in a fold; warnings are read as they stand, so they have no words of the manager's own."""
Placed = tuple[int, Section]
"""A section and its place in the script."""


@dataclass(frozen=True)
class Drawing:
    """Draws one script. `own`: the id of its action."""

    prover: Prover
    script: Script
    own: str

    @property
    def words(self) -> Words:
        """The page's own words."""
        return self.prover.words

    def whole(self) -> Markup:
        """The script, part by part in the order in which it is said; or why there is none."""
        script, words = self.script, self.words
        if script.status == "not_applicable":
            return _silent(script.why, words)
        placed: list[Placed] = list(enumerate(script.sections))
        said = [one for one in placed if one[1].kind != FOLDED]
        groups = [(kind, list(parts)) for kind, parts in groupby(said, key=lambda one: one[1].kind)]
        answers = [one for one in placed if one[1].kind == FOLDED]
        items = [self._part(n, kind, parts) for n, (kind, parts) in enumerate(groups)]
        note = (
            html('<p class="cd-quiet">{told}</p>', told=words("calls.script.fallback"))
            if script.status == "fallback"
            else NONE
        )
        return html(
            '<section class="cd-panel cd-script" aria-labelledby="cd-script-title"><div class="cd-bar">'
            '<h3 id="cd-script-title">{title}</h3>'
            '<span class="cd-push cd-quiet" role="status" data-progress></span></div>'
            '<p class="cd-quiet" data-region="spoken">{spoken}</p>{note}'
            '<ol class="cd-parts">{items}</ol>{answers}</section>',
            title=words("calls.script.title"), spoken=spoken(script.spoken_seconds, words), note=note,
            items=joined(items), answers=self._answers(answers) if answers else NONE,
        )  # fmt: skip

    def _part(self, n: int, kind: str, parts: Sequence[Placed]) -> Markup:
        return html(
            '<li class="cd-part"><label class="cd-tick"><input type="checkbox" data-tick="{n}"> <b>{name}</b></label>'
            "{parts}</li>",
            n=n, name=self.words(f"calls.part.{kind}"), parts=joined(self._said(*one) for one in parts),
        )  # fmt: skip

    def _answers(self, answers: Sequence[Placed]) -> Markup:
        return html(
            '<details class="cd-answers"><summary>{title}</summary>{answers}</details>',
            title=self.words.count("calls.script.objections", len(answers)),
            answers=joined(self._said(*one) for one in answers),
        )  # fmt: skip

    def _said(self, place: int, section: Section) -> Markup:
        ask = (
            html('<p class="cd-ask" lang="{locale}">{ask}</p>', locale=self.script.locale, ask=section.ask)
            if section.ask
            else NONE
        )
        return html(
            '<div class="cd-said" data-place="{place}">{ask}<p class="cd-line" lang="{locale}">{text}</p>'
            '<div class="cd-beside">{proofs}{change}</div>{own}</div>',
            place=place, ask=ask, locale=self.script.locale, text=section.text,
            proofs=self._proofs(section.claims, place),
            change=NONE if section.kind == AS_IT_STANDS else self._change(place),
            own=NONE if section.kind == AS_IT_STANDS else self._theirs(place, section),
        )  # fmt: skip

    def _change(self, place: int) -> Markup:
        return html(
            '<button type="button" class="cd-link" data-change="{place}" data-key="change-{place}"'
            ' aria-expanded="false">{change}</button>',
            place=place, change=self.words("calls.script.change"),
        )  # fmt: skip

    def _theirs(self, place: int, section: Section) -> Markup:
        return html(
            '<div class="cd-own" data-own="{place}" hidden><label>{label}<textarea rows="3" maxlength="3000"'
            ' lang="{locale}" data-words="{place}" data-draft="said-{own}-{locale}-{place}">{text}</textarea></label>'
            '<div data-region="said-{place}"></div>'
            '<button type="button" class="cd-link" data-back="{place}">{back}</button></div>',
            place=place, own=self.own, label=self.words("calls.script.own"), locale=self.script.locale,
            text=section.text, back=self.words("calls.script.back"),
        )  # fmt: skip

    def _proofs(self, claims: Sequence[Claim], place: int | str) -> Markup:
        if not claims:
            return NONE
        return html(
            '<details class="cd-proofs"><summary>{title}</summary>{proofs}</details>',
            title=self.words.count("card.figures", len(claims)),
            proofs=proofs(self.prover, self.script, claims, f"p{place}"),
        )  # fmt: skip


def proofs(prover: Prover, script: Script, claims: Sequence[Claim], owner: str) -> Markup:
    """What a part states: what the catalogue carries with its proof, the customer's own figures by where they stand."""
    theirs = [one for one in claims if one.fact and not prover.knows(one.fact)]
    rest = [one for one in claims if one not in theirs]
    locale = next(own for own in prover.pack.locales if own == script.locale)
    own = joined(
        html(
            '<li><q lang="{locale}">{text}</q> <span class="cd-quiet">{told}</span></li>', locale=locale,
            text=one.text, told=prover.words("calls.script.own_figure"),
        )
        for one in theirs
    )  # fmt: skip
    return html(
        "{listed}{own}",
        listed=prover.claims(rest, locale, owner) if rest else NONE,
        own=html('<ul class="cd-theirs">{own}</ul>', own=own) if theirs else NONE,
    )


def heard(prover: Prover, script: Script, found: Spoken, place: int) -> Markup:
    """What the checks say of the manager's own words."""
    words, result = prover.words, found.checked
    locale = next(own for own in prover.pack.locales if own == script.locale)
    claims = proofs(prover, script, result.claims, f"w{place}") if result.claims else NONE
    fold = html("<details><summary>{title}</summary>{claims}</details>", claims=claims,
                title=words.count("card.figures", len(result.claims))) if result.claims else NONE  # fmt: skip
    return html(
        '<p class="cd-meta" role="status"><span class="cd-badge cd-{verdict}">{label}</span> <span>{told}</span></p>'
        "{findings}{fold}",
        verdict=result.verdict, label=words(f"verdict.{result.verdict}"),
        told=words.count("card.findings", len(result.findings)) if result.findings else words("proof.clean"),
        findings=prover.findings(result.findings, locale) if result.findings else NONE, fold=fold,
    )  # fmt: skip


def spoken(seconds: float, words: Words) -> str:
    """How long it takes to say, without objections."""
    return words("calls.script.spoken", minutes=int(seconds) // 60, seconds=int(seconds) % 60)


def _silent(why: str, words: Words) -> Markup:
    return html(
        '<div class="cd-panel"><h3>{title}</h3><p>{told}</p><p class="cd-quiet" lang="en">{why}</p></div>',
        title=words("calls.script.title"), told=words("calls.script.silent"), why=why,
    )  # fmt: skip
