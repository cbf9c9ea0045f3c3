"""copydesk audit: verify the chain, seal its head, hand it to an auditor."""

from __future__ import annotations

import argparse
import datetime as dt
from typing import TYPE_CHECKING, Any

from assistant.commands.common import desk_of, line, say

if TYPE_CHECKING:
    from assistant.bootstrap.desk import Desk


def options(parser: argparse.ArgumentParser) -> None:
    """What to do with the audit."""
    parser.add_argument("what", choices=("verify", "seal", "export"))
    parser.add_argument("--subject", help="export: rows of one thing only, such as item:3f9a…")
    parser.add_argument("--after", type=int, default=0, metavar="ROW", help="export: rows after this one")
    parser.add_argument("--json", action="store_true")


def run(given: argparse.Namespace) -> int:
    """Exit 1 where the audit does not verify."""
    desk = desk_of(given)
    return {"verify": _verify, "seal": _seal, "export": _export}[given.what](desk, given)


def _verify(desk: Desk, given: argparse.Namespace) -> int:
    found = desk.sealer.verify()
    if given.json:
        told = {"rows": found.rows, "sealed": found.sealed, "unsealed": found.unsealed, "fault": found.fault or None}
        line({"verified": not found.fault, **told, "seals": found.seals})
    elif found.fault:
        print(f"The audit is damaged: {found.fault}.")
    else:
        print(f"{found.rows} row(s) verified, {found.seals} seal(s); {found.unsealed} row(s) are not yet sealed.")
    return 1 if found.fault else 0


def _seal(desk: Desk, given: argparse.Namespace) -> int:
    seal = desk.sealer.seal(dt.datetime.now(dt.UTC))
    if given.json:
        line({"sealed": seal.seq if seal else None, "file": str(desk.sealer.seals)})
    else:
        say(f"Sealed up to row {seal.seq} in {desk.sealer.seals}." if seal else "Nothing new to seal.")
    return 0


def _export(desk: Desk, given: argparse.Namespace) -> int:
    for row in desk.audit.rows(given.after, given.subject):
        told: dict[str, Any] = row.model_dump(mode="json")
        line({**told, "origin": _origin(desk, row.body)})
    return 0


def _origin(desk: Desk, body: Any) -> dict[str, str] | None:
    """The model and the prompt that a text comes from, where a model wrote it."""
    if not body.get("call") or not body.get("draft"):
        return None
    call = desk.drafts.call_of(str(body["draft"]))
    return {"model": call.model, "revision": call.revision, "prompt": call.prompt} if call else None
