"""A package folded: each sentence that its texts share once, to be passed by a key; then what is left."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from markupsafe import Markup

from assistant.domain.item import Item
from assistant.domain.slots import Rendering
from assistant.review.folding import Folded, Sentence
from assistant.writing.gate import rendered
from ui.parts.html import NONE, html, joined
from ui.parts.proof import Prover
from ui.words import Words

AT_ONCE = 150
"""Sentences in sight: the next ones come when these are passed."""
NAMED = 12
"""Texts that are named under a sentence; of more, how many more."""


@dataclass(frozen=True)
class Package:
    """What is shown of a package. `read`: the sentences that the reader has passed."""

    row: Mapping[str, Any]
    items: Mapping[str, Item]
    folded: Folded
    read: Collection[str]


@dataclass(frozen=True)
class FoldedView:
    """Draws a package in one language."""

    prover: Prover

    @property
    def words(self) -> Words:
        """The page's words."""
        return self.prover.words

    def package(self, one: Package, decision: Markup) -> Markup:
        """The whole of it."""
        left = [sentence for sentence in one.folded.sentences if sentence.id not in one.read]
        plain, once = one.folded.characters()
        lead = self.words("review.fold_lead" if left else "review.all_read")
        waiting = [item for item in one.items.values() if item.state == "submitted"]
        return html(
            '<article class="cd-package" data-shown-package="{id}" aria-label="{name}">'
            '<p class="cd-where"><b>{name}</b> <span class="cd-quiet">{campaign}</span></p>{figures}'
            '<div class="cd-panel"><h2>{title}</h2>{lead}{sentences}</div>{alone}{decision}</article>',
            id=one.row["id"], name=one.row["name"], campaign=self._campaign(one.row["campaign"]),
            figures=self._figures(one, len(left), plain, once), title=self.words("review.sentences"),
            lead=html('<p class="cd-quiet">{lead}</p>', lead=lead),
            sentences=self.sentences(left[:AT_ONCE], one.items), alone=self._alone(one, waiting, not left),
            decision=decision if waiting else NONE,
        )  # fmt: skip

    def _figures(self, one: Package, left: int, plain: int, once: int) -> Markup:
        states = [item.state for item in one.items.values()]
        share = once / plain if plain else 0.0
        values = (
            ("review.texts_all", f"{len(states):,}"),
            ("review.approved", f"{states.count('approved'):,}"),
            ("review.left", f"{left:,}"),
            ("review.share", f"{share:.1%}"),
        )
        cells = joined(
            html("<div><dt>{name}</dt><dd>{value}</dd></div>", name=self.words(key), value=value)
            for key, value in values
        )
        return html('<div role="status"><dl class="cd-figures">{cells}</dl></div>', cells=cells)

    def sentences(self, found: Sequence[Sentence], items: Mapping[str, Item]) -> Markup:
        """Sentences to be passed, those in most texts first."""
        return html('<ol class="cd-list cd-sentences" data-sentences>{rows}</ol>',
                    rows=joined(self._sentence(one, items) for one in found))  # fmt: skip

    def _sentence(self, one: Sentence, items: Mapping[str, Item]) -> Markup:
        return html(
            '<li data-sentence="{id}" data-key="sentence:{id}"><p class="cd-text" lang="{locale}">{text}</p>'
            '<span class="cd-top"><details><summary>{count}</summary>{where}</details>'
            '<button type="button" class="cd-link" data-pass>{pass_}</button></span></li>',
            id=one.id, locale=one.locale, text=self._filled(one), pass_=self.words("review.pass"),
            count=self.words.count("review.in_texts", len(one.items)), where=self._where(one, items),
        )  # fmt: skip

    def _filled(self, one: Sentence) -> Markup:
        """A sentence with the values of one of its texts, each marked: what fills a slot is proved by the checks."""
        made: Rendering = rendered(self.prover.pack, one.locale, one.template)  # type: ignore[arg-type]
        cuts = [0, *(place for slot in made.filled for place in (slot.start, slot.end)), len(made.text)]
        pieces = [made.text[start:end] for start, end in pairwise(cuts)]
        slots = {2 * n + 1: slot.slot for n, slot in enumerate(made.filled)}
        return joined(
            html('<mark title="{slot}">{piece}</mark>', slot=slots[n], piece=piece) if n in slots
            else html("{piece}", piece=piece)
            for n, piece in enumerate(pieces)
        )  # fmt: skip

    def _where(self, one: Sentence, items: Mapping[str, Item]) -> Markup:
        named = joined(html("<li>{key}</li>", key=items[own].cell.key) for own in one.items[:NAMED] if own in items)
        more = len(one.items) - NAMED
        rest = html("<li>{more}</li>", more=self.words("review.and_more", n=more)) if more > 0 else NONE
        return html('<ul class="cd-quiet">{named}{rest}</ul>', named=named, rest=rest)

    def _alone(self, one: Package, waiting: Sequence[Item], through: bool) -> Markup:
        """Texts that their sentences do not approve: they have findings, so each is decided by itself."""
        own = [item for item in waiting if through or item.verdict != "pass"]
        if not own:
            return NONE
        rows = joined(
            html('<li><button type="button" class="cd-link" data-show="{id}">{key}</button> '
                 '<span class="cd-badge cd-{verdict}">{label}</span></li>',
                 id=item.id, key=item.cell.key, verdict=item.verdict, label=self.words(f"verdict.{item.verdict}"))
            for item in own[:AT_ONCE]
        )  # fmt: skip
        return html('<section class="cd-panel"><h2>{title}</h2><p class="cd-quiet">{lead}</p><ul>{rows}</ul></section>',
                    title=self.words("review.alone"), lead=self.words("review.alone_lead"), rows=rows)  # fmt: skip

    def _campaign(self, own: str) -> str:
        known = self.prover.pack.campaigns
        return known[own].name[self.words.locale] if own in known else own
