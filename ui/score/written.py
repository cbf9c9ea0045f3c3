"""Beginning a session without a file: over texts that the desk writes now, or over two runs of an evaluation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from markupsafe import Markup
from pydantic import Field, StringConstraints

from assistant.bootstrap.desk import Desk
from assistant.domain.rating import Pair
from assistant.errors import Refused
from eval.judge.criteria import load_criteria
from eval.rating.from_runs import comparable, pairs_of, subject
from eval.rating.sample import sample_pairs
from eval.rating.spoken import names
from eval.running.rows import Rows, Run
from ui.parts.html import NONE, html, joined
from ui.score.asking import Asking, scoring
from ui.score.given import Own, Which
from ui.surface import Answer, Caller, Given, regions
from ui.words import Words


class Begins(Given):
    """A session over texts that are written now, or over two runs."""

    title: Annotated[str, StringConstraints(max_length=120)]
    criterion: Own
    of: Literal["sample", "runs"]
    runs: Annotated[tuple[Own, ...], Field(max_length=2)] = ()


@dataclass(frozen=True)
class Writing:
    """Answers the form that needs no file."""

    asking: Asking

    def runs(self, _caller: Caller, _given: Which) -> Answer:
        """The runs to choose from. Only whoever opens the form is told who wrote in them."""
        words = self.asking.words
        with _rows(self.asking.desk) as rows:
            found = comparable(rows) if rows is not None else []
        suites = [one.suite for one in found]
        several = [one for one in found if suites.count(one.suite) > 1]
        return regions(runs=_runs(several, self.asking.rules.most_of_runs, words))

    def begin(self, caller: Caller, given: Begins) -> Answer:
        """Open the session, and show it."""
        rules, rubric = self.asking.rules, self.asking.rules.rubric(load_criteria().one(given.criterion))
        pairs = self._sample(caller) if given.of == "sample" else self._of_runs(given)
        new = scoring(self.asking.desk, rules).begin(given.title, pairs, rubric, caller.person, caller.now)
        return self.asking.open(caller, Which(session=new))

    def _sample(self, caller: Caller) -> list[Pair]:
        desk = self.asking.desk
        today = caller.now.astimezone(ZoneInfo(desk.pack.institution.timezone)).date()
        return sample_pairs(desk, self.asking.words.locale, today, self.asking.rules.sample)

    def _of_runs(self, given: Begins) -> list[Pair]:
        with _rows(self.asking.desk) as rows:
            if rows is None or len(given.runs) != 2:
                raise Refused("runs", "Two runs must be named.", "Choose them.")
            one, other = given.runs
            return pairs_of(rows, one, other, self.asking.rules.most_of_runs, lambda: self.asking.desk)


@contextmanager
def _rows(desk: Desk) -> Iterator[Rows | None]:
    """The desk's runs; None where it has never made one."""
    file = desk.settings.home / "eval.db"
    if not file.exists():
        yield None
        return
    rows = Rows(file)
    try:
        yield rows
    finally:
        rows.close()


def written(words: Words) -> Markup:
    """The form; its runs are asked for when it is opened."""
    name = "score.written"
    criteria = joined(
        html('<option value="{own}">{name}</option>', own=own, name=told) for own, told in names(words.locale).items()
    )
    return html(
        '<details class="cd-panel cd-folded" data-key="written" data-opens-runs><summary>{title}</summary>'
        '<form data-written data-working="{working}"><div class="sc-fields"><label>{label}<input name="title"'
        ' maxlength="120" required autocomplete="off" value="{first}"></label>'
        '<label>{criterion}<select name="criterion">{criteria}</select></label></div>'
        '<label class="cd-tick"><input type="radio" name="of" value="sample" checked aria-describedby="sc-sample-hint">'
        '<span>{sample}</span></label><p class="cd-quiet" id="sc-sample-hint">{hint}</p><div data-region="runs"></div>'
        '<div class="cd-bar"><button type="submit" class="cd-button">{go}</button><p role="status" data-writing></p>'
        "</div></form></details>",
        title=words(f"{name}.title"), working=words(f"{name}.working"), label=words("score.begin.name"),
        first=words(f"{name}.sample"), criterion=words("score.begin.criterion"), criteria=criteria,
        sample=words(f"{name}.sample"), hint=words(f"{name}.sample_told"), go=words("score.begin.go"),
    )  # fmt: skip


def _runs(runs: Sequence[Run], most: int, words: Words) -> Markup:
    name = "score.written"
    if not runs:
        return html('<p class="cd-quiet">{none}</p>', none=words(f"{name}.runs_none"))
    fields = joined(
        html('<label>{name}<select name="{side}">{options}</select></label>', name=words(f"{name}.{side}"), side=side,
             options=_options(runs, chosen))
        for chosen, side in enumerate(("one", "other"))
    )  # fmt: skip
    return html(
        '<label class="cd-tick"><input type="radio" name="of" value="runs" aria-describedby="sc-runs-hint"><span>{runs}'
        '</span></label><p class="cd-quiet" id="sc-runs-hint">{told}</p><div class="sc-fields">{fields}</div>',
        runs=words(f"{name}.runs"), told=words(f"{name}.runs_told", most=most), fields=fields,
    )  # fmt: skip


def _options(runs: Sequence[Run], chosen: int) -> Markup:
    return joined(
        html('<option value="{id}"{on}>{told}</option>', id=run.id, told=_told(run),
             on=Markup(" selected") if place == chosen else NONE)
        for place, run in enumerate(runs)
    )  # fmt: skip


def _told(run: Run) -> str:
    return f"{run.suite} · {subject(run)} · {run.begun_at[:16].replace('T', ' ')} · {run.id}"
