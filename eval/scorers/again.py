"""Whether what was sent back is written again."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path

import yaml

from assistant.review.folding import cut
from assistant.writing.likeness import jaccard, runs, trigrams
from eval.cases.case import Case
from eval.scorers.seam import Score, scorer
from eval.scorers.texts import texts_of, unwritten
from eval.tasks.seam import Answer, Room

_TERMS = yaml.safe_load(Path(__file__).with_name("again.yaml").read_text(encoding="utf-8"))
ALIKE: float = _TERMS["alike"]
IN_ORDER: float = _TERMS["in_order"]
SHORTEST: int = _TERMS["shortest"]


@scorer(version=1)
def not_again(case: Case, answer: Answer, room: Room) -> Iterator[Score]:
    """1 where no text of the cell has a sentence that was sent back, nor one nearly the same; where none was named, no
    text is nearly the whole one. Slots are left out; likeness is Jaccard's over character trigrams. None where nothing
    was written."""
    texts = [one.template or one.own for one in texts_of(case, answer, room)]
    if not texts:
        yield Score("not_again", None, unwritten(answer) or "nothing was written")
        return
    named = case.expected.get("sentences") or []
    whole = case.expected.get("template", "")
    found = [(old, new) for old in named for text in texts for new in cut(text) if again(old, new)]
    if not named:
        found = [(whole, text) for text in texts if again(whole, text)]
    why = f"sent back: {found[0][0][:200]}" if found else ""
    yield Score("not_again", 0.0 if found else 1.0, why, found[0][1][:200] if found else "")


def again(old: str, new: str) -> bool:
    """Whether a wording is another said again: nearly the same, or it stands in it to the letter."""
    one, other = _letters(old), _letters(new)
    if not one:
        return False
    if len(one) < SHORTEST:
        return one == other
    if one in other or jaccard(trigrams(old), trigrams(new)) >= ALIKE:
        return True
    # One character changed takes three trigrams with it, which is much of a short sentence.
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= IN_ORDER


def _letters(template: str) -> str:
    """A template's own letters and digits, in lower case."""
    # A run as long as the template is the template.
    [told] = runs(template, len(template) + 1)
    return told
