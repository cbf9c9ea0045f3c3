"""The script sweep: a script for every trigger, age, assessment, mood and language, checked and timed; and the
messages after calls.

    python -m eval.script_sweep [--trigger ID …] [--every N] [--show]

Exit 1 where a script is blocked, has an open slot, lacks a section that its kind owes, or takes less than one minute or
more than three to say.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import product as crossed

from assistant.bootstrap.desk import Desk
from assistant.domain.script import Script
from assistant.domain.trigger import Trigger
from assistant.settings import read_settings
from assistant.writing.scripts.after import FollowUps
from assistant.writing.scripts.writer import ScriptWriter
from eval.after_sweep import after_faults, follow_ups
from eval.entry import ended
from eval.scorers.spoken import lacking, twice, unsayable
from eval.script_cases import AGES, MOODS, STATUSES, record


@dataclass
class Tally:
    """What a sweep found: scripts by verdict, faults by what is wrong, the shortest and the longest."""

    verdicts: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)
    shortest: float = 1e9
    longest: float = 0.0


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
    yield from lacking(trigger.kind, script)
    yield from (f"open slot in {section.kind}" for section in script.sections if "{" in section.text)
    yield from unsayable(trigger.kind, script)
    yield from (f"said twice “{one}” “{other}”" for one, other in twice(script))


def _after(desk: Desk, every: int, tally: Tally) -> int:
    """Messages after calls, their faults put with the others."""
    sent = 0
    for written in follow_ups(FollowUps(ScriptWriter(desk.pack, desk.engine)), every):
        sent += bool(written[-1].text)
        for fault in after_faults(written):
            tally.faults[f"after: {fault.partition(' “')[0]}"] += 1
            tally.examples.append(f"{written[0]}: {fault}")
    return sent


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
    if not given.trigger:
        print(f"after     {_after(desk, given.every, tally)} messages")
    print(f"faults    {', '.join(f'{count} {name}' for name, count in tally.faults.most_common()) or 'none'}")
    print(*tally.examples[: given.examples], sep="\n", file=sys.stderr)
    return int(bool(tally.faults))


if __name__ == "__main__":
    ended(main)
