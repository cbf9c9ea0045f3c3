"""What the product's own checks say: verdicts, agreement with what a case expects, figures bound to facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from eval.cases.case import Case
from eval.scorers.seam import Score, scorer
from eval.scorers.texts import Judged, texts_of, unwritten
from eval.tasks.seam import Answer, Room

OWED: frozenset[str] = frozenset(
    yaml.safe_load(Path(__file__).with_name("owed.yaml").read_text(encoding="utf-8"))["rules"]
)
"""Rules about what a text lacks: they say nothing about the words that it has."""


@scorer(version=1)
def verdict(case: Case, answer: Answer, room: Room) -> Iterator[Score]:
    """`passes`: no text is blocked, and none is missing. `clean`: not even a warning. `fell_back_cost`: the phrase
    writer stood in for a model."""
    status = answer.content.get("status")
    if status == "not_applicable":
        why = unwritten(answer)
        yield from (Score(metric, None, why) for metric in ("passes", "clean"))
        return
    judged = texts_of(case, answer, room)
    blocked = _told([f for one in judged for f in one.findings if f["severity"] == "block"])
    sound = bool(judged) and status != "failed"
    passes = sound and all(one.verdict != "block" for one in judged)
    yield Score("passes", float(passes), "" if passes else blocked or unwritten(answer), blocked)
    found = _told([f for one in judged for f in one.findings])
    yield Score("clean", float(sound and not found), found, found)
    if status is not None:
        fell = status == "fallback"
        yield Score("fell_back_cost", float(fell), answer.content.get("why", "") if fell else "")


@scorer(version=1)
def as_expected(case: Case, answer: Answer, room: Room) -> Iterator[Score]:
    """Whether the checks judge a text as its case does. Of an unlawful text `found`: a finding blocks it; of a lawful
    one `let_pass`: none does. Of a rule's own example `flags` or `leaves`: whether that rule finds something."""
    wanted = case.expected
    for one in texts_of(case, answer, room)[:1]:
        if "rule" in wanted:
            found = [f for f in one.findings if f["rule"] == wanted["rule"]]
            right = bool(found) == bool(wanted["flags"])
            yield Score("flags" if wanted["flags"] else "leaves", float(right), _told(found), _told(found))
        if "lawful" in wanted:
            blocks = [f for f in one.findings if f["severity"] == "block"]
            right = bool(blocks) != bool(wanted["lawful"])
            why = "" if right else str(wanted.get("why", "")) or _told(blocks)
            yield Score("let_pass" if wanted["lawful"] else "found", float(right), why, _told(blocks))


@scorer(version=1)
def in_words(case: Case, answer: Answer, room: Room) -> Iterator[Score]:
    """`found_in_words`: a blocking finding marks words of an unlawful sentence. A warning that is missing beside it
    says nothing about them."""
    for one in texts_of(case, answer, room)[:1]:
        marked = [f for f in one.findings if blocks_words(f)]
        yield Score("found_in_words", float(bool(marked)), "" if marked else one.text, _told(marked))


def blocks_words(finding: Mapping[str, Any]) -> bool:
    """Whether a finding blocks and marks words, and is not about what is missing."""
    return finding["severity"] == "block" and finding["end"] > finding["start"] and finding["rule"] not in OWED


@scorer(version=1)
def bound(case: Case, answer: Answer, room: Room) -> Iterator[Score]:
    """`bound`: the share of claims that a fact of the catalogue carries."""
    judged = texts_of(case, answer, room)
    claims = [claim for one in judged for claim in one.claims]
    if not claims:
        yield Score("bound", None, unwritten(answer) or "it claims nothing")
        return
    loose = [claim["text"] for claim in claims if claim["status"] != "bound"]
    yield Score("bound", 1 - len(loose) / len(claims), "; ".join(loose), _claims(judged))


def _claims(judged: Sequence[Judged]) -> str:
    return "; ".join(f"{claim['text']} = {claim['fact']}" for one in judged for claim in one.claims)[:500]


def _told(findings: Sequence[Mapping[str, Any]]) -> str:
    return "; ".join(dict.fromkeys(f"{f['rule']} “{f['text'][:40]}”" for f in findings))[:500]
