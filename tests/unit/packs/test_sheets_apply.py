"""What an import writes: only what changes, all or nothing, and a pack that still holds."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest
from test_sheets_kit import NEW, PRODUCTS, Rows, headings, workbook, write_pack

from assistant.errors import FileError, InputError, PackError
from assistant.packs.loader import load_pack
from assistant.packs.sheets.apply import apply_import
from assistant.packs.sheets.change import ImportPlan
from assistant.packs.sheets.plan import plan_import

NEW_CAMPAIGN = {
    "活动编号": "C-NEW",
    "场景": "B1",
    "活动性质": "营销",
    "主题": "储蓄",
    "客户动作": "deposit",
    "活动名称": "新活动",
    "活動名稱": "新活動",
    "Campaign name": "New: a start",
    "活动目标": "存款。",
    "活動目標": "存款。",
    "Goal": "Deposits.",
    "活动开始": "2026-02-01",
    "活动结束": "2026-03-31",
    "推荐产品": "TD-24M",
    "链接": "https://m.islet.example/new",
}


def planned(root: Path, *sheets: Rows) -> ImportPlan:
    more = {f"Sheet{number}": rows for number, rows in enumerate(sheets[1:], 2)}
    path = workbook(root.parent / "a.xlsx", sheets[0], None, **more)
    plan = plan_import(path, load_pack(root), headings())
    assert not plan.problems, [str(problem) for problem in plan.problems]
    return plan


def contents(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def changed_lines(before: str, after: str) -> list[str]:
    lines = difflib.ndiff(before.splitlines(), after.splitlines())
    return [line for line in lines if line[0] in "+-"]


def test_a_changed_entry_changes_only_the_characters_of_its_values(tmp_path: Path) -> None:
    root = write_pack(tmp_path)
    rows: Rows = [
        ["产品编号", "年利率", "渠道", "业绩比较基准"],
        ["TD-24M", "2.4%", "sms", None],
        ["WM-1", None, None, "2.6%"],
    ]
    written = apply_import(planned(root, rows), root)
    assert written == [root / "products/deposits.yaml"]
    assert changed_lines(PRODUCTS, written[0].read_text(encoding="utf-8")) == [
        '-     facts: {rate: {rate: "2.20%"}, term: {term: 24 months}, minimum: {money: 10000}}  # as in the branches',
        '+     facts: {rate: {rate: "2.40%"}, term: {term: 24 months}, minimum: {money: 10000}}  # as in the branches',
        "-     channels:",
        "+     channels: [sms]",
        "-       - sms",
        "-       # no push: it is too short",
        "-       - call",
        '-       benchmark: {benchmark: "2.50%"}   # not a promise',
        '+       benchmark: {benchmark: "2.60%"}   # not a promise',
    ]


def test_keys_that_an_entry_lacks_are_added_at_the_end_of_their_mapping(tmp_path: Path) -> None:
    root = write_pack(tmp_path)
    rows: Rows = [
        ["产品编号", "提前支取利率", "期限", "赎回规则", "Redemption"],
        ["TD-24M", "0.05%", None, "可提前支取：按活期。", None],
        ["WM-1", None, "7天", None, "Weekly"],
    ]
    (written,) = apply_import(planned(root, rows), root)
    text = written.read_text(encoding="utf-8")
    assert '{money: 10000}, early_rate: {rate: "0.05%"}}  # as in the branches' in text
    assert "      - call\n    redemption: {zh-Hans: 可提前支取：按活期。}\n    # the end of the first one\n" in text
    end = "      minimum: {money: 1}\n      term: {term: 7 days}\n    redemption: {en: Weekly}\n# nothing below\n"
    assert text.endswith(end)


def test_windows_line_ends_and_a_byte_order_mark_stay(tmp_path: Path) -> None:
    root = write_pack(tmp_path)
    path = root / "products/deposits.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + PRODUCTS.replace("\n", "\r\n").encode())
    apply_import(planned(root, [["产品编号", "年利率", "保本"], ["TD-24M", "2.4%", "是"]]), root)
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf# Term")
    assert raw.count(b"\n") == raw.count(b"\r\n") == PRODUCTS.count("\n") + 1


@pytest.mark.parametrize(
    "name", ["a: b", "# no", "it's [x], {y}", "yes", "12", 'say "hi"', "- x", "2026-01-01", "云: 渚", "😀 ok"]
)
def test_texts_that_yaml_would_misread_are_quoted(tmp_path: Path, name: str) -> None:
    root = write_pack(tmp_path)
    rows: Rows = [["产品编号", "Product name", "简称"], ["TD-24M", name, name], ["WM-1", name + " 2", None]]
    apply_import(planned(root, rows), root)
    pack = load_pack(root)
    assert pack.products["TD-24M"].name["en"] == name
    assert pack.products["TD-24M"].aliases["zh-Hans"] == [name]
    assert pack.products["WM-1"].name["en"] == name + " 2"


def test_new_entries_go_to_files_of_their_own_and_later_ones_behind_them(tmp_path: Path) -> None:
    root = write_pack(tmp_path)
    campaign = [list(NEW_CAMPAIGN), list(NEW_CAMPAIGN.values())]
    written = apply_import(planned(root, [list(NEW), list(NEW.values())], campaign), root)
    assert written == [root / "campaigns/imported.yaml", root / "products/imported.yaml"]
    pack = load_pack(root)
    assert pack.products["TD-12M"].summary["en"] == "One year: no less."
    assert str(pack.campaigns["C-NEW"].period.until) == "2026-03-31"
    first = written[1].read_text(encoding="utf-8")
    other = NEW | {"产品编号": "TD-6M", "产品名称": "半年", "產品名稱": "半年定存", "Product name": "Half a year"}
    blank = [None] * (len(other) - 1)
    rows: Rows = [[*other, "Redemption"], [*other.values(), None], ["TD-12M", *blank, "At the end."]]
    apply_import(planned(root, rows), root)
    second = written[1].read_text(encoding="utf-8")
    assert second.startswith(first + "    redemption: {en: At the end.}\n  - id: TD-6M\n")
    assert load_pack(root).products["TD-12M"].redemption == {"en": "At the end."}


def test_importing_the_same_file_twice_changes_nothing_the_second_time(tmp_path: Path) -> None:
    root = write_pack(tmp_path)
    sheets = [list(NEW), list(NEW.values())], [list(NEW_CAMPAIGN), list(NEW_CAMPAIGN.values())]
    apply_import(planned(root, *sheets), root)
    before = contents(root)
    plan = planned(root, *sheets)
    assert plan.count == {"new": 0, "changed": 0, "same": 2}
    assert apply_import(plan, root) == []
    assert contents(root) == before


def test_a_plan_with_problems_is_not_applied(tmp_path: Path) -> None:
    root = write_pack(tmp_path)
    path = workbook(tmp_path / "a.xlsx", [["产品编号", "年利率"], ["TD-24M", "2.4%"], ["WM-1", 3]])
    before = contents(root)
    with pytest.raises(PackError, match="does not say whether it is a percentage"):
        apply_import(plan_import(path, load_pack(root), headings()), root)
    assert contents(root) == before


def test_what_would_break_the_pack_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    root = write_pack(tmp_path)
    twin = NEW | {"产品名称": "两年定期"}
    before = contents(root)
    with pytest.raises(PackError, match="the name “两年定期” is also"):
        apply_import(planned(root, [list(twin), list(twin.values())]), root)
    with pytest.raises(PackError, match=r"the host of https://evil\.example/x is not the institution's"):
        apply_import(planned(root, [["活动编号", "链接"], ["C-SAVE", "https://evil.example/x"]]), root)
    assert contents(root) == before


def test_a_pack_that_changed_since_the_plan_is_not_overwritten(tmp_path: Path) -> None:
    root = write_pack(tmp_path)
    plan = planned(root, [["产品编号", "年利率"], ["TD-24M", "2.4%"]])
    path = root / "products/deposits.yaml"
    path.write_text(PRODUCTS.replace("2.20%", "2.30%"), encoding="utf-8")
    with pytest.raises(InputError, match="changed since this import was planned"):
        apply_import(plan, root)
    assert "2.30%" in path.read_text(encoding="utf-8")


def test_a_disk_that_fails_between_two_files_leaves_both_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write_pack(tmp_path)
    plan = planned(root, [["产品编号", "年利率"], ["TD-24M", "2.4%"]], [["活动编号", "活动名称"], ["C-SAVE", "闲钱"]])
    before, replace, calls = contents(root), Path.replace, []

    def failing(self: Path, target: Path) -> Path:
        calls.append(target)
        if len(calls) == 2:
            raise OSError(28, "No space left on device", str(target))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises(FileError, match="No space left on device"):
        apply_import(plan, root)
    assert len(calls) == 3
    assert contents(root) == before
