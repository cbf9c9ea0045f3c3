"""Written cells as cards: one group a cell, one article a variant, its proof folded beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Protocol

from markupsafe import Markup

from assistant.domain.brief import Cell
from assistant.domain.draft import Status, Variant
from ui.choices import Named
from ui.languages import NAMES
from ui.parts.html import NONE, html, joined
from ui.parts.marks import marked
from ui.parts.proof import Prover


class Told(Protocol):
    """A cell, and what came of it."""

    @property
    def cell(self) -> Cell: ...
    @property
    def status(self) -> Status: ...
    @property
    def why(self) -> str: ...


Row = tuple[Told, Variant]


@dataclass(frozen=True, slots=True)
class Beside:
    """What a page draws with a text: `own`, the id that it keeps, `meta` after its verdict, `tools` below its words,
    and `words` in their place."""

    own: str
    meta: Markup = NONE
    tools: Markup = NONE
    words: Markup | None = None


def _alone(_done: Told, variant: Variant) -> Beside:
    return Beside(variant.id)


@dataclass(frozen=True)
class Cards:
    """Draws rows of the matrix."""

    prover: Prover
    beside: Callable[[Told, Variant], Beside] = _alone

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
            variants=joined(self.region(done, variant) for done, variant in rows),
        )  # fmt: skip

    def where(self, cell: Cell) -> Markup:
        """Whom a cell speaks to, over what, in which language and under which law."""
        pack, words = self.prover.pack, self.prover.words
        here = words.locale
        tables: tuple[tuple[Mapping[str, Named], str], ...]
        tables = ((pack.segments, cell.segment), (pack.ages, cell.age), (pack.channels, cell.channel))
        # What the pack holds no more is told by its id.
        parts = [table[own].name[here] if own in table else own for table, own in tables]
        names = joined((html("<span>{part}</span>", part=part) for part in parts), ' <i aria-hidden="true">·</i> ')
        return html(
            '{names} <i aria-hidden="true">·</i> <span lang="{locale}">{language}</span>'
            ' <abbr title="{title}">{law}</abbr>',
            names=names, locale=cell.locale, language=NAMES[cell.locale],
            law=pack.jurisdiction(cell.market), title=words("card.law", law=pack.jurisdiction(cell.market)),
        )  # fmt: skip

    def region(self, done: Told, variant: Variant) -> Markup:
        """One text in a region of its own, so that it can be drawn anew alone."""
        template = '<div class="cd-one" data-region="text-{own}">{article}</div>'
        return html(template, own=self.beside(done, variant).own, article=self.article(done, variant))

    def article(self, done: Told, variant: Variant) -> Markup:
        """What stands in a text's region."""
        return self._variant(done.cell, variant, self.beside(done, variant))

    def _variant(self, cell: Cell, variant: Variant, beside: Beside) -> Markup:
        words, prover = self.prover.words, self.prover
        lexicon = prover.pack.lexicon.get(words.locale)
        angle = (lexicon.angles if lexicon else {}).get(variant.angle, variant.angle)
        text = marked(variant.text, variant.claims, variant.findings, beside.own)
        said = html('<p class="cd-text" lang="{locale}">{text}</p>', locale=cell.locale, text=text)
        return html(
            '<article class="cd-variant cd-is-{verdict}" data-id="{id}"><div class="cd-main">'
            '<p class="cd-meta"><span class="cd-badge cd-{verdict}">{label}</span>'
            '<span class="cd-angle">{angle}</span>{meta}</p>'
            "{words}</div>{toggle}{proof}{tools}</article>",
            verdict=variant.verdict, id=beside.own, label=words(f"verdict.{variant.verdict}"), angle=angle,
            meta=beside.meta, words=said if beside.words is None else beside.words, tools=beside.tools,
            toggle=self._toggle(variant, beside.own), proof=self._proof(cell, variant, beside.own),
        )  # fmt: skip

    def _toggle(self, variant: Variant, own: str) -> Markup:
        words = self.prover.words
        parts = [words.count("card.figures", len(variant.claims)) if variant.claims else words("proof.title")]
        if variant.findings:
            parts.append(words.count("card.findings", len(variant.findings)))
        template = (
            '<button type="button" class="cd-toggle" data-key="{id}" data-owner="{id}" aria-expanded="false"'
            ' aria-controls="proof-{id}">{label}</button>'
        )
        return html(template, id=own, label=" · ".join(parts))

    def _proof(self, cell: Cell, variant: Variant, own: str) -> Markup:
        words, prover = self.prover.words, self.prover
        return html(
            '<aside class="cd-proof" id="proof-{id}" aria-label="{title}" hidden>'
            "<h3>{claims_title}</h3>{claims}<h3>{findings_title}</h3>{findings}</aside>",
            id=own, title=words("proof.title"), claims_title=words("proof.claims"),
            claims=prover.claims(variant.claims, cell.locale, own),
            findings_title=words("proof.findings"), findings=prover.findings(variant.findings, cell.locale),
        )  # fmt: skip
