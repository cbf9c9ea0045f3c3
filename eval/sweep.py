"""The sweep: the phrase writer over a whole pack, every cell written, gated and compared.

    python -m eval.sweep [--campaign ID …] [--every N] [--json]

Exit 1 where a cell is neither written nor refused by a named rule, where a text is blocked or too long, where two
variants of a cell are more alike than the house bears, or where texts repeat.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import json
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from itertools import combinations

from assistant.bootstrap.desk import Desk
from assistant.domain.brief import Brief, Cell
from assistant.domain.catalogue import Campaign
from assistant.domain.draft import Written
from assistant.domain.pack import Pack
from assistant.settings import read_settings
from assistant.writing.cells import CellWriter
from assistant.writing.frame import own_words
from assistant.writing.gate import Gate
from assistant.writing.likeness import jaccard, trigrams
from eval.entry import ended

ALIKE, REPEATED = 0.6, 0.02
AS_OF = dt.date(2026, 11, 22)


@dataclass
class Tally:
    """What a sweep counted. `worst` is the greatest likeness of two variants of a cell."""

    cells: Counter[str] = field(default_factory=Counter)
    refusals: Counter[str] = field(default_factory=Counter)
    findings: Counter[str] = field(default_factory=Counter)
    failures: Counter[str] = field(default_factory=Counter)
    texts: int = 0
    alike: int = 0
    worst: float = 0.0
    repeated: float = 0.0
    within_segment: int = 0
    unfilled: int = 0
    examples: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether the pack keeps every promise of the sweep."""
        clean = not self.failures and not self.alike and not self.within_segment and not self.unfilled
        return clean and self.repeated <= REPEATED and not any(key.startswith("block") for key in self.findings)


def sweep(desk: Desk, campaigns: list[Campaign], every: int = 1, variants: int = 3) -> Tally:
    """Write every n-th cell of the campaigns' sheets and count. A cell writes its whole sheet."""
    tally = Tally()
    writer = CellWriter(desk.pack, Gate(desk.pack, desk.engine), desk.phrases, lambda cell, product, brief: ())
    for campaign in campaigns:
        span = campaign.period.next_from(AS_OF)
        assert span is not None, f"{campaign.id} is over"
        brief = _brief(desk.pack, campaign, max(span.start, AS_OF), variants)
        chosen = list(brief.cells(desk.pack))[::every]
        written = [asyncio.run(writer.write(cell, brief, "sweep")) for cell in chosen]
        _count(desk.pack, written, tally)
    return tally


def _brief(pack: Pack, campaign: Campaign, on: dt.date, variants: int) -> Brief:
    return Brief(
        campaign=campaign.id,
        segments=tuple(pack.segments),
        ages=tuple(pack.ages),
        channels=tuple(pack.channels),
        locales=pack.locales,
        variants=variants,
        send_on=on,
    )


def _count(pack: Pack, done: list[Written], tally: Tally) -> None:
    texts: Counter[tuple[str, str]] = Counter()
    in_segment: Counter[tuple[str, str, str]] = Counter()
    for written in done:
        cell = written.cell
        tally.cells[written.status] += 1
        if written.status == "not_applicable":
            tally.refusals[written.why.partition(":")[0]] += 1
        elif written.status != "written":
            tally.failures[f"{cell.locale} {cell.channel}: {written.why.partition(': ')[2]}"] += 1
            tally.examples.append(f"{cell.key}: {written.why}")
        for variant in written.variants:
            tally.texts += 1
            texts[(cell.locale, variant.text)] += 1
            in_segment[(cell.segment, cell.locale, variant.text)] += 1
            tally.unfilled += "{" in variant.text
            for finding in variant.findings:
                tally.findings[f"{finding.severity} {finding.rule}"] += 1
                tally.examples.append(f"{cell.key}: {finding.rule} “{finding.text}” {variant.text}")
        _compare(pack, cell, written, tally)
    total = sum(texts.values())
    tally.repeated = max(tally.repeated, (total - len(texts)) / total if total else 0.0)
    again = {key: count for key, count in in_segment.items() if count > 1}
    tally.within_segment += sum(again.values()) - len(again)
    tally.examples += [f"{segment} {locale}: {count} times: {text}" for (segment, locale, text), count in again.items()]


def _compare(pack: Pack, cell: Cell, written: Written, tally: Tally) -> None:
    grams = [trigrams(own_words(pack, variant.template)) for variant in written.variants]
    for one, other in combinations(grams, 2):
        likeness = jaccard(one, other)
        tally.worst = max(tally.worst, likeness)
        tally.alike += likeness > ALIKE
        if likeness > ALIKE:
            tally.examples.append(f"{cell.key}: likeness {likeness:.2f}")


def _table(tally: Tally, seconds: float) -> str:
    rows = [
        ("cells", ", ".join(f"{count} {status}" for status, count in tally.cells.most_common())),
        ("not applicable by", ", ".join(f"{count} {rule}" for rule, count in tally.refusals.most_common())),
        ("texts", f"{tally.texts} in {seconds:.0f} s"),
        ("findings", ", ".join(f"{count} {key}" for key, count in tally.findings.most_common()) or "none"),
        ("unfilled slots", str(tally.unfilled)),
        ("greatest likeness in a cell", f"{tally.worst:.2f} (at most {ALIKE}); {tally.alike} pairs above"),
        ("repeated in a campaign, at worst", f"{tally.repeated:.2%} (at most {REPEATED:.0%})"),
        ("repeated within a segment", str(tally.within_segment)),
        ("cells that failed", ", ".join(f"{count} {key}" for key, count in tally.failures.most_common(30)) or "none"),
    ]
    return "\n".join(f"{name:34} {value}" for name, value in rows)


def main() -> int:
    """Sweep the pack that the arguments name."""
    parser = argparse.ArgumentParser(description="The phrase writer over a whole pack.")
    parser.add_argument("--pack", default="bank")
    parser.add_argument("--campaign", nargs="*", default=[])
    parser.add_argument("--every", type=int, default=1, help="every n-th cell only")
    parser.add_argument("--examples", type=int, default=12)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    desk = Desk(read_settings(), given.pack)
    chosen = [desk.pack.campaign(own) for own in given.campaign] or list(desk.pack.campaigns.values())
    started = time.perf_counter()
    tally = sweep(desk, chosen, given.every)
    print(
        json.dumps(tally.__dict__, ensure_ascii=False) if given.json else _table(tally, time.perf_counter() - started)
    )
    for example in tally.examples[: given.examples]:
        print(f"  {example}", file=sys.stderr)
    return 0 if tally.sound else 1


if __name__ == "__main__":
    ended(main)
