"""What a spreadsheet would change, and what is wrong with it, before anything is written."""

from __future__ import annotations

from pathlib import Path

from test_sheets_kit import NEW, Rows, headings, new_value, only_problem, plan_of, workbook, write_pack

from assistant.packs.loader import load_pack
from assistant.packs.sheets.grid import CellProblem
from assistant.packs.sheets.plan import plan_import


def test_a_sheet_is_products_or_campaigns_by_its_headings(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        [["產品代號", "利率"], ["TD-24M", "2.4%"]],
        Campaigns=[["Campaign ID", "Campaign name", "Until"], ["C-SAVE", "Spare money", "2026-12-31"]],
    )
    plan = plan_import(path, load_pack(write_pack(tmp_path)), headings())
    assert not plan.problems
    assert [(change.section, change.id) for change in plan.changes] == [("products", "TD-24M"), ("campaigns", "C-SAVE")]
    assert set(plan.changes[1].fields) == {"name.en", "period.until"}


def test_a_title_above_the_headings_is_passed_over(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, [["2026年利率表"], [], ["产品编号", "年利率"], ["TD-24M", "2.4%"]])
    assert plan.changes[0].source == "Sheet1!A4"
    assert new_value(plan, "facts.rate") == {"rate": "2.40%"}


def test_a_language_in_brackets_decides_whose_name_it_is(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, [["产品编号", "名称(英文)", "名称（繁）"], ["TD-24M", "Two years", "兩年"]])
    written = {key: new for key, (_, new) in plan.changes[0].fields.items()}
    assert written == {"name.en": "Two years", "name.zh-Hant": "兩年"}


def test_a_name_in_one_language_is_enough_for_an_entry_that_exists(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, [["产品编号", "产品名称"], ["TD-24M", "两年好存"]])
    assert plan.changes[0].fields == {"name.zh-Hans": ("两年定期", "两年好存")}


def test_a_new_entry_needs_all_that_the_model_requires(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, [["产品编号", "产品名称"], ["TD-12M", "一年定期"]])
    said = [str(problem) for problem in plan.problems]
    assert any("needs “type”, fill the column “产品类型” or “Product type”" in one for one in said)
    assert any("needs “summary”" in one for one in said)
    without = {key: value for key, value in NEW.items() if key != "產品名稱"}
    plan = plan_of(tmp_path, [list(without), list(without.values())])
    assert "name: the text is missing in zh-Hant" in only_problem(plan)


def test_a_new_entry_with_all_that_it_needs_is_planned_as_new(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, [list(NEW), list(NEW.values())])
    assert not plan.problems
    assert plan.count == {"new": 1, "changed": 0, "same": 0}
    assert plan.changes[0].fields["type"] == (None, "term_deposit")


def test_an_unknown_heading_is_an_error_that_names_the_nearest(tmp_path: Path) -> None:
    said = only_problem(plan_of(tmp_path, [["产品编号", "年利律"], ["TD-24M", "2.4%"]]))
    assert said.startswith("sheet.xlsx: Sheet1!B1: the heading “年利律” is not known for products")
    assert said.endswith("write “年利率” or delete the column")


def test_a_heading_whose_script_does_not_tell_its_language_asks_for_it(tmp_path: Path) -> None:
    said = only_problem(plan_of(tmp_path, [["产品编号", "承保公司"], ["TD-24M", "某公司"]]))
    assert "does not say its language" in said


def test_two_columns_for_one_key_are_an_error(tmp_path: Path) -> None:
    said = only_problem(plan_of(tmp_path, [["产品编号", "年利率", "Rate"], ["TD-24M", "2.4%", "2.5%"]]))
    assert "Sheet1!C1: the heading “Rate” says the same as that of Sheet1!B1" in said


def test_values_without_a_heading_are_an_error(tmp_path: Path) -> None:
    assert "Sheet1!C2: the column has values but no heading" in only_problem(
        plan_of(tmp_path, [["产品编号", "年利率"], ["TD-24M", "2.4%", "beware"]])
    )


def test_a_sheet_without_ids_and_a_row_without_an_id_are_errors(tmp_path: Path) -> None:
    assert "no column has the ids" in only_problem(plan_of(tmp_path, [["产品名称", "年利率"], ["两年定期", "2.4%"]]))
    assert "Sheet1!A2: the row has no id" in only_problem(plan_of(tmp_path, [["产品编号", "年利率"], [None, "2.4%"]]))


def test_ids_that_stand_twice_or_differ_in_case_only_are_errors(tmp_path: Path) -> None:
    rows = [["产品编号", "年利率"], ["TD-24M", "2.4%"], ["TD-24M", "2.5%"]]
    assert "Sheet1!A3: the id “TD-24M” stands twice (first in Sheet1!A2)" in only_problem(plan_of(tmp_path, rows))
    assert "write “TD-24M”" in only_problem(plan_of(tmp_path, [["产品编号", "年利率"], ["td-24m", "2.4%"]]))


def test_an_empty_cell_changes_nothing(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, [["产品编号", "年利率", "期限"], ["TD-24M", None, "36个月"]])
    assert set(plan.changes[0].fields) == {"facts.term"}


def test_every_problem_of_a_file_is_told_at_once(tmp_path: Path) -> None:
    rows: Rows = [["产品编号", "年利率", "期限", "风险等级"], ["TD-24M", 2.4, "长", "R9"], ["WM-1", "x", None, None]]
    problems = [problem for problem in plan_of(tmp_path, rows).problems if isinstance(problem, CellProblem)]
    assert [problem.cell for problem in problems] == ["Sheet1!B2", "Sheet1!C2", "Sheet1!D2", "Sheet1!B3"]


def test_what_the_model_refuses_is_told_at_the_cell_that_it_comes_from(tmp_path: Path) -> None:
    said = only_problem(plan_of(tmp_path, [["活动编号", "活动链接"], ["C-SAVE", "http://m.islet.example/b1"]]))
    assert "Sheet1!B2: facts.link: a link is an https address" in said
    said = only_problem(plan_of(tmp_path, [["活动编号", "活动结束"], ["C-SAVE", "2025-01-01"]]))
    assert "Sheet1!B2" in said


def test_a_yearly_campaign_takes_days_of_the_year(tmp_path: Path) -> None:
    rows = [["活动编号", "活动开始", "活动结束"], ["C-YEAR", "10月25日", "2026-11-12"]]
    fields = plan_of(tmp_path, rows).changes[0].fields
    assert fields == {"period.from": ("10-20", "10-25"), "period.until": ("11-11", "11-12")}


def test_a_reward_in_one_language_keeps_the_others(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, [["活动编号", "奖品(简)"], ["C-SAVE", "咖啡券"]])
    assert new_value(plan, "facts.reward") == {"reward": {"zh-Hans": "咖啡券", "zh-Hant": "券", "en": "a voucher"}}


def test_an_offer_may_be_named_by_the_products_name(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, [["活动编号", "推荐产品"], ["C-SAVE", "稳步理财、TD-24M"]])
    assert new_value(plan, "offers") == ["WM-1", "TD-24M"]


def test_a_dry_run_shows_old_and_new_in_the_readers_language(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, [["产品编号", "年利率", "起存金额"], ["TD-24M", "2.4%", "5万"], ["WM-1", None, None]])
    assert list(plan.lines("zh-Hans")) == [
        "~ products TD-24M (Sheet1!A2)",
        "    年利率: 2.20% → 2.40%",
        "    起存金额: 10,000 → 50,000",
        "0 new, 1 changed, 1 same",
    ]
    assert "    Rate: 2.20% → 2.40%" in list(plan.lines("en"))
