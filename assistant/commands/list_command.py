"""copydesk list: what the pack holds."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import Any

from assistant.commands.common import desk_of, line
from assistant.domain.pack import Pack

KINDS = ("products", "campaigns", "triggers", "rules", "segments", "ages", "channels", "locales", "markets")


def options(parser: argparse.ArgumentParser) -> None:
    """What to list, and how."""
    parser.add_argument("what", choices=KINDS)
    parser.add_argument("--json", action="store_true", help="one JSON object a line")


def run(given: argparse.Namespace) -> int:
    """Print a row each."""
    pack = desk_of(given).pack
    for row in rows(pack, given.what):
        if given.json:
            line(row)
        else:
            print("  ".join(str(value) for value in row.values() if not isinstance(value, dict | list)))
    return 0


def rows(pack: Pack, what: str) -> Iterator[dict[str, Any]]:
    """The entries of a kind, `id` first."""
    if what == "products":
        for product in pack.products.values():
            yield {"id": product.id, "type": product.type, "risk": product.risk, "name": dict(product.name)}
    elif what == "campaigns":
        for campaign in pack.campaigns.values():
            scenario = {"id": campaign.id, "scenario": campaign.scenario, "kind": campaign.kind}
            yield {**scenario, "topic": campaign.topic, "name": dict(campaign.name), "offers": list(campaign.offers)}
    elif what == "triggers":
        for trigger in pack.triggers.values():
            scenario = {"id": trigger.id, "scenario": trigger.scenario, "kind": trigger.kind}
            yield {**scenario, "owner": trigger.owner, "action": trigger.action, "name": dict(trigger.name)}
    elif what == "rules":
        for rule in pack.rules.values():
            scope = {"jurisdictions": list(rule.jurisdictions), "kind": rule.kind}
            yield {"id": rule.id, "severity": rule.severity, **scope, "reference": rule.reference}
    elif what == "locales":
        for locale in pack.locales:
            yield {"id": locale, "market": pack.home_market(locale)}
    elif what == "markets":
        for name, market in pack.institution.markets.items():
            yield {"id": name, "jurisdiction": market.jurisdiction, "locales": list(market.locales)}
    elif what in ("segments", "ages", "channels"):
        for entry in getattr(pack, what).values():
            yield {"id": entry.id, "name": dict(entry.name)}
