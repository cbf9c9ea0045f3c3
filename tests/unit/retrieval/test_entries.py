"""What of a pack becomes an entry."""

from __future__ import annotations

from assistant.domain.pack import Pack
from assistant.retrieval.entries import entries_of
from assistant.retrieval.entry import Entry


def of(pack: Pack, name: str) -> Entry:
    return next(entry for entry in entries_of(pack) if entry.id == name)


def test_a_product_is_found_by_its_alias_its_type_and_its_facts_as_a_customer_reads_them(pack: Pack) -> None:
    text = of(pack, "product:TD-24M@zh-Hans").text
    for words in ("两年定存", "定期存款", "年利率 2.2%", "1万元", "24个月", "保本", "deposit_cover"):
        assert words in text
    assert "可转让" not in text


def test_slots_are_filled_in_every_text(pack: Pack) -> None:
    assert not [entry.id for entry in entries_of(pack) if "{" in entry.text]
    assert "2.2%" in of(pack, "campaign:B1-TERM2Y@en").text
    assert "CNY 10,000" in of(pack, "product:TD-24M@en").text


def test_every_id_is_unique_and_every_kind_is_there(pack: Pack) -> None:
    entries = entries_of(pack)
    assert len({entry.id for entry in entries}) == len(entries)
    assert {entry.kind for entry in entries} == {"product", "campaign", "rule", "disclosure", "guide"}


def test_no_metadata_is_none_empty_or_mixed(pack: Pack) -> None:
    for entry in entries_of(pack):
        for value in entry.metadata.values():
            assert isinstance(value, str | int) or (value and all(isinstance(one, str) for one in value))


def test_a_product_without_markets_holds_in_all_and_one_with_markets_in_these(pack: Pack) -> None:
    assert of(pack, "product:TD-24M@en").metadata["jurisdictions"] == ["CN", "TW"]
    assert of(pack, "product:WM-180D@en").metadata["markets"] == ["cn"]
    assert of(pack, "campaign:E1-NEWYEAR@en").metadata["markets"] == ["cn"]


def test_a_guide_whose_heading_names_a_product_is_that_products(pack: Pack) -> None:
    assert of(pack, "guide:stories.md#1@zh-Hans").metadata["products"] == ["TD-24M"]
    assert "products" not in of(pack, "guide:style.md#1@zh-Hans").metadata
