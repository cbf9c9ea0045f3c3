"""The script sweep: a script for every trigger, age, assessment, mood and language, checked and timed.

    python -m eval.script_sweep [--trigger ID …] [--every N] [--show]

Exit 1 where a script is blocked, has an open slot, lacks a section that its kind owes, or takes less than one minute or
more than three to say.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import product as crossed

from assistant.bootstrap.desk import Desk
from assistant.domain.pack import Pack
from assistant.domain.script import Script
from assistant.domain.trigger import Trigger
from assistant.domain.values import Locale
from assistant.playbook.database import clock_of
from assistant.playbook.firing import Firing
from assistant.playbook.policies import Policies
from assistant.playbook.record import Event, Holding, Record
from assistant.playbook.standing import Standing
from assistant.settings import read_settings
from assistant.writing.scripts.writer import ScriptWriter
from eval.entry import ended

NOW = dt.datetime(2026, 11, 10, 10, 30)
AGES = (22, 30, 40, 50, 60, 70)
STATUSES = ("counter", "online", "lapsed")
MOODS = ("", "price_sensitive", "dissatisfied")
OWED = {
    "sales": ("opening", "purpose", "discovery", "objection", "next_step", "closing"),
    "care": ("opening", "purpose", "care", "next_step", "closing"),
}
SAID = (60, 180)
CARE_SAID = (20, 180)
"""Seconds: a sales call may take one to three minutes; a call about somebody's safety is short."""


@dataclass
class Tally:
    """What a sweep found: scripts by verdict, faults by what is wrong, the shortest and the longest."""

    verdicts: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)
    shortest: float = 1e9
    longest: float = 0.0


def record(pack: Pack, trigger: Trigger, age: int, status: str, mood: str, locale: Locale) -> Record:
    """A made-up customer for whom the trigger fired."""
    assessed_on = dt.date(2024, 5, 1) if status == "lapsed" else dt.date(2026, 5, 1)
    segment = next(
        (s.id for s in pack.segments.values() if s.id in ("salary", "senior") and _of_age(pack, s.ages, age)), "new"
    )
    who = Standing(
        "C1", segment, age, 3, assessed_on, status != "lapsed", True, None, True,
        frozenset({"wecom_friend", mood} - {""}), "rm-lin", pack.home_market(locale), 260_000.0,
    )  # fmt: skip
    event = Event("E1", trigger.events[0] if trigger.events else "login", NOW, Decimal(260_000))
    holding = Holding("TD-24M", Decimal(300_000), dt.date(2026, 11, 25))
    now = _in_season(pack, trigger)
    policies = Policies(pack, clock_of(pack, now))
    on_event = event.id if trigger.on == "event" else None
    held = holding.product if trigger.on == "holding" else None
    action = policies.decide([Firing(trigger.id, "C1", "x", now, 260_000.0, on_event, held)], who)[0]
    name = "Li Min" if locale == "en" else "李敏"
    manager = {"en": "Chen Yu", "zh-Hans": "陈玉"}.get(locale, "陳玉")
    return Record(
        who, name, "F", "active", None, None if status == "lapsed" else status, locale, None, False,
        Decimal(260_000), {},
        (action,), {event.id: event}, {holding.product: holding}, manager, now,
    )  # fmt: skip


def _of_age(pack: Pack, bands: tuple[str, ...], age: int) -> bool:
    return any(pack.ages[band].start <= age <= (pack.ages[band].until or 150) for band in bands)


def _in_season(pack: Pack, trigger: Trigger) -> dt.datetime:
    """A morning on which the trigger's campaign runs."""
    campaign = pack.campaigns.get(trigger.campaign or "")
    span = campaign.period.next_from(NOW.date()) if campaign else None
    return NOW if span is None or span.start <= NOW.date() else dt.datetime.combine(span.start, NOW.time())


def scripts(desk: Desk, triggers: list[Trigger], every: int = 1) -> Iterator[tuple[str, Trigger, Script]]:
    """A script for each n-th combination."""
    writer = ScriptWriter(desk.pack, desk.engine)
    cells = list(crossed(triggers, AGES, STATUSES, MOODS, desk.pack.locales))
    for trigger, age, status, mood, locale in cells[::every]:
        made = record(desk.pack, trigger, age, status, mood, locale)
        name = f"{trigger.id}/{age}/{status}/{mood or 'plain'}/{locale}"
        yield name, trigger, writer.write(replace(made, locale=locale), trigger.id, locale)


def faults(trigger: Trigger, script: Script) -> Iterator[str]:
    """Everything that is wrong with a script; nothing where sales are silent for a reason."""
    if not script.sections:
        return
    for finding in script.findings:
        if finding.severity == "block":
            yield f"{finding.rule} “{finding.text}”"
    kinds = {section.kind for section in script.sections}
    yield from (f"no {kind}" for kind in OWED[trigger.kind] if kind not in kinds)
    yield from (f"open slot in {section.kind}" for section in script.sections if "{" in section.text)
    least, most = SAID if trigger.kind == "sales" else CARE_SAID
    if not least <= script.spoken_seconds <= most:
        yield f"{script.spoken_seconds:.0f} s"
    if "objection" in OWED[trigger.kind] and sum(s.kind == "objection" for s in script.sections) < 3:
        yield "fewer than three objections"


def main() -> int:
    """Sweep and tell."""
    parser = argparse.ArgumentParser(description="A script for every trigger, age, assessment, mood and language.")
    parser.add_argument("--pack", default="bank")
    parser.add_argument("--trigger", nargs="*", default=[])
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--show", action="store_true", help="print the scripts")
    parser.add_argument("--examples", type=int, default=15)
    given = parser.parse_args()
    desk, tally = Desk(read_settings(), given.pack), Tally()
    chosen = [desk.pack.trigger(own) for own in given.trigger] or list(desk.pack.triggers.values())
    for name, trigger, script in scripts(desk, chosen, given.every):
        tally.verdicts[script.verdict if script.sections else "silent"] += 1
        if script.sections:
            tally.shortest = min(tally.shortest, script.spoken_seconds)
            tally.longest = max(tally.longest, script.spoken_seconds)
        for fault in faults(trigger, script):
            tally.faults[fault.partition(" “")[0]] += 1
            tally.examples.append(f"{name}: {fault}")
        if given.show:
            print(f"## {name}", *(f"[{one.kind}] {one.ask} {one.text}" for one in script.sections), sep="\n")
    print(f"scripts   {', '.join(f'{count} {name}' for name, count in tally.verdicts.most_common())}")
    print(f"spoken    {tally.shortest:.0f} to {tally.longest:.0f} s")
    print(f"faults    {', '.join(f'{count} {name}' for name, count in tally.faults.most_common()) or 'none'}")
    print(*tally.examples[: given.examples], sep="\n", file=sys.stderr)
    return int(bool(tally.faults))


if __name__ == "__main__":
    ended(main)
