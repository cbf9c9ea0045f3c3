"""Messages at random, to be read by people: which of them would one not send?

python -m eval.sample --locale zh-Hans --seed 1 [--count 60]
"""

from __future__ import annotations

import argparse
import asyncio
import random

from assistant.bootstrap.desk import Desk
from assistant.domain.brief import Brief, Cell
from assistant.domain.draft import Variant
from assistant.settings import read_settings
from assistant.writing.cells import CellWriter
from assistant.writing.gate import Gate
from eval.entry import ended
from eval.sweep import AS_OF


def sample(desk: Desk, locale: str, count: int, seed: int) -> list[tuple[Cell, Variant]]:
    """`count` variants of different cells, drawn over campaigns, channels, segments and ages."""
    draw = random.Random(seed)
    writer = CellWriter(desk.pack, Gate(desk.pack, desk.engine), desk.phrases, lambda cell, product, brief: ())
    pack, found = desk.pack, list[tuple[Cell, Variant]]()
    while len(found) < count:
        campaign = draw.choice(list(pack.campaigns.values()))
        span = campaign.period.next_from(AS_OF)
        assert span is not None
        asked = {
            "segments": (draw.choice(list(pack.segments)),),
            "ages": (draw.choice(list(pack.ages)),),
            "channels": (draw.choice(list(pack.channels)),),
        }
        brief = Brief(campaign=campaign.id, locales=(locale,), send_on=max(span.start, AS_OF), **asked)
        for cell in brief.cells(pack):
            written = asyncio.run(writer.write(cell, brief, "sample"))
            if written.variants and all(cell != known for known, _ in found):
                found.append((cell, draw.choice(written.variants)))
    return found


def main() -> int:
    """Print the sample, numbered."""
    parser = argparse.ArgumentParser(description="Messages at random, to be read.")
    parser.add_argument("--locale", default="zh-Hans")
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    desk = Desk(read_settings())
    for number, (cell, variant) in enumerate(sample(desk, given.locale, given.count, given.seed), 1):
        purpose = desk.pack.campaigns[cell.campaign].goal[cell.locale]
        print(f"## {number}. {cell.channel}, {cell.segment}, {cell.age}, {cell.campaign}: {purpose}\n{variant.text}\n")
    return 0


if __name__ == "__main__":
    ended(main)
