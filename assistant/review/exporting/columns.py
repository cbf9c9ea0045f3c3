"""The columns of an export, as campaign systems import them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from assistant.domain.export import Values
from assistant.domain.pack import Pack
from assistant.domain.rollout import Rollout
from assistant.domain.slots import slots_of
from assistant.review.exporting.choosing import Chosen, Held
from assistant.review.exporting.pieces import Left, Piece

_WHERE = ("item", "draft", "package", "wave", "campaign", "segment", "age", "channel", "locale", "market")
_ARM = ("variant", "experiment", "arm")
_TEXT = ("title", "body", "text", "link", "label", "send_at", "knowledge")
TEMPLATES = (*_WHERE, *_ARM, "share", "template", *_TEXT, "signature", "opt_out", "requires")
CUSTOMERS = ("row", "customer_id", *_WHERE, *_ARM, *_TEXT)
REFUSED = ("row", "customer_id", "item", "channel", "rule", "why")
HELD = ("row", "customer_id", "experiment", "arm", "why")


def template_row(
    pack: Pack, piece: Piece, text: str, requires: Sequence[str], rollout: Rollout | None, send_at: dt.datetime
) -> Iterator[Values]:
    """A text as a template: a row for each arm that it stands for, one where nothing is compared."""
    arms = [arm for arm in rollout.arms if {piece.item.id, piece.angle} & set(arm.texts)] if rollout else []
    known = {**_text(pack, piece, text, send_at), "template": _shown(piece), "requires": ";".join(requires)}
    experiment = rollout.experiment if rollout else ""
    shares: list[tuple[str, int | None]] = [(arm.name, arm.share) for arm in arms]
    for name, share in shares or [(piece.item.id, None)]:
        yield {**known, "experiment": experiment, "arm": name, "share": share}


def customer_row(pack: Pack, chosen: Chosen, text: str, experiment: str, send_at: dt.datetime) -> Values:
    """A text as one customer reads it; their row and number are added by the caller."""
    return {**_text(pack, chosen.piece, text, send_at), "experiment": experiment, "arm": chosen.arm}


def refused_row(left: Left) -> Values:
    """What was not written, and why."""
    return {name: left.where.get(name, "") for name in REFUSED} | {"rule": left.rule, "why": left.why}


def held_row(held: Held, experiment: str) -> Values:
    """A customer who gets nothing on purpose."""
    return {**held.where, "experiment": experiment, "arm": held.arm, "why": held.why}


def _text(pack: Pack, piece: Piece, text: str, send_at: dt.datetime) -> Values:
    cell = piece.item.cell
    channel, bank = pack.channels[cell.channel], pack.institution
    title, body = text.split("\n", 1) if "title" in channel.parts and "\n" in text else ("", text)
    way_out = bank.opt_out.get(cell.market, {}).get(cell.locale, "") if channel.opt_out else ""
    return {
        **piece.told(),
        "variant": piece.angle,
        "title": title.strip(),
        "body": body.strip("\n"),
        "text": text,
        "link": next(_links(pack, piece), ""),
        "signature": bank.signature[cell.locale] if channel.signature else "",
        "opt_out": way_out if way_out and way_out in text else "",
        "label": piece.label,
        "send_at": send_at.isoformat(timespec="minutes"),
        "knowledge": piece.item.knowledge,
    }


def _shown(piece: Piece) -> str:
    return f"{piece.template}\n\n{piece.label}" if piece.shown else piece.template


def _links(pack: Pack, piece: Piece) -> Iterator[str]:
    for slot in slots_of(piece.template):
        fact = pack.facts.get(slot)
        if fact is not None and fact.kind == "link":
            yield str(fact.value)
