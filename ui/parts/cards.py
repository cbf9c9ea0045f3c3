"""Written cells as cards: one group a cell, one article a variant, its proof folded beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from assistant.domain.brief import Cell
from assistant.domain.draft import Variant, Written
from ui.languages import NAMES
from ui.parts.html import NONE, html, joined
from ui.parts.marks import marked
from ui.parts.proof import Prover

Row = tuple[Written, Variant]


@dataclass(frozen=True)
class Cards:
    """Draws rows of the matrix."""

    prover: Prover

    def page(self, rows: Sequence[Row]) -> Markup:
        """The rows, those of one cell under one heading."""
        groups = groupby(rows, key=lambda row: row[0].cell.key)
        return joined(self._cell([*group]) for _key, group in groups)

    def _cell(self, rows: Sequence[Row]) -> Markup:
        done = rows[0][0]
        fallback = html('<p class="cd-quiet">{why}</p>', why=self.prover.words("card.fallback"))
        return html(
            '<section class="cd-cell" data-cell="{key}"><h2 class="cd-where">{where}</h2>{note}{variants}</section>',
            key=done.cell.key, where=self.where(done.cell), note=fallback if done.status == "fallback" else NONE,
            variants=joined(self._variant(done.cell, variant) for _done, variant in rows),
        )  # fmt: skip

    def where(self, cell: Cell) -> Markup:
        """Whom a cell speaks to, over what, in which language and under which law."""
        pack, words = self.prover.pack, self.prover.words
        here = words.locale
        parts = [
            pack.segments[cell.segment].name[here],
            pack.ages[cell.age].name[here],
            pack.channels[cell.channel].name[here],
        ]
        names = joined((html("<span>{part}</span>", part=part) for part in parts), ' <i aria-hidden="true">·</i> ')
        return html(
            '{names} <i aria-hidden="true">·</i> <span lang="{locale}">{language}</span>'
            ' <abbr title="{title}">{law}</abbr>',
            names=names, locale=cell.locale, language=NAMES[cell.locale],
            law=pack.jurisdiction(cell.market), title=words("card.law", law=pack.jurisdiction(cell.market)),
        )  # fmt: skip

    def _variant(self, cell: Cell, variant: Variant) -> Markup:
        words, prover = self.prover.words, self.prover
        lexicon = prover.pack.lexicon.get(words.locale)
        angle = (lexicon.angles if lexicon else {}).get(variant.angle, variant.angle)
        return html(
            '<article class="cd-variant cd-is-{verdict}" data-id="{id}"><div class="cd-main">'
            '<p class="cd-meta"><span class="cd-badge cd-{verdict}">{label}</span>'
            '<span class="cd-angle">{angle}</span></p>'
            '<p class="cd-text" lang="{locale}">{text}</p></div>{toggle}{proof}</article>',
            verdict=variant.verdict, id=variant.id, label=words(f"verdict.{variant.verdict}"), angle=angle,
            locale=cell.locale, text=marked(variant.text, variant.claims, variant.findings, variant.id),
            toggle=self._toggle(variant), proof=self._proof(cell, variant),
        )  # fmt: skip

    def _toggle(self, variant: Variant) -> Markup:
        words = self.prover.words
        parts = [words.count("card.figures", len(variant.claims)) if variant.claims else words("proof.title")]
        if variant.findings:
            parts.append(words.count("card.findings", len(variant.findings)))
        template = (
            '<button type="button" class="cd-toggle" data-key="{id}" data-owner="{id}" aria-expanded="false"'
            ' aria-controls="proof-{id}">{label}</button>'
        )
        return html(template, id=variant.id, label=" · ".join(parts))

    def _proof(self, cell: Cell, variant: Variant) -> Markup:
        words, prover = self.prover.words, self.prover
        return html(
            '<aside class="cd-proof" id="proof-{id}" aria-label="{title}" hidden>'
            "<h3>{claims_title}</h3>{claims}<h3>{findings_title}</h3>{findings}</aside>",
            id=variant.id, title=words("proof.title"), claims_title=words("proof.claims"),
            claims=prover.claims(variant.claims, cell.locale, variant.id),
            findings_title=words("proof.findings"), findings=prover.findings(variant.findings, cell.locale),
        )  # fmt: skip
