"""Texts that were sent back become cases: the writer no longer writes them for that cell."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from assistant.domain.draft import Kept
from assistant.domain.pack import Pack
from assistant.writing.gate import rendered
from eval.harvest.history import SENT_BACK, Judgement
from eval.harvest.reading import Reading
from eval.harvest.wording import sentences_of

_QUOTED = re.compile(r"[“\"「『]([^”\"」』\n]{2,})[”\"」』]")
Row = dict[str, Any]


@dataclass(frozen=True)
class Rejections:
    """Cases by id, and what is no case: texts that were approved unchanged later on, texts of which the pack knows
    the campaign or the readers no more."""

    cases: tuple[Row, ...]
    approved: int
    gone: int


def rejections(reading: Reading) -> Rejections:
    """Every text that was sent back and not approved unchanged afterwards, once for each cell and wording."""
    stands: dict[tuple[str, str], Judgement] = {}
    for one in reading.history.judgements:
        kept = reading.kept(one.draft)
        # The same words in the same cell are the same text, whichever draft has them.
        stands[(kept.cell.key, kept.variant.template)] = one
    found: dict[str, list[Judgement]] = {}
    approved, gone = set[str](), set[str]()
    for one in reading.history.judgements:
        if one.act not in SENT_BACK or not reading.fresh(one.at):
            continue
        kept = reading.kept(one.draft)
        own = _id(kept)
        if stands[(kept.cell.key, kept.variant.template)].act == "approve":
            approved.add(own)
        elif not reading.known(one.draft):
            gone.add(own)
        else:
            found.setdefault(own, []).append(one)
    cases = tuple(_case(reading, own, found[own]) for own in sorted(found))
    return Rejections(cases, len(approved), len(gone))


def _id(kept: Kept) -> str:
    told = f"{kept.cell.key}\0{kept.variant.template}"
    return f"sent-back-{hashlib.sha256(told.encode()).hexdigest()[:12]}"


def _case(reading: Reading, own: str, judged: Sequence[Judgement]) -> Row:
    kept = reading.kept(judged[-1].draft)
    pack, cell, brief = reading.desk.pack, kept.cell, kept.brief
    given: Row = {**cell.model_dump(), "send_on": brief.send_on.isoformat(), "variants": brief.variants}
    if brief.note:
        given["note"] = reading.screen(brief.note, cell)
    sentences = sentences_of(pack, kept.variant.template)
    named = sorted({place for one in judged for place in _named(pack, kept, sentences, one.comment)})
    mask = reading.screen
    expected: Row = {
        "template": mask("\n".join(sentences), cell),
        "sentences": [mask(sentences[place], cell) for place in named],
        "why": [_why(reading, kept, one) for one in judged],
    }
    return {"id": own, "cluster": cell.campaign, "given": given, "expected": expected}


def _why(reading: Reading, kept: Kept, one: Judgement) -> Row:
    return {"act": one.act, "reason": one.reason, "comment": reading.screen(one.comment, kept.cell)}


def _named(pack: Pack, kept: Kept, sentences: Sequence[str], comment: str) -> list[int]:
    """The places of sentences that a comment holds or quotes; where it names none, of those that the checks marked."""
    texts = [rendered(pack, kept.cell.locale, sentence).text.strip(" 。.") for sentence in sentences]
    quoted = [match[1].strip(" 。.") for match in _QUOTED.finditer(comment)]
    marked = [one.text for one in kept.variant.findings if one.end > one.start and one.text]
    named = [
        place
        for place, text in enumerate(texts)
        if (len(text) > 1 and text in comment) or any(words and words in text for words in quoted)
    ]
    return named or [place for place, text in enumerate(texts) if any(words in text for words in marked)]
