"""copydesk export: released texts as files for a campaign system; checked again, never sent."""

from __future__ import annotations

import argparse
import datetime as dt
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.commands.common import desk_of, line, read_text, say
from assistant.errors import CopydeskError, InputError

if TYPE_CHECKING:
    from assistant.bootstrap.desk import Desk
    from assistant.domain.export import Export, Order
    from assistant.domain.person import Person

ACTS = ("list", "run", "cancel")


def options(parser: argparse.ArgumentParser) -> None:
    """What to export, for whom, when, or what to do with an export that is known."""
    parser.add_argument("texts", nargs="*", metavar="TEXT", help="ids of texts; or: list, run [ID|due], cancel ID")
    parser.add_argument("--package", help="every released text of a package")
    parser.add_argument("--campaign", help="every released text of a campaign")
    parser.add_argument("--channel", action="append", default=[], help="texts of this channel alone; repeatable")
    parser.add_argument("--out", help="a file .xlsx, .csv or .jsonl (in the desk's folder)")
    parser.add_argument("--form", choices=("csv", "xlsx", "jsonl"), help="the form, where --out does not say it (csv)")
    parser.add_argument("--per-customer", action="store_true", help="a row a customer of COPYDESK_DATA, rendered")
    parser.add_argument("--customers", metavar="FILE", help="a row a customer of this list (.csv, .xlsx, .parquet)")
    parser.add_argument("--send-at", help="when it is sent: 2026-12-24T10:00, or a day (now)")
    parser.add_argument("--schedule", action="store_true", help="keep it, and write it when its hour has come")
    parser.add_argument("--rollout", metavar="FILE", help="a JSON file: experiment, stage, share, whitelist, arms")
    parser.add_argument("--by", default="desk", help="the login of who asks")
    parser.add_argument("--json", action="store_true")


def run(given: argparse.Namespace) -> int:
    """Exit 1 where a row was refused."""
    desk, by = desk_of(given), person(given.by)
    now = dt.datetime.now(dt.UTC)
    if given.texts[:1] and given.texts[0] in ACTS:
        return _act(desk, given, by, now)
    exports, order, out = desk.outgoing.exports, _order(desk, given, now), Path(given.out) if given.out else None
    if given.schedule:
        return _told([exports.schedule(order, by, now, out)], given.json)
    return _told([exports.make(order, by, now, out)], given.json)


def _act(desk: Desk, given: argparse.Namespace, by: Person, now: dt.datetime) -> int:
    act, rest = given.texts[0], given.texts[1:]
    if act == "list":
        return _told(desk.outgoing.export_store.listed(limit=1000), given.json, listed=True)
    if len(rest) != 1:
        raise InputError(f"copydesk export {act} takes one id.", "copydesk export list names them.")
    if act == "cancel":
        return _told([desk.outgoing.exports.cancel(rest[0], by, now)], given.json)
    if rest[0] != "due":
        return _told([desk.outgoing.exports.run(rest[0], by, now)], given.json)
    done, failed = list[Any](), 0
    for one in desk.outgoing.exports.run_due(by, now):
        if isinstance(one, CopydeskError):
            say(str(one))
            failed = 1
        else:
            done.append(one)
    return _told(done, given.json) or failed


def _told(exports: list[Export], as_json: bool, listed: bool = False) -> int:
    for one in exports:
        if as_json:
            line(one.model_dump(mode="json"))
            continue
        stand = "frozen" if one.frozen else one.stand
        counts = f"{one.counts.rows} row(s), {one.counts.refused} refused, {one.counts.held} held back"
        when = f"{one.order.send_at:%Y-%m-%d %H:%M}"
        print(
            f"{one.id}  {stand:9} {when}  {counts if one.stand == 'done' else f'{len(one.items)} text(s)'}  {one.file}"
        )
    return 1 if not listed and any(one.counts.refused for one in exports) else 0


def person(login: str) -> Person:
    """Whoever runs a command owns the machine; their login is what the audit says."""
    from assistant.domain.person import Person

    try:
        return Person(login=login, name=login, roles=("admin",))
    except ValueError:
        raise InputError(f"--by {login} is no login.", "Write small letters and digits.") from None


def _order(desk: Desk, given: argparse.Namespace, now: dt.datetime) -> Order:
    from pydantic import ValidationError

    from assistant.domain.export import Order

    ending = Path(given.out).suffix[1:] if given.out else given.form or "csv"
    if ending not in ("csv", "xlsx", "jsonl"):
        raise InputError(f"{given.out} has no known ending.", "Use .xlsx, .csv or .jsonl.")
    asked: dict[str, Any] = {
        "form": ending,
        "items": tuple(given.texts),
        "package": given.package,
        "campaign": given.campaign,
        "channels": tuple(given.channel),
        "send_at": _moment(given.send_at, now),
        "per_customer": given.per_customer or bool(given.customers),
        "customers": given.customers,
        "rollout": _rollout(given.rollout) if given.rollout else None,
    }
    try:
        return Order.model_validate(asked)
    except ValidationError as error:
        first: Any = error.errors(include_url=False)[0]
        place = ".".join(str(step) for step in first["loc"])
        what = first["msg"].removeprefix("Value error, ")
        raise InputError(f"{place + ': ' if place else ''}{what}.", "docs/export.md shows an order.") from None


def _rollout(name: str) -> Any:
    try:
        return json.loads(read_text(name))
    except ValueError as error:
        raise InputError(f"{name} is not JSON ({error}).", "docs/export.md shows a roll-out.") from None


def _moment(words: str | None, now: dt.datetime) -> dt.datetime:
    if words is None:
        return now
    try:
        # A day alone means its first sending hour that no law forbids.
        return dt.datetime.fromisoformat(f"{words}T09:00" if len(words) == 10 else words)
    except ValueError:
        raise InputError(f"--send-at {words} is no moment.", "Write 2026-12-24T10:00.") from None
