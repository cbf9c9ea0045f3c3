"""Composing the variants of one cell: clauses picked so that each text says one thing and no two say it alike."""

from __future__ import annotations

import zlib
from collections import Counter
from dataclasses import dataclass, field

from assistant.domain.phrase import Phrase
from assistant.writing.drafts import Draft
from assistant.writing.likeness import jaccard, trigrams
from assistant.writing.phrases.book import Suited
from assistant.writing.phrases.fit import Clause, Fit
from assistant.writing.phrases.search import best_first
from assistant.writing.phrases.shape import HEAD, assemble, roles

SAID_TWICE = {"en": 0.55}
"""Two clauses of one text share at most this part of the shorter one's trigrams: 0.34 in Chinese, where three
characters are a thought; in English, where they are a syllable, more."""
ALIKE = (0.35, 0.55, 0.595)
"""Variants of a cell stay below this likeness: wished for, borne, and just below the house's limit of 0.6. At the last,
which only the tightest channels come to, a heading may say again what its text says."""
BODY = "body"
"""The role that tells all; a heading or a call to action may only take up what it tells."""
COURTESY = ("greeting", "opening", "close")
"""Roles that may echo each other: a letter names the bank at its head and at its foot."""
LIMIT = 60
_USED = 40


@dataclass
class Ledger:
    """What a sheet of cells has used so far, so that its texts do not repeat; `texts` with their segments."""

    texts: set[tuple[str, str]] = field(default_factory=set)
    all: set[str] = field(default_factory=set)
    usage: Counter[str] = field(default_factory=Counter)
    told: set[tuple[str, str]] = field(default_factory=set)


