"""The evidence beside a text: each claim with its fact, source and version; each finding with its law."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from assistant.domain.facts import Fact
from assistant.domain.finding import Claim, Finding, Missing
from assistant.domain.formats import written
from assistant.domain.pack import Pack
from assistant.domain.values import Locale
from ui.parts.html import NONE, html, joined
from ui.parts.tongues import as_written
from ui.words import Words


@dataclass
class Prover:
    """Looks proofs up in the pack and writes them in the page's language."""

    pack: Pack
    words: Words

    @cached_property
    def _facts(self) -> dict[str, Fact]:
        return {fact.ref.rpartition("@")[0]: fact for fact in self.pack.facts.values()}

    def knows(self, ref: str) -> bool:
        """Whether a proof is of the catalogue, in whatever version; the customer's own figures are not."""
        return ref.rpartition("@")[0] in self._facts

    def claims(self, claims: Sequence[Claim], locale: Locale, owner: str) -> Markup:
        """The list of what a text states."""
        if not claims:
            return html('<p class="cd-quiet">{none}</p>', none=self.words("proof.none"))
        return html(
            "<ol class='cd-claims'>{rows}</ol>",
            rows=joined(self._claim(n, c, locale, owner) for n, c in enumerate(claims)),
        )

    def _claim(self, n: int, claim: Claim, locale: Locale, owner: str) -> Markup:
        return html(
            '<li class="cd-claim cd-{status}" id="claim-{owner}-{n}" data-owner="{owner}" data-claim="{n}">'
            '<p class="cd-said"><q lang="{locale}">{text}</q> <span class="cd-kind">{kind}</span>'
            ' <span class="cd-state cd-{status}">{state}</span></p>{fact}</li>',
            status=claim.status, owner=owner, n=n, locale=locale, text=claim.text,
            kind=self.words.get(f"kind.{claim.kind}", claim.kind), state=self.words(f"status.{claim.status}"),
            fact=self._fact(claim, locale),
        )  # fmt: skip

    def _fact(self, claim: Claim, locale: Locale) -> Markup:
        if claim.fact is None:
            return html('<p class="cd-quiet">{why}</p>', why=self.words(f"proof.{claim.status}"))
        place, _, version = claim.fact.rpartition("@")
        fact = self._facts.get(place)
        note, says = NONE, ""
        if fact is None:
            note = html('<p class="cd-stale">{gone}</p>', gone=self.words("proof.gone"))
        elif fact.version != version:
            now = self.words("proof.now", value=self._says(fact, locale), version=fact.version)
            note = html('<p class="cd-stale">{now}</p>', now=now)
        else:
            says = self._says(fact, locale)
        return html(
            '<dl class="cd-fact">{says}<dt>{source}</dt><dd class="cd-source"><code>{place}</code></dd>'
            "<dt>{label}</dt><dd><code>{version}</code></dd></dl>{note}",
            says=self._row(self.words("proof.says"), says, locale), source=self.words("proof.source"),
            place=_breakable(place), label=self.words("proof.version"), version=version, note=note,
        )  # fmt: skip

    def _row(self, label: str, value: str, locale: Locale) -> Markup:
        if not value:
            return NONE
        template = '<dt>{label}</dt><dd class="cd-says" lang="{locale}">{value}</dd>'
        return html(template, label=label, locale=locale, value=value)

    def _says(self, fact: Fact, locale: Locale) -> str:
        if fact.kind == "flag":
            return f"{fact.key}: {self.words('proof.yes' if fact.value else 'proof.no')}"
        return written(fact, locale)

    def findings(self, findings: Sequence[Finding], locale: Locale) -> Markup:
        """What the rules object to, with their law."""
        if not findings:
            return html('<p class="cd-quiet">{clean}</p>', clean=self.words("proof.clean"))
        return html('<ul class="cd-findings">{rows}</ul>', rows=joined(self._finding(one, locale) for one in findings))

    def _finding(self, one: Finding, locale: Locale) -> Markup:
        quoted = html(' <q lang="{locale}">{text}</q>', locale=locale, text=one.text) if one.text else NONE
        return html(
            '<li class="cd-finding cd-{severity}"><p><strong class="cd-sev">{label}</strong> '
            "<code>{rule}</code>{quoted}</p>"
            '<p lang="{locale}">{message}</p><p class="cd-law"><span>{law}</span> {reference}</p></li>',
            severity=one.severity, label=self.words(f"severity.{one.severity}"), rule=one.rule, quoted=quoted,
            locale=locale, message=one.message, law=self.words("proof.reference"),
            reference=as_written(one.reference, self.words.locale),
        )  # fmt: skip

    def unchecked(self, missing: Sequence[Missing]) -> Markup:
        """Rules that could not be checked, and what they lack."""
        if not missing:
            return NONE
        rows = (self.words("proof.needs", rule=one.rule, needs=", ".join(one.needs)) for one in missing)
        items = joined(html("<li>{row}</li>", row=row) for row in rows)
        return html(
            "<h3>{title}</h3><ul class='cd-unchecked'>{items}</ul>", title=self.words("proof.unchecked"), items=items
        )


def _breakable(path: str) -> Markup:
    """A path that a narrow column may break after its slashes and marks."""
    out = html("{path}", path=path)
    for mark in ("/", "#", "."):
        out = out.replace(mark, Markup(f"{mark}<wbr>"))
    return out
