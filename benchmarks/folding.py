"""How many characters a checker reads for each approved cell: `python -m benchmarks.folding [CAMPAIGN …]`.

A campaign's whole matrix, three variants a cell, is made one package. Plain reading reads every text; folded reading
reads each class of sentences once. Without names: the campaigns A1 to E1 that come first in the pack, one a letter.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from assistant.bootstrap.desk import Desk
from assistant.domain.brief import Brief
from assistant.domain.draft import Written
from assistant.review.packages import folded_texts
from assistant.settings import Settings

DAY = dt.date(2026, 11, 23)


async def written(desk: Desk, campaign: str) -> list[Written]:
    """Every cell of a campaign that may be written."""
    pack = desk.pack
    brief = Brief(
        campaign=campaign,
        segments=tuple(pack.segments),
        ages=tuple(pack.ages),
        channels=tuple(pack.channels),
        locales=pack.locales,
        send_on=DAY,
    )
    return [cell async for cell in desk.matrix.write(brief) if cell.variants]


def main(campaigns: Sequence[str]) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as home:
        desk = Desk(Settings(home=Path(home)))
        first = {own[0]: own for own in sorted(desk.pack.campaigns, reverse=True)}
        print("| campaign | cells | texts | sentences | characters a cell, plain | folded | folded : plain |")
        print("| :-- | --: | --: | --: | --: | --: | --: |")
        for campaign in campaigns or sorted(first.values()):
            done = asyncio.run(written(desk, campaign))
            if not done:  # it does not run on this day
                continue
            texts = {one.id: (cell.cell, one.template) for cell in done for one in cell.variants}
            found = folded_texts(desk.pack, texts)
            plain, once = found.characters()
            row = (campaign, f"{len(done):,}", f"{len(texts):,}", f"{len(found.sentences):,}")
            each = (f"{plain / len(done):,.0f}", f"{once / len(done):,.0f}", f"{once / plain:.1%}")
            print(f"| {' | '.join((*row, *each))} |")


if __name__ == "__main__":
    main(sys.argv[1:])
