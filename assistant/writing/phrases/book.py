"""The phrase book of a locale, indexed: which clauses suit a cell."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from assistant.domain.brief import Cell
from assistant.domain.pack import Pack
from assistant.domain.phrase import Phrase
from assistant.domain.slots import keys_of


@dataclass(frozen=True)
class Suited:
    """Clauses of a cell by role, bodies by their form (`body:note`)."""

    by_role: dict[str, tuple[Phrase, ...]]

    def of(self, token: str) -> tuple[Phrase, ...]:
        """Clauses for one token of a shape: `title`, `body:note`."""
        return self.by_role.get(token, ())


class PhraseBook:
    """Finds the clauses that suit a cell and what it offers."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._general: dict[tuple[str, str], list[Phrase]] = {}
        for locale, book in pack.books.items():
            for phrase in book.phrases:
                for campaign in phrase.campaign or ("",):
                    self._general.setdefault((locale, campaign), []).append(phrase)
        self.suited = lru_cache(maxsize=4096)(self._suited)
        self._near = lru_cache(maxsize=512)(self._of_sheet)

    def _suited(self, cell: Cell, product_id: str | None) -> Suited:
        kind = self._pack.products[product_id].type if product_id else ""
        table: dict[str, list[Phrase]] = {}
        for phrase in self._near(cell.campaign, cell.channel, cell.locale):
            stated = ((phrase.segment, cell.segment), (phrase.age, cell.age), (phrase.product_type, kind))
            if any(wanted and given not in wanted for wanted, given in stated) or not self._filled(
                phrase, cell, product_id
            ):
                continue
            table.setdefault(f"{phrase.role}:{phrase.form}" if phrase.form else phrase.role, []).append(phrase)
        return Suited({token: tuple(_own_first(phrases)) for token, phrases in table.items()})

    def _of_sheet(self, campaign_id: str, channel_id: str, locale: str) -> list[Phrase]:
        """What suits the campaign and the channel, whoever is spoken to."""
        campaign, channel = self._pack.campaigns[campaign_id], self._pack.channels[channel_id]
        near = self._general.get((locale, campaign_id), []) + self._general.get((locale, ""), [])
        found = []
        for phrase in near:
            stated = ((phrase.topic, campaign.topic), (phrase.act, campaign.act), (phrase.channel, channel_id))
            if any(wanted and given not in wanted for wanted, given in stated):
                continue
            if channel.link_allowed or not any(key == "link" for _, key in keys_of(phrase.text)):
                found.append(phrase)
        return found

    def _filled(self, phrase: Phrase, cell: Cell, product_id: str | None) -> bool:
        """Whether the catalogue has a fact for each of the clause's slots."""
        subjects = {"product": f"product:{product_id}", "campaign": f"campaign:{cell.campaign}"}
        return all(f"{subjects.get(owner, owner)}.{key}" in self._pack.facts for owner, key in _keys(phrase.text))


def _own_first(phrases: list[Phrase]) -> list[Phrase]:
    """What was written for the campaign; what suits any campaign of its topic only where there is nothing else."""
    own = [phrase for phrase in phrases if phrase.campaign]
    return own or phrases


@lru_cache(maxsize=16384)
def _keys(text: str) -> tuple[tuple[str, str], ...]:
    return tuple(keys_of(text))
