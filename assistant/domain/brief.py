"""What a marketer asks for, and the cells that it falls into."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator, Mapping

from pydantic import BaseModel, ConfigDict, Field

from assistant.domain.pack import Pack
from assistant.domain.values import Locale
from assistant.errors import InputError, UnknownId


class Cell(BaseModel):
    """One segment × age band × channel × locale of a brief, under one market's law."""

    model_config = ConfigDict(frozen=True)
    campaign: str
    segment: str
    age: str
    channel: str
    locale: Locale
    market: str

    @property
    def key(self) -> str:
        """A readable key, unique within a brief."""
        return "/".join((self.campaign, self.segment, self.age, self.channel, self.locale, self.market))


def in_order(pack: Pack) -> Callable[[Cell], tuple[int, ...]]:
    """A key that sorts cells in the order of the pack: language, channel, segment, age. A store keeps none."""
    tables: tuple[list[str], ...] = (list(pack.locales), list(pack.channels), list(pack.segments), list(pack.ages))

    def place(cell: Cell) -> tuple[int, ...]:
        ids: tuple[str, ...] = (cell.locale, cell.channel, cell.segment, cell.age)
        return tuple(table.index(one) if one in table else len(table) for one, table in zip(ids, tables, strict=True))

    return place


class Brief(BaseModel):
    """A campaign and the audiences, channels and languages that it is to be written for."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    campaign: str
    segments: tuple[str, ...]
    ages: tuple[str, ...]
    channels: tuple[str, ...]
    locales: tuple[Locale, ...]
    market: str | None = None
    variants: int = Field(default=3, ge=1, le=10)
    note: str = Field(default="", max_length=500)
    send_on: dt.date

    def cells(self, pack: Pack) -> Iterator[Cell]:
        """Every cell, locales and channels outermost, so that cells which share a prompt stand together."""
        for locale in self.locales:
            market = self.market or pack.home_market(locale)
            if locale not in pack.institution.markets[market].locales:
                continue
            for channel in self.channels:
                for segment in self.segments:
                    for age in self.ages:
                        yield Cell(
                            campaign=self.campaign,
                            segment=segment,
                            age=age,
                            channel=channel,
                            locale=locale,
                            market=market,
                        )

    def digest(self, pack: Pack, writer: str) -> str:
        """The run's key: the same brief, knowledge and writer are the same run."""
        plain = f"{self.model_dump_json()}|{pack.version}|{writer}"
        return hashlib.sha256(plain.encode()).hexdigest()[:16]


def brief_for(pack: Pack, **asked: object) -> Brief:
    """A brief whose every id is known; what is left out means all. Raises UnknownId with the nearest names."""
    tables: dict[str, tuple[str, Mapping[str, object]]] = {
        "segments": ("segment", pack.segments),
        "ages": ("age band", pack.ages),
        "channels": ("channel", pack.channels),
        "locales": ("locale", dict.fromkeys(pack.locales)),
    }
    campaign = pack.campaign(str(asked["campaign"]))
    market = asked.get("market")
    if market is not None and market not in pack.institution.markets:
        raise UnknownId("market", str(market), pack.institution.markets)
    chosen: dict[str, tuple[str, ...]] = {}
    for name, (word, table) in tables.items():
        given = tuple(dict.fromkeys(asked.get(name) or ()))  # type: ignore[call-overload]
        for one in given:
            if one not in table:
                raise UnknownId(word, one, table)
        chosen[name] = given or tuple(table)
    if market and not set(chosen["locales"]) & set(pack.institution.markets[str(market)].locales):
        spoken = ", ".join(pack.institution.markets[str(market)].locales)
        raise InputError(f"The market {market} speaks {spoken} only.", "Choose one of these locales.")
    rest = {key: asked[key] for key in ("variants", "note", "send_on") if asked.get(key) is not None}
    return Brief.model_validate({**chosen, **rest, "campaign": campaign.id, "market": market})
