"""Kept drafts as assets of a recall."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from assistant.checks.case import LintCase
from assistant.domain.brief import Cell
from assistant.domain.finding import Claim, Finding
from assistant.domain.pack import Pack
from assistant.review.recall import Asset, Render
from assistant.writing.gate import case_of, rendered


def asset_of(pack: Pack, row: Mapping[str, Any]) -> Asset | None:
    """A draft's row as an asset; None where its campaign, audience or channel is in the pack no more."""
    cell = Cell.model_validate(row["made_for"])
    if cell.campaign not in pack.campaigns or cell.age not in pack.ages or cell.channel not in pack.channels:
        return None
    product = row["offer"] if row["offer"] in pack.products else None
    day = dt.date.fromisoformat(row["brief"]["send_on"])
    return Asset(
        id=row["id"],
        case=case_of(pack, cell, product, row["text"], day),
        template=row["template"],
        claims=[Claim.model_construct(**claim) for claim in row["claims"]],
        findings=[Finding.model_construct(**finding) for finding in row["findings"]],
        knowledge=row["pack_version"],
    )


def renderer(pack: Pack) -> Render:
    """An asset's template with the values of this pack."""

    def render(asset: Asset) -> LintCase:
        text = rendered(pack, asset.case.locale, asset.template).text  # type: ignore[arg-type]
        return asset.case.model_copy(update={"text": text})

    return render