@dataclass
class Composer:
    """Composes one cell. The same cell, ledger and wish give the same drafts."""

    suited: Suited
    shapes: list[str]
    fit: Fit
    ledger: Ledger
    angle: str | None = None
    _seed: int = 0
    _lenient: bool = False
    _again: bool = False
    _echoes: dict[tuple[str, str], bool] = field(default_factory=dict)
    _taken: Counter[str] = field(default_factory=Counter)
    _angles: Counter[str] = field(default_factory=Counter)
    _done: list[tuple[Draft, frozenset[str]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._seed = zlib.crc32(self.fit.cell.key.encode())

    def drafts(self, count: int) -> list[Draft]:
        """Up to `count` drafts that fit, are new to the ledger and unlike each other."""
        while len(self._done) < count and self._next():
            pass
        return [draft for draft, _ in self._done]

    def _next(self) -> bool:
        """Find one more text: the first shape, in the channel's order, for which some choice of clauses passes."""
        wished = [(shape, alike, False) for shape in self.shapes for alike in ALIKE[:-1]]
        borne = [(shape, ALIKE[-1], again) for again in (False, True) for shape in self.shapes]
        for shape, alike, self._again in [*wished, *borne]:
            self._lenient = alike == ALIKE[-1]
            if self._filled(shape, alike):
                return True
        return False

    def _filled(self, shape: str, alike: float) -> bool:
        """Keep the best choice for a shape: first the body, then what goes with it."""
        names = roles(shape)
        ranked = {name: self._ranked(name) for name in names}
        if not all(ranked.values()):
            return False
        at = next(name for name in names if name.startswith(BODY))
        return any(
            self._completed(shape, names, ranked, {at: body}, alike)
            for body in ranked[at]
            if alike != ALIKE[0] or not (self._taken[body.phrase.id] or self._told(body) in self.ledger.told)
        )

    def _completed(
        self, shape: str, names: list[str], ranked: dict[str, list[Clause]], core: dict[str, Clause], alike: float
    ) -> bool:
        """Fill the other roles around what is told, best choice first."""
        rest = [name for name in names if name not in core]
        lists = [self._going_with(core, name, ranked[name]) for name in rest]
        if not all(lists):
            return False
        least, most = self.fit.room
        fixed = sum(clause.cost for clause in core.values())
        body = [place for place, name in enumerate(rest) if name != HEAD]
        if fixed + sum(min(clause.cost for clause in lists[place]) for place in body) > most:
            return False
        for picked in best_first(lists, LIMIT):
            cost = fixed + sum(picked[place].cost for place in body)
            if least <= cost <= most and self._accept(shape, core | dict(zip(rest, picked, strict=True)), alike):
                return True
        return False

    def _going_with(self, core: dict[str, Clause], name: str, ranked: list[Clause]) -> list[Clause]:
        """Clauses that neither echo what is told nor take up a draw that it does not tell of."""
        courtesy = ranked[0].phrase.role in COURTESY
        cues = any(clause.cues for clause in core.values())
        fitting = [
            clause
            for clause in ranked
            if (cues or not clause.cues) and (courtesy or not any(self._echo(clause, one) for one in core.values()))
        ]
        if name != HEAD:
            return fitting
        # A heading of an angle promises what the angle says; one of none suits every text.
        angles = {None, *(clause.phrase.angle for clause in core.values())}
        chosen = [clause for clause in fitting if self._lenient or clause.phrase.angle in angles]
        return sorted(chosen, key=lambda c: (c.phrase.angle not in angles, self._taken[c.phrase.id] > 0))

    def _accept(self, shape: str, chosen: dict[str, Clause], alike: float) -> bool:
        """Keep a choice, unless it repeats, is too like another of the cell, or does not fit."""
        if len({clause.phrase.id for clause in chosen.values()}) < len(chosen):
            return False
        locale = self.fit.cell.locale
        text = assemble(shape, {name: clause.phrase.text for name, clause in chosen.items()}, locale)
        if self._known(text) or self._repeats(chosen):
            return False
        grams = trigrams(text.replace("{you}", self.fit.pack.ages[self.fit.cell.age].address[locale]))
        if any(jaccard(grams, other) > alike for _, other in self._done) or not self.fit.fits(shape, chosen):
            return False
        self._keep(text, chosen, grams)
        return True

    def _known(self, text: str) -> bool:
        """Whether a text stands in the sheet already; at the last, in the same segment: another may read it too."""
        return (self.fit.cell.segment, text) in self.ledger.texts or (not self._again and text in self.ledger.all)

    def _told(self, body: Clause) -> tuple[str, str]:
        """The body, within a segment: another age is told something else, or told it otherwise."""
        return self.fit.cell.segment, body.phrase.id

    def _repeats(self, chosen: dict[str, Clause]) -> bool:
        """Whether a text would say a figure or a thought twice."""
        clauses = [clause for clause in chosen.values() if clause.phrase.role not in COURTESY]
        return any(self._echo(one, other) for place, one in enumerate(clauses) for other in clauses[:place])

    def _echo(self, one: Clause, other: Clause) -> bool:
        key = (one.phrase.id, other.phrase.id)
        if self._lenient:
            return bool(one.figures & other.figures)
        if key not in self._echoes:
            shorter = min(len(one.grams), len(other.grams))
            bound = SAID_TWICE.get(self.fit.cell.locale, 0.34) * shorter
            alike = shorter > 6 and len(one.grams & other.grams) > bound
            self._echoes[key] = bool(one.figures & other.figures or one.words & other.words) or alike
        return self._echoes[key]

    def _keep(self, text: str, chosen: dict[str, Clause], grams: frozenset[str]) -> None:
        body = next(clause for clause in chosen.values() if clause.phrase.role == BODY)
        angle = body.phrase.angle or "fit"
        self._done.append((Draft(text, angle), grams))
        self._angles[angle] += 1
        self.ledger.texts.add((self.fit.cell.segment, text))
        self.ledger.all.add(text)
        self.ledger.told.add(self._told(body))
        for clause in chosen.values():
            self.ledger.usage[clause.phrase.id] += 1
            self._taken[clause.phrase.id] += 1

    def _ranked(self, token: str) -> list[Clause]:
        phrases = sorted(self.suited.of(token), key=self._rank)
        clauses = [self.fit.clause(phrase) for phrase in phrases]
        if token == HEAD:
            return [clause for clause in clauses if self.fit.heads(clause.filled.rstrip("。."))]
        return clauses

    def _rank(self, phrase: Phrase) -> tuple[int, int]:
        """Clauses not yet in this cell first, then other angles, then those that the sheet used least."""
        return self._weight(phrase), zlib.crc32(phrase.id.encode(), self._seed)

    def _weight(self, phrase: Phrase) -> int:
        weight = self._taken[phrase.id] * _USED * 4 + self.ledger.usage[phrase.id]
        weight += _USED if self.fit.clause(phrase).long_winded else 0
        if phrase.role == BODY:
            # What was written for the reader comes before what suits everybody.
            weight -= _USED // 2 if phrase.age or phrase.segment else 0
            weight += _USED * self._angles[phrase.angle or ""]
            weight += _USED * 2 if self.angle and phrase.angle != self.angle else 0
        return weight
