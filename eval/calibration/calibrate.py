"""Whether a judge may be trusted by a criterion: held against people, its biases looked for, each reason in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from eval.calibration.bar import Bar, Kind
from eval.calibration.figures import Figure, Figures, beside_the_rest, between_people, figures, low, one, shown
from eval.calibration.judgements import Judgements, Said
from eval.calibration.passing import Passing, corrected, known
from eval.calibration.ratings import Panel, Ratings
from eval.judge.biases import Bias, Compared, Rated, length, length_of_levels, position, signal
from eval.judge.judge import Side
from eval.statistics.agreement import Draw
from eval.statistics.undefined import Undefined

_SIDES: dict[int, Side] = {1: "a", 2: "tie", 3: "b"}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a judge is refused. `lacking`: more ratings or judgements could still admit it."""

    words: str
    lacking: bool = False


@dataclass(frozen=True)
class Calibrated:
    """A judge by one criterion. `items`: rated by enough people; `judged`: those of them that the judge judged.

    `people`: between people; `judge`: against their majority; `rater_and_rest`, `judge_and_rest`: a rater, and the
    judge in that rater's place, against the majority of the item's other raters.
    """

    criterion: str
    kind: str
    items: int
    raters: int
    judged: int
    unable: Mapping[str, int]
    people: Figures
    judge: Figures
    rater_and_rest: Figure
    judge_and_rest: Figure
    biases: tuple[Bias, ...]
    passing: Passing | Undefined
    errors: Mapping[str, list[int]] = field(repr=False)
    reasons: tuple[Reason, ...]

    @property
    def admitted(self) -> bool:
        """Whether nothing stands against the judge."""
        return not self.reasons


def calibrate(ratings: Ratings, judgements: Judgements, bar: Bar) -> list[Calibrated]:
    """The judge by every criterion that people rated, in order."""
    return [_by(criterion, ratings.of(criterion), judgements, bar) for criterion in ratings.criteria]


def _by(criterion: str, panel: Panel, judgements: Judgements, bar: Bar) -> Calibrated:
    draw = Draw(bar.resamples, bar.confidence, bar.seed)
    name, kind = bar.kind(criterion)
    items = panel.rated_by(bar.people.raters)
    said = {item: one for item, one in judgements.of(criterion).items() if item in panel.levels}
    levels = {item: one.as_level for item, one in said.items() if one.as_level is not None}
    majority = panel.majority(items)
    both = [(panel.clusters[item], majority[item], levels[item]) for item in items if item in levels]
    rows = [(cluster, (people, judge)) for cluster, people, judge in both]
    rater_and_rest = one(kind.coefficient, list(beside_the_rest(panel, items)), kind.scale, draw)
    judge_and_rest = one(kind.coefficient, list(beside_the_rest(panel, items, levels)), kind.scale, draw)
    judge = figures(rows, kind.scale, draw)
    biases = _biases(said, panel, majority, judge.kappa, len(both), bar, draw)
    errors = known(both, bar.pass_level)
    run = [(panel.clusters[item], level >= bar.pass_level) for item, level in levels.items()]
    pairs = any(one.better for one in said.values())
    made = Calibrated(
        criterion=criterion,
        kind=name,
        items=len(items),
        raters=len(panel.raters),
        judged=len(both),
        unable=judgements.faults(criterion),
        people=between_people(panel, items, kind.scale, draw),
        judge=judge,
        rater_and_rest=rater_and_rest,
        judge_and_rest=judge_and_rest,
        biases=biases,
        passing=Undefined("Pairs do not pass or fail.") if pairs else corrected(errors, run, draw),
        errors={} if pairs else errors,
        reasons=(),
    )
    return Calibrated(**{**vars(made), "reasons": tuple(_reasons(made, kind, bar))})


def _biases(
    said: Mapping[str, Said],
    panel: Panel,
    majority: Mapping[str, int],
    agreement: Figure,
    rows: int,
    bar: Bar,
    draw: Draw,
) -> tuple[Bias, ...]:
    found = agreement if isinstance(agreement, Undefined) else agreement.interval
    noise = signal(found, rows, bar.biases.pairs)
    pairs = [
        Compared(panel.clusters[item], one.said, one.better, one.lengths or (0, 0), _SIDES.get(majority.get(item, 0)))
        for item, one in said.items()
        if one.better and one.said
    ]
    if pairs:
        return position(pairs, bar.biases, draw), length(pairs, bar.biases, draw), noise
    texts = [
        Rated(panel.clusters[item], one.level, majority[item], one.characters)
        for item, one in said.items()
        if one.level is not None and one.characters is not None and item in majority
    ]
    return length_of_levels(texts, bar.biases, draw), noise


def _reasons(made: Calibrated, kind: Kind, bar: Bar) -> list[Reason]:
    """Everything that stands against the judge."""
    found = []
    if made.items < bar.people.items:
        words = f"{made.items} items were rated by {bar.people.raters} people or more; {bar.people.items} are needed."
        found.append(Reason(words, lacking=True))
    if made.judged < bar.judged * made.items:
        faults = ", ".join(f"{name} {count}" for name, count in sorted(made.unable.items()))
        words = f"The judge judged {made.judged} of these {made.items} items; {bar.judged:.0%} are needed."
        found.append(Reason(f"{words} Could not judge: {faults}." if faults else words, lacking=not faults))
    found += _by_least(made, kind)
    found += _by_people(made, kind)
    for bias in made.biases:
        if bias.end != "clear":
            found.append(Reason(f"{bias.bias}: {bias.words}", lacking=bias.end == "not_enough"))
    return found


def _by_least(made: Calibrated, kind: Kind) -> list[Reason]:
    if kind.least is None:
        return []
    reached = made.judge.of(kind.coefficient)
    return _reached(reached, kind.least, f"{kind.coefficient} against people's majority is {shown(reached)}")


def _by_people(made: Calibrated, kind: Kind) -> list[Reason]:
    """A rater is the measure; where raters agree no better than chance, there is none."""
    if kind.of_people is None:
        return []
    own = made.rater_and_rest
    if (least := low(own)) is None or least <= 0 or isinstance(own, Undefined):
        words = f"People do not agree above chance ({kind.coefficient} of a rater and the others {shown(own)})"
        return [Reason(f"{words}: there is nothing that a judge could agree with.", lacking=least is None)]
    reached, needed = made.judge_and_rest, kind.of_people * own.value
    what = f"{kind.coefficient} in a rater's place is {shown(reached)}; a rater's own is {own.value:.2f}"
    return _reached(reached, needed, what)


def _reached(figure: Figure, needed: float, what: str) -> list[Reason]:
    reached = low(figure)
    if reached is not None and reached >= needed:
        return []
    ends = f"its lower end must reach {needed:.2f}"
    # Where even the upper end stays below, more items would not help.
    hopeless = not isinstance(figure, Undefined) and not isinstance(figure.interval, Undefined)
    hopeless = hopeless and figure.interval.high < needed  # type: ignore[union-attr]
    return [Reason(f"{what}; {ends}.", lacking=not hopeless)]
