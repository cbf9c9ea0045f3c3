"""Whether the playbook fires for whom it should: precision, recall, and what care holds back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from eval.cases.case import Case
from eval.scorers.seam import Score, scorer
from eval.tasks.seam import Answer, Room

Pairs = frozenset[tuple[str, str]]


@scorer(version=1)
def triggers(case: Case, answer: Answer, room: Room) -> Iterator[Score]:
    """Over pairs of person and trigger: `trigger_precision`, the share of what fired that should have (None where
    nothing fired), `trigger_recall`, the share of what should have fired that did (None where nothing should); where a
    case says only what must fire `at_least`, recall alone. `quiet`: nothing fires for those for whom nothing should.
    `held_back`: what sells and is not held back is what should be sold."""
    fired = answer.content["fired"]
    got = _pairs({own: [one["trigger"] for one in found] for own, found in fired.items()})
    least = case.expected.get("at_least")
    wanted = _pairs(least if least is not None else case.expected["fires"])
    yield _share("trigger_recall", got & wanted, wanted, "missed", wanted - got)
    if least is None:
        yield _share("trigger_precision", got & wanted, got, "fired for nothing", got - wanted)
        silent = {own for own, due in case.expected["fires"].items() if not due}
        loud = sorted(f"{own}: {trigger}" for own, trigger in got if own in silent)
        if silent:
            yield Score("quiet", float(not loud), "; ".join(loud))
    if "sold" in case.expected:
        sold = _pairs(
            {
                own: [one["trigger"] for one in fired.get(own, ()) if one["kind"] == "sales" and not one["held"]]
                for own in case.expected["sold"]
            }
        )
        wrong = sold ^ _pairs(case.expected["sold"])
        yield Score("held_back", float(not wrong), "; ".join(f"{own}: {trigger}" for own, trigger in sorted(wrong)))


def _pairs(by_person: Mapping[str, Iterable[str]]) -> Pairs:
    return frozenset((own, trigger) for own, found in by_person.items() for trigger in found)


def _share(metric: str, right: Pairs, whole: Pairs, said: str, wrong: Pairs) -> Score:
    why = f"{said}: " + "; ".join(f"{own}: {trigger}" for own, trigger in sorted(wrong)) if wrong else ""
    return Score(metric, len(right) / len(whole) if whole else None, why or ("" if whole else "there is nothing of it"))
