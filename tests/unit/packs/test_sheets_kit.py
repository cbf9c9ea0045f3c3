"""What the tests of the import share: a small pack on disk, workbooks of a few rows, and the plan of one.

The pack is written here and not copied from knowledge/, so that the tests do not move when a bank's words do.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from assistant.packs.loader import load_pack
from assistant.packs.sheets.change import Change, ImportPlan
from assistant.packs.sheets.headings import Headings, load_headings
from assistant.packs.sheets.plan import plan_import

Rows = Sequence[Sequence[Any]]
HEADINGS = Path(__file__).parents[3] / "knowledge" / "bank" / "headings.yaml"
PACK = """\
id: tiny
name: {zh-Hans: 云渚银行, zh-Hant: 雲渚銀行, en: Islet Bank}
signature: {zh-Hans: "【云渚】", zh-Hant: "【雲渚】", en: "[Islet]"}
opt_out: {cn: {zh-Hans: 拒收请回复R, en: Reply R}, tw: {zh-Hant: 拒收請回覆R}}
currency: CNY
markets: {cn: {jurisdiction: CN, locales: [zh-Hans, en]}, tw: {jurisdiction: TW, locales: [zh-Hant]}}
link_hosts: [m.islet.example]
product_types: [term_deposit, wealth]
topics: [saving, rewards]
angles: [gain]
acts: [deposit, draw]
"""
PRODUCTS = """\
# Term deposits: the rates are those of the board of January.
products:
  - id: TD-24M   # the one that everybody asks for
    type: term_deposit
    name: {zh-Hans: 两年定期, zh-Hant: 兩年定存, en: Two-year deposit}
    summary:
      zh-Hans: 存满两年。
      zh-Hant: 存滿兩年。
      en: "Two years: no less."
    facts: {rate: {rate: "2.20%"}, term: {term: 24 months}, minimum: {money: 10000}}  # as in the branches
    window: 2026-01-01/
    channels:
      - sms
      # no push: it is too short
      - call
    # the end of the first one

  - id: WM-1
    type: wealth
    name:
      zh-Hans: 稳步理财
      zh-Hant: 穩步理財
      en: Steady plan
    summary: {zh-Hans: 按周运作。, zh-Hant: 按週運作。, en: Weekly cycles.}
    risk: R2
    facts:
      benchmark: {benchmark: "2.50%"}   # not a promise
      minimum: {money: 1}
# nothing below
"""
CAMPAIGNS = """\
campaigns:
  - id: C-SAVE
    scenario: B1
    kind: sales
    topic: saving
    act: deposit
    name: {zh-Hans: 闲钱有安排, zh-Hant: 閒錢有安排, en: Idle money}
    goal: {zh-Hans: 转成定期。, zh-Hant: 轉成定存。, en: Into a deposit.}
    period: {from: 2026-01-01}
    offers: [TD-24M]
    facts: {link: {link: "https://m.islet.example/b1"}, reward: {reward: {zh-Hans: 券, zh-Hant: 券, en: a voucher}}}
  - id: C-YEAR
    scenario: C2
    kind: sales
    topic: rewards
    act: draw
    name: {zh-Hans: 双十一, zh-Hant: 雙十一, en: Singles' day}
    goal: {zh-Hans: 抽奖。, zh-Hant: 抽獎。, en: A draw.}
    period: {recurs: yearly, from: "10-20", until: "11-11"}
"""
AUDIENCE = """\
segments:
  - {id: new, name: {zh-Hans: 新客户, zh-Hant: 新戶, en: New}, risk: R2, ages: ["18-24"]}
ages:
  - id: 18-24
    from: 18
    until: 24
    name: {zh-Hans: 青年, zh-Hant: 青年, en: Young}
    address: {zh-Hans: 你, zh-Hant: 你, en: you}
"""
CHANNELS = """\
channels:
  - {id: sms, name: {zh-Hans: 短信, zh-Hant: 簡訊, en: Text message}, parts: [body]}
  - {id: call, name: {zh-Hans: 电话, zh-Hant: 電話, en: Call}, parts: [opening], voice: true}
"""
NEW = {
    "产品编号": "TD-12M",
    "产品类型": "定期存款",
    "产品名称": "一年定期",
    "產品名稱": "一年定存",
    "Product name": "One-year deposit",
    "产品简介": "存满一年。",
    "產品簡介": "存滿一年。",
    "Summary": "One year: no less.",
}
"""A row with all that a new product needs."""


def write_pack(folder: Path) -> Path:
    """The small pack below a folder; returns its root."""
    root = folder / "tiny"
    files = {
        "pack.yaml": PACK,
        "products/deposits.yaml": PRODUCTS,
        "campaigns/growth.yaml": CAMPAIGNS,
        "audience.yaml": AUDIENCE,
        "channels.yaml": CHANNELS,
        **{f"lexicon/{locale}.yaml": "negations: [not]\n" for locale in ("zh-Hans", "zh-Hant", "en")},
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(text.encode())
    return root


def workbook(path: Path, rows: Rows, formats: dict[str, str] | None = None, **sheets: Any) -> Path:
    """A real XLSX file with the rows on Sheet1 and number formats by cell; further sheets by name."""
    from openpyxl import Workbook

    book = Workbook()
    first = book.active
    assert first is not None
    first.title = "Sheet1"
    for row in rows:
        first.append(list(row))
    for cell, code in (formats or {}).items():
        first[cell].number_format = code
    for name, more in sheets.items():
        other = book.create_sheet(name)
        for row in more:
            other.append(list(row))
    book.save(path)
    return path


def headings() -> Headings:
    """The headings that ship with the bank's pack."""
    return load_headings(HEADINGS)


def plan_of(folder: Path, rows: Rows, formats: dict[str, str] | None = None) -> ImportPlan:
    """The plan of a workbook of one sheet against the small pack."""
    root = write_pack(folder)
    return plan_import(workbook(folder / "sheet.xlsx", rows, formats), load_pack(root), headings())


def one_cell(folder: Path, heading: str, value: Any, code: str = "General", own: str = "TD-24M") -> ImportPlan:
    """The plan of a sheet with one cell beside the id of a product."""
    return plan_of(folder, [["产品编号", heading], [own, value]], {} if code == "General" else {"B2": code})


def new_value(plan: ImportPlan, key: str) -> Any:
    """What the only change of a plan writes under a key."""
    assert not plan.problems, [str(problem) for problem in plan.problems]
    change: Change = plan.changes[0]
    return change.fields[key][1]


def only_problem(plan: ImportPlan) -> str:
    """The words of the only problem of a plan."""
    assert len(plan.problems) == 1, [str(problem) for problem in plan.problems]
    return str(plan.problems[0])
