"""The shape of a call script: what its kind owes, how long it takes to say, whether it says a thing twice."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from assistant.checks.measure import sentences
from assistant.domain.script import Script
from assistant.writing.likeness import jaccard, trigrams
from eval.cases.case import Case
from eval.scorers.seam import Score, scorer
from eval.tasks.seam import Answer, Room

OWED = {
    "sales": ("opening", "purpose", "discovery", "objection", "next_step", "closing"),
    "care": ("opening", "purpose", "care", "next_step", "closing"),
}
SAID = {"sales": (60, 180), "care": (20, 180)}
"""Seconds: a sales call may take one to three minutes; a call about somebody's safety is short."""
OBJECTIONS = 3
ALIKE, SHORT = 0.6, 8


@scorer(version=1)
def script_shape(case: Case, answer: Answer, room: Room) -> Iterator[Score]:
    """`whole`: every section that the call's kind owes. `sayable`: neither too short nor too long to say. `filled`: no
    slot is open. `said_once`: no two sections say nearly the same. `seconds_cost`: how long it takes."""
    script = Script.model_validate(answer.content)
    if not script.sections:
        why = script.why or "there is no script"
        yield from (Score(metric, None, why) for metric in ("whole", "sayable", "filled", "said_once"))
        return
    kind = room.desk.pack.trigger(script.trigger).kind
    for metric, wrong in (
        ("whole", list(lacking(kind, script))),
        ("sayable", list(unsayable(kind, script))),
        ("filled", [f"open slot in {section.kind}" for section in script.sections if "{" in section.text]),
        ("said_once", [f"“{one}” “{other}”" for one, other in twice(script)]),
    ):
        yield Score(metric, float(not wrong), "; ".join(wrong))
    yield Score("seconds_cost", script.spoken_seconds)


def lacking(kind: str, script: Script) -> Iterator[str]:
    """What a script of its kind owes and does not have."""
    kinds = [section.kind for section in script.sections]
    yield from (f"no {owed}" for owed in OWED[kind] if owed not in kinds)
    if "objection" in OWED[kind] and kinds.count("objection") < OBJECTIONS:
        yield f"fewer than {OBJECTIONS} objections"


def unsayable(kind: str, script: Script) -> Iterator[str]:
    """How long a script takes, where that is too short or too long for its kind."""
    least, most = SAID[kind]
    if not least <= script.spoken_seconds <= most:
        yield f"{script.spoken_seconds:.0f} s"


def twice(script: Script) -> Iterator[tuple[str, str]]:
    """Sentences of different sections that say nearly the same. Answers to objections are seldom said, and each part
    of a plan owes its own warning."""
    told = [
        (section.kind if section.kind == "plan" else str(place), section.text[start:end].strip())
        for place, section in enumerate(script.sections)
        if section.kind not in ("objection", "disclosure")
        for start, end in sentences(section.text)
    ]
    for (here, one), (there, other) in combinations(told, 2):
        if here != there and min(len(one), len(other)) >= SHORT and jaccard(trigrams(one), trigrams(other)) > ALIKE:
            yield one, other
