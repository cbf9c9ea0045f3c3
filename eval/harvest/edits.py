"""Edits become pairs: the words before, the words that somebody left standing, and who wrote which."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from assistant.domain.rating import LONGEST_TEXT, Half, Pair
from eval.harvest.history import SENT_BACK, Edit
from eval.harvest.reading import Reading
from eval.judge.piece import piece_of


@dataclass(frozen=True)
class Edits:
    """Pairs with their edits, by id, and what is none: edits that changed no words, edits whose outcome was sent back,
    edits of which the pack knows the campaign or the readers no more."""

    pairs: tuple[tuple[Pair, Edit], ...]
    wordless: int
    sent_back: int
    gone: int


def edits(reading: Reading) -> Edits:
    """Every edit that changed words and was not sent back; the same change of a text counts once."""
    refused = {one.draft for one in reading.history.judgements if one.act in SENT_BACK}
    refused -= {one.draft for one in reading.history.judgements if one.act == "approve"}
    found: dict[str, tuple[Pair, Edit]] = {}
    wordless = sent_back = gone = 0
    for one in reading.history.edits:
        if not reading.fresh(one.at):
            continue
        before, after = reading.kept(one.before).variant.template, reading.kept(one.after).variant.template
        if before.split() == after.split():
            wordless += 1
        elif one.after in refused:
            sent_back += 1
        elif not reading.known(one.after):
            gone += 1
        else:
            pair = _pair(reading, one)
            found.setdefault(pair.id, (pair, one))
    return Edits(tuple(found[own] for own in sorted(found)), wordless, sent_back, gone)


def _pair(reading: Reading, edit: Edit) -> Pair:
    before, after = reading.kept(edit.before), reading.kept(edit.after)
    cell = after.cell
    told = f"{cell.key}\0{before.variant.template}\0{after.variant.template}"
    halves = [
        Half(text=reading.screen(one.variant.template, cell)[:LONGEST_TEXT], source=one.variant.writer)
        for one in (before, after)
    ]
    readers = piece_of(reading.desk.pack, cell, "").readers
    own = f"edit-{hashlib.sha256(told.encode()).hexdigest()[:12]}"
    return Pair(id=own, cluster=cell.campaign, language=cell.locale, readers=readers, a=halves[0], b=halves[1])
