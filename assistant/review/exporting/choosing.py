"""Which released text is a customer's: by audience, language, channel and arm."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from assistant.domain.export import Order, Values
from assistant.domain.pack import Pack
from assistant.domain.rollout import assigned
from assistant.playbook.readers import Reader
from assistant.review.exporting.pieces import Left, Piece

_Place = tuple[str, str, str, str]
"""Segment, age band, locale, market."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A text for a customer, and the arm that it stands for."""

    piece: Piece
    arm: str


@dataclass(frozen=True, slots=True)
class Held:
    """A customer who gets nothing on purpose: a control, or not reached yet."""

    arm: str
    why: str
    where: Values


@dataclass
class Chooser:
    """Finds the text of each customer among an export's pieces."""

    pack: Pack
    order: Order
    _at: dict[_Place, dict[str, list[Piece]]] = field(default_factory=dict)

    def take(self, pieces: Iterable[Piece]) -> None:
        """Note what there is to choose from."""
        for piece in pieces:
            cell = piece.item.cell
            place = (cell.segment, cell.age, cell.locale, cell.market)
            self._at.setdefault(place, {}).setdefault(cell.channel, []).append(piece)

    def of(self, reader: Reader) -> Chosen | Held | Left:
        """The customer's text; or why they are held back or left out."""
        where: Values = {"row": reader.row, "customer_id": reader.customer}
        rollout = self.order.rollout
        if rollout and not rollout.reaches(reader.customer):
            return Held("", f"the stage {rollout.stage} does not reach them", where)
        place, missing = self._place(reader)
        if missing:
            return Left("customer", f"the customer's {missing} is not known", where)
        channels = self._at.get(place, {})
        channel = self._channel(reader, channels)
        if channel is None:
            return Left("no_text", f"no text is released for {' / '.join(place)}", where)
        return self._arm(reader, channels[channel], where)

    def _place(self, reader: Reader) -> tuple[_Place, str]:
        """The customer's audience and language, or what is not known of it."""
        pack, market = self.pack, reader.market
        if market is not None and market not in pack.institution.markets:
            return ("", "", "", ""), f"market {market}"
        locale = reader.locale or (pack.institution.markets[market].locales[0] if market else pack.locales[0])
        if locale not in pack.locales:
            return ("", "", "", ""), f"language {locale}"
        if reader.segment is None or reader.age is None:
            return ("", "", "", ""), "segment" if reader.segment is None else "age"
        age = reader.age
        band = next((one.id for one in pack.ages.values() if one.start <= age <= (one.until or age)), None)
        if band is None:
            return ("", "", "", ""), f"age band (they are {age})"
        return (reader.segment, band, locale, market or pack.home_market(locale)), ""

    def _channel(self, reader: Reader, channels: Mapping[str, list[Piece]]) -> str | None:
        """The channel that the customer prefers, else the first that they can be reached by."""
        wanted = [reader.preferred, *self.order.channels, *self.pack.channels]
        for own in wanted:
            if own is not None and own in channels and self.pack.channels[own].needs_tag in (None, *reader.tags):
                return own
        return None

    def _arm(self, reader: Reader, pieces: list[Piece], where: Values) -> Chosen | Held | Left:
        rollout, customer = self.order.rollout, reader.customer
        if rollout is None or not rollout.arms:
            experiment = rollout.experiment if rollout else pieces[0].item.cell.campaign
            own = assigned(experiment, customer, {piece.item.id: 1 for piece in pieces})
            return Chosen(next(piece for piece in pieces if piece.item.id == own), own)
        name = rollout.arm(customer)
        texts = next(arm.texts for arm in rollout.arms if arm.name == name)
        if not texts:
            return Held(name, "a control arm", where)
        theirs = {piece.item.id: piece for piece in pieces if piece.item.id in texts or piece.angle in texts}
        if not theirs:
            return Left("arm", f"no text of the arm {name} is released for them", where)
        return Chosen(theirs[assigned(f"{rollout.experiment}/{name}", customer, dict.fromkeys(theirs, 1))], name)
