"""What is found, what is refused, and why."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.retrieval.entry import KINDS
from assistant.retrieval.evidence import evidence_for
from assistant.retrieval.filters import Filter
from assistant.retrieval.retriever import PackRetriever
from assistant.retrieval.search import Search
from tests.unit.retrieval.conftest import JUNE


def owners(search: Search, text: str, filter: Filter = Filter(), k: int = 10) -> list[str]:  # noqa: B008
    return [hit.entry.owner for hit in search.search(text, filter, k)]


@pytest.mark.parametrize(
    ("asked", "owner"),
    [
        ("两年定存", "product:TD-24M"),
        ("兩年定存", "product:TD-24M"),
        ("two-year term deposits", "product:TD-24M"),
        ("TD-24M", "product:TD-24M"),
        ("淨值資訊", "product:WM-180D"),
        ("消费贷", "product:LN-CON"),
        ("承诺收益", "rule:CN-YIELD"),
    ],
)
def test_the_thing_asked_for_comes_first(search: Search, asked: str, owner: str) -> None:
    assert owners(search, asked)[0] == owner


@pytest.mark.parametrize(("asked", "locale"), [("網路 淨值資訊", "zh-Hans"), ("网络 净值信息", "zh-Hant")])
def test_a_query_in_one_script_finds_entries_in_the_other(search: Search, asked: str, locale: str) -> None:
    hits = search.search(asked, Filter(locale=locale), 1)  # type: ignore[arg-type]
    assert hits[0].entry.id == f"product:WM-180D@{locale}"


def test_without_a_locale_an_owner_comes_once(search: Search) -> None:
    found = owners(search, "定期存款 term deposit", k=20)
    assert len(found) == len(set(found))


def test_no_words_and_unknown_words_find_nothing(search: Search) -> None:
    assert [search.search(text) for text in ("", "  ", "qqqq", "。")] == [[], [], [], []]
    assert search.search("存款", k=0) == []


def test_an_unknown_id_in_a_filter_lets_nothing_through(search: Search) -> None:
    assert owners(search, "存款", Filter(products=("NO-SUCH",))) == []


def test_two_products_may_be_asked_for_at_once(search: Search) -> None:
    found = owners(search, "云渚", Filter(products=("TD-24M", "LN-CON"), kinds=("product",)))
    assert set(found) == {"product:TD-24M", "product:LN-CON"}


@pytest.mark.parametrize(
    ("filter", "owner", "why"),
    [
        (Filter(market="tw"), "product:WM-180D", "another market"),
        (Filter(jurisdiction="TW"), "rule:CN-YIELD", "another jurisdiction"),
        (Filter(on=JUNE), "campaign:X9-OVER", "campaign is over on 2026-06-01"),
        (Filter(on=dt.date(2026, 2, 1)), "campaign:X9-OVER", "campaign has not begun on 2026-02-01"),
        (Filter(on=JUNE), "campaign:E1-NEWYEAR", "campaign does not run on 2026-06-01"),
        (Filter(on=dt.date(2027, 1, 1)), "product:WM-180D", "product is over on 2027-01-01"),
        (Filter(segment="salary"), "product:WM-180D", "another segment"),
        (Filter(products=("TD-24M",)), "product:LN-CON", "another product"),
        (Filter(campaign="B1-TERM2Y"), "product:LN-CON", "another campaign"),
        (Filter(product_types=("loan",)), "product:TD-24M", "another product type"),
        (Filter(kinds=("guide",)), "product:TD-24M", "another kind"),
    ],
)
def test_what_the_filter_refuses_is_explained(search: Search, filter: Filter, owner: str, why: str) -> None:
    asked = "云渚 定期 贷 理财 春天 新春 承诺收益"
    assert owner not in owners(search, asked, filter, k=30)
    hits = search.search(asked, filter, k=30, explain=True)
    assert [hit.why for hit in hits if hit.entry.owner == owner] == [why]
    assert all(hit.why == "" for hit in hits if hit.allowed)


@pytest.mark.parametrize("day", ["2026-12-20", "2027-01-15", "2027-02-20"])
def test_a_yearly_campaign_over_new_year_runs_on_both_sides(search: Search, day: str) -> None:
    filter = Filter(on=dt.date.fromisoformat(day), kinds=("campaign",))
    assert "campaign:E1-NEWYEAR" in owners(search, "新春理财季", filter)


filters = st.builds(
    Filter,
    locale=st.sampled_from([None, "zh-Hans", "en"]),
    market=st.sampled_from([None, "cn", "tw", "xx"]),
    jurisdiction=st.sampled_from([None, "CN", "TW"]),
    products=st.sampled_from([(), ("TD-24M",), ("TD-24M", "WM-180D")]),
    campaign=st.sampled_from([None, "B1-TERM2Y"]),
    kinds=st.lists(st.sampled_from(KINDS), max_size=2, unique=True).map(tuple),
    product_types=st.sampled_from([(), ("wealth",), ("loan", "wealth")]),
    segment=st.sampled_from([None, "salary", "affluent"]),
    on=st.none() | st.dates(dt.date(2025, 12, 1), dt.date(2028, 3, 31)),
)


@given(filter=filters)
@settings(max_examples=150, deadline=None)
def test_chroma_refuses_exactly_what_the_words_refuse(search: Search, filter: Filter) -> None:
    allowed = {search.entries[row].id for row in search._rows(filter)}
    assert allowed == {entry.id for entry in search.entries if not filter.refusal(entry)}


def test_the_nearest_by_letters_is_the_same_product(search: Search) -> None:
    hits = search.similar("云渚两年定期存款", k=3, filter=Filter(kinds=("product",)))
    assert hits[0].entry.owner == "product:TD-24M"
    assert hits[0].score == hits[0].dense == max(hit.score for hit in hits)


def test_evidence_is_the_campaign_the_product_and_guides_that_fit(search: Search) -> None:
    found = evidence_for(search, "B1-TERM2Y", "TD-24M", "zh-Hans", "cn", JUNE)
    assert [entry.owner for entry in found[:3]] == ["campaign:B1-TERM2Y", "product:TD-24M", "guide:stories.md#1"]
    assert "guide:stories.md#2" not in {entry.owner for entry in found}
    assert "guide:style.md#1" in {entry.owner for entry in found}
    assert found is evidence_for(search, "B1-TERM2Y", "TD-24M", "zh-Hans", "cn", JUNE)


def test_evidence_leaves_out_what_does_not_hold(search: Search) -> None:
    found = evidence_for(search, "X9-OVER", "WM-180D", "zh-Hant", "tw", JUNE)
    assert not [entry for entry in found if entry.kind in ("campaign", "product")]
    assert len(evidence_for(search, "B1-TERM2Y", "TD-24M", "zh-Hans", "cn", JUNE, k=2)) == 2


def test_langchain_gets_documents_with_their_source(search: Search) -> None:
    retriever = PackRetriever(search=search, filter=Filter(locale="en"), k=2)
    first = retriever.invoke("two-year term deposit")[0]
    assert first.metadata["source"] == "product:TD-24M"
    assert first.metadata["id"] == first.id == "product:TD-24M@en"
    assert first.metadata["score"] > 0
