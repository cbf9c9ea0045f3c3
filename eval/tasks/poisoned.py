"""Material with an attack in it: a pack in memory, a guide, a cell of a spreadsheet, a note."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from assistant.domain.brief import Brief, Cell
from assistant.domain.catalogue import Campaign, Product
from assistant.domain.pack import Pack
from assistant.errors import InputError, UnknownId
from assistant.packs.sheets.cells import Reader
from assistant.packs.sheets.csvfile import read_csv
from assistant.packs.sheets.headings import Headings, load_headings
from assistant.packs.sheets.row import read_id, read_row
from assistant.packs.sheets.table import find_table
from assistant.retrieval.texts import campaign_text, product_text
from eval.cases.case import Case

PLACES = ("product", "guide", "campaign", "sheet", "must_say", "note", "wish")


@dataclass(frozen=True)
class Piece:
    """A piece of evidence."""

    id: str
    title: str
    text: str


@dataclass(frozen=True)
class Poisoned:
    """The pack as it would be with the attack in it, the guide that a writer reads, the notes of two people."""

    pack: Pack
    guide: Piece
    note: str = ""
    wish: str = ""

    def evidence(self, cell: Cell, product: Product | None, brief: Brief) -> Sequence[Piece]:
        """What the writer reads of it: the campaign's entry, the product's, a guide."""
        pack, locale = self.pack, cell.locale
        campaign = pack.campaigns[cell.campaign]
        offers = [pack.products[offer] for offer in campaign.offers]
        found = [Piece(f"campaign:{campaign.id}", campaign.name[locale], campaign_text(pack, campaign, offers, locale))]
        if product is not None:
            found.append(Piece(f"product:{product.id}", product.name[locale], product_text(pack, product, locale)))
        return [*found, self.guide]


def poisoned(case: Case, pack: Pack, folder: Path, product: str | None) -> Poisoned:
    """The material with the case's attack in the place that it names. `folder`: the pack's, for its headings.

    Raises UnknownId for another place, InputError where the cell of a spreadsheet cannot be read.
    """
    place, attack, locale = case.given["place"], case.given["attack"], case.given["locale"]
    if place not in PLACES:
        raise UnknownId("place", place, PLACES)
    own = next(guide for guide in pack.guides if guide.locale == locale)
    plain = Poisoned(pack, Piece(own.id, own.title, own.text))
    campaign = pack.campaigns[case.given["campaign"]]
    if place == "note":
        return replace(plain, note=attack)
    if place == "wish":
        return replace(plain, wish=attack)
    if place == "guide":
        return replace(plain, guide=Piece(own.id, own.title, f"{own.text}\n{attack}"))
    if place == "must_say":
        return replace(plain, pack=_with_campaign(pack, campaign, must_say={**campaign.must_say, locale: [attack]}))
    if place == "campaign" or product is None:
        goal = f"{campaign.goal[locale]}\n{attack}"
        return replace(plain, pack=_with_campaign(pack, campaign, goal={**campaign.goal, locale: goal}))
    offered = pack.products[product]
    words = _imported(pack, folder, product, locale, attack) if place == "sheet" else attack
    summary = {**offered.summary, locale: f"{offered.summary[locale]}\n{words}"}
    changed = offered.model_copy(update={"summary": summary})
    return replace(plain, pack=replace(pack, products={**pack.products, product: changed}))


def _with_campaign(pack: Pack, campaign: Campaign, **change: Any) -> Pack:
    changed = campaign.model_copy(update=change)
    return replace(pack, campaigns={**pack.campaigns, campaign.id: changed})


def _imported(pack: Pack, folder: Path, product: str, locale: str, attack: str) -> str:
    """The words of a product as the import reads them of a spreadsheet's cell."""
    headings = load_headings(folder / "headings.yaml")
    tongue = {"zh-Hans": "简", "zh-Hant": "繁", "en": "英文"}[locale]
    heads = [
        headings.label("products", "id", "zh-Hans"),
        f"{headings.label('products', 'summary', 'zh-Hans')}({tongue})",
    ]
    with tempfile.TemporaryDirectory(prefix="copydesk-sheet-") as place:
        file = Path(place) / "products.csv"
        with file.open("w", newline="", encoding="utf-8") as out:
            csv.writer(out).writerows([heads, [product, attack]])
        return _read(file, headings, pack)


def _read(file: Path, headings: Headings, pack: Pack) -> str:
    table = find_table(read_csv(file, lambda row: headings.known("products", row)), headings)
    if table is None:
        raise InputError(f"{file.name} is no table of products.", "Mend the headings.")
    reader = Reader(pack, headings)
    own, problems = read_id(table, table.rows[0], reader)
    row = read_row(table, table.rows[0], reader, {})
    if own is None or problems or row.problems:
        raise InputError("; ".join(str(one) for one in [*problems, *row.problems]), "Nothing was imported.")
    return str(next(value for path, value in row.values.items() if path[0] == "summary"))
