"""How single cells are read: rates, money, terms, days, words."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from test_sheets_kit import new_value, one_cell, only_problem, plan_of

FIRST = dt.date(2026, 3, 1)


@pytest.mark.parametrize(
    ("heading", "value", "code", "written"),
    [
        ("年利率", "2.4%", "General", "2.40%"),
        ("Rate", "2.4 %", "General", "2.40%"),
        ("利率", "２．４％", "General", "2.40%"),
        ("年利率", 0.024, "0.00%", "2.40%"),
        ("年利率", 0.0225, "0%", "2.25%"),
        ("年利率(%)", 2.4, "General", "2.40%"),
        ("年利率（％）", "2.4", "General", "2.40%"),
        ("Rate %", 2.4, "0.00", "2.40%"),
        ("年利率", 2.4, '0.00"%"', "2.40%"),
        ("年利率(%)", 0.024, "0.00%", "2.40%"),
        ("日利率", 0.00011, "0.000%", "0.011%"),
        ("年利率", 0.1 + 0.2, "0.00%", "30.00%"),
    ],
)
def test_a_rate_is_read_by_its_format_or_its_heading(
    tmp_path: Path, heading: str, value: Any, code: str, written: str
) -> None:
    key = "facts.daily_rate" if heading == "日利率" else "facts.rate"
    assert new_value(one_cell(tmp_path, heading, value, code), key) == {"rate": written}


@pytest.mark.parametrize(("value", "code"), [(2.4, "General"), (0.024, "General"), ("2.4", "@"), (0.024, "0.000")])
def test_a_bare_rate_is_an_error_that_names_its_cell(tmp_path: Path, value: Any, code: str) -> None:
    said = only_problem(one_cell(tmp_path, "年利率", value, code))
    assert "Sheet1!B2" in said
    assert "does not say whether it is a percentage" in said


@pytest.mark.parametrize("value", ["2.2%-2.4%", "2,4%", "约2.4%", "-1%", True])
def test_what_is_no_single_rate_is_an_error(tmp_path: Path, value: Any) -> None:
    assert "Sheet1!B2" in only_problem(one_cell(tmp_path, "年利率", value))


def test_a_rate_that_only_looks_different_is_no_change(tmp_path: Path) -> None:
    assert [change.kind for change in one_cell(tmp_path, "年利率", 0.022, "0.0%").changes] == ["same"]


@pytest.mark.parametrize(
    ("heading", "value", "code", "written"),
    [
        ("起存金额", 50000, "#,##0", 50000),
        ("起購金額", "50,000", "General", 50000),
        ("Minimum", "CNY 50,000.00", "General", 50000),
        ("起存金额", "5万", "General", 50000),
        ("起存金额", "5 萬元", "General", 50000),
        ("起存金额(万元)", 5, "General", 50000),
        ("起存金额(元)", "50000元", "General", 50000),
        ("起存金额", "¥50,000", "General", 50000),
        ("起存金额", 50000, '"¥"#,##0.00', 50000),
        ("起存金额", 0.5, "0.00", 0.5),
        ("起存金额", "1.5亿元", "General", 150000000),
    ],
)
def test_money_is_read_with_separators_and_ten_thousands(
    tmp_path: Path, heading: str, value: Any, code: str, written: float
) -> None:
    assert new_value(one_cell(tmp_path, heading, value, code), "facts.minimum") == {"money": written}


@pytest.mark.parametrize(
    ("value", "code"),
    [("$100", "General"), (100, '"US$"#,##0'), (100, "[$HK$-C04]#,##0"), ("100 港元", "General")],
)
def test_money_of_another_currency_is_an_error(tmp_path: Path, value: Any, code: str) -> None:
    assert "the pack's currency is CNY" in only_problem(one_cell(tmp_path, "起存金额", value, code))


@pytest.mark.parametrize("code", ['0"万"', "#,##0,", "0%"])
def test_a_format_that_shows_another_amount_than_it_holds_is_an_error(tmp_path: Path, code: str) -> None:
    assert "shows another figure" in only_problem(one_cell(tmp_path, "起存金额", 5, code))


@pytest.mark.parametrize("value", ["1,5", "1.000,50", "五万", "-5", -5])
def test_money_that_cannot_be_read_in_one_way_is_an_error(tmp_path: Path, value: Any) -> None:
    assert "Sheet1!B2" in only_problem(one_cell(tmp_path, "起存金额", value))


@pytest.mark.parametrize(
    ("heading", "value", "written"),
    [
        ("期限", "36个月", "36 months"),
        ("Term", "3 years", "3 years"),
        ("期限(天)", 180, "180 days"),
        ("期限", "1日", "1 day"),
    ],
)
def test_a_term_takes_its_unit_from_the_cell_or_the_heading(
    tmp_path: Path, heading: str, value: Any, written: str
) -> None:
    assert new_value(one_cell(tmp_path, heading, value), "facts.term") == {"term": written}


def test_two_years_are_the_24_months_that_the_pack_has(tmp_path: Path) -> None:
    assert one_cell(tmp_path, "期限", "2年").changes[0].kind == "same"


def test_a_term_without_a_unit_is_an_error(tmp_path: Path) -> None:
    assert "has no unit" in only_problem(one_cell(tmp_path, "期限", 24))


@pytest.mark.parametrize("value", ["2026-03-01", "2026/3/1", "2026年3月1日", "2026.3.1", "民國115年3月1日", FIRST])
def test_a_day_is_read_from_a_date_or_from_text(tmp_path: Path, value: Any) -> None:
    assert new_value(one_cell(tmp_path, "开始日期", value), "window") == "2026-03-01/"


@pytest.mark.parametrize("value", ["3/1/2026", "2026-02-30", 46082, "2026年3月", dt.datetime(2026, 3, 1, 9, 30)])
def test_a_day_that_is_none_or_ambiguous_is_an_error(tmp_path: Path, value: Any) -> None:
    assert "Sheet1!B2" in only_problem(one_cell(tmp_path, "开始日期", value))


def test_both_ends_of_a_sale_make_one_window(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, [["产品编号", "开始日期", "结束日期"], ["TD-24M", "2026-03-01", "2026-12-31"]])
    assert new_value(plan, "window") == "2026-03-01/2026-12-31"


@pytest.mark.parametrize(
    ("value", "grade"), [("R3", "R3"), ("中低风险", None), ("PR3", "R3"), (3, "R3"), ("中風險", "R3")]
)
def test_a_risk_grade_is_read_in_the_words_of_both_scripts(tmp_path: Path, value: Any, grade: str | None) -> None:
    plan = one_cell(tmp_path, "风险等级", value, own="WM-1")
    assert plan.changes[0].kind == "same" if grade is None else new_value(plan, "risk") == grade


def test_channels_may_be_named_in_any_language_and_in_any_order(tmp_path: Path) -> None:
    assert one_cell(tmp_path, "渠道", "電話、Text message").changes[0].kind == "same"
    assert new_value(one_cell(tmp_path, "渠道", "短信"), "channels") == ["sms"]


def test_an_unknown_channel_is_an_error_that_names_the_nearest(tmp_path: Path) -> None:
    assert "write “sms”" in only_problem(one_cell(tmp_path, "渠道", "smss"))


def test_a_line_break_inside_a_text_leaves_no_blank_between_chinese_words(tmp_path: Path) -> None:
    assert new_value(one_cell(tmp_path, "产品简介", "存满\n两年，\n放心。"), "summary.zh-Hans") == "存满两年，放心。"
    assert new_value(one_cell(tmp_path, "卖点", "省心\n灵活"), "selling_points.zh-Hans") == ["省心", "灵活"]


def test_a_dash_says_nothing_where_the_pack_has_nothing_and_is_an_error_where_it_has(tmp_path: Path) -> None:
    assert one_cell(tmp_path, "风险等级", "-").changes[0].kind == "same"
    assert "a dash removes nothing" in only_problem(one_cell(tmp_path, "年利率", "—"))
