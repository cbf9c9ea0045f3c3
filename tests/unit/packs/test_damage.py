"""A damaged pack: each kind of damage is told with its file, its line and the mend, and all at once."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.bootstrap.checking import pack_problems
from assistant.cli import main
from assistant.errors import FileError
from tests.conftest import BANK

Damage = Callable[[Path], object]


@pytest.fixture(scope="session")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bank without most of its phrases, guides and questions: the same files, read faster."""
    root = tmp_path_factory.mktemp("sound") / "bank"
    shutil.copytree(BANK, root, ignore=shutil.ignore_patterns("phrases", "guides", "asked.yaml"))
    for locale in ("zh-Hans", "zh-Hant", "en"):
        (root / "phrases" / locale).mkdir(parents=True)
        shutil.copy(BANK / "phrases" / locale / "pointers.yaml", root / "phrases" / locale)
    assert pack_problems(root)[1] == []
    return root


def swap(file: str, old: str, new: str) -> Damage:
    """Damage by replacing words once; fails where the words are not there."""

    def damage(root: Path) -> None:
        path = root / file
        text = path.read_text("utf-8")
        assert old in text, f"{file} has no “{old}”"
        path.write_text(text.replace(old, new, 1), "utf-8")

    return damage


def put(file: str, raw: bytes) -> Damage:
    """Damage by writing a whole file."""
    return lambda root: (root / file).write_bytes(raw)


def recode(file: str, encoding: str) -> Damage:
    """Damage by saving a file in another encoding."""
    return lambda root: (root / file).write_bytes((root / file).read_text("utf-8").encode(encoding, "replace"))


TD, WM, GROW = "products/term_deposits.yaml", "products/wealth.yaml", "campaigns/growth.yaml"
AFTER, LINES = "scripts/en/after.yaml", "scripts/en/questions.yaml"
RULE, PHRASE = "rules/cn_guarantee.yaml", "phrases/zh-Hans/pointers.yaml"
BOMB = b"products:\n  - &a [x, x, x, x, x, x, x, x]\n  - &b [*a, *a, *a, *a, *a, *a, *a, *a]\n  - [*b, *b, *b, *b]\n"
KINDS: dict[str, tuple[Damage, str, str]] = {
    # kind: (the damage, the file that the report names, words that it must hold)
    "a rate as a bare 2.2": (swap(TD, 'rate: "2.20%"', "rate: 2.2"), TD, 'write it as "2.2%"'),
    "an outcome that is none": (swap(AFTER, "outcome: interested", "outcome: intrested"), AFTER, "interested"),
    "a message with the customer's name": (swap(AFTER, "{pack.phone}", "{customer.salutation}"), AFTER, "nothing fills"),
    "a line for no trigger": (swap(LINES, "G1-INFLOW", "G1-INFLOV"), LINES, "G1-INFLOW"),
    "a rate as 0.022": (swap(TD, 'rate: "2.20%"', "rate: 0.022"), TD, "a percent sign"),
    "a rate as a word": (swap(TD, 'rate: "2.20%"', 'rate: "high"'), TD, "a percent sign"),
    "an unknown key": (swap(TD, "    placement:", "    placment:"), TD, "write “placement”"),
    "a missing key": (swap(TD, "    type: term_deposit\n", ""), TD, "“type” is missing"),
    "a wrong type": (swap(TD, "money: 50}", "money: fifty}"), TD, "money is a plain number"),
    "negative money": (swap(TD, "money: 50}", "money: -50}"), TD, "money is a plain number"),
    "money of 1e30": (swap(TD, "money: 50}", "money: 1.0e+30}"), TD, "money is a plain number"),
    "not a number": (swap(TD, "money: 50}", "money: .nan}"), TD, "money"),
    "a term without a unit": (swap(TD, "term: 2 years", "term: 24"), TD, "write it as “24 months”".replace("“", '"').replace("”", '"')),
    "an unknown kind of fact": (swap(TD, "{money: 50}", "{amount: 50}"), TD, "is no kind of fact"),
    "a fact of two kinds": (swap(TD, "{money: 50}", "{money: 50, count: 1}"), TD, "one kind and its value"),
    "a duplicate id": (swap(TD, "id: TD-36M", "id: TD-24M"), TD, "stands twice"),
    "a duplicate key": (swap(TD, "    type: term_deposit\n", "    type: term_deposit\n    type: fund\n"), TD, "stands twice"),
    "a duplicate name": (swap(TD, "Islet Three-Year Deposit", "Islet Two-Year Term Deposit"), TD, "also"),
    "an unknown product type": (swap(TD, "type: term_deposit", "type: term_deposits"), TD, "write “term_deposit”"),
    "an unknown disclosure": (swap(WM, "[wealth_not_deposit,", "[wealth_no_deposit,"), WM, "write “wealth_not_deposit”"),
    "an unknown channel": (swap(TD, "channels: [sms,", "channels: [smss,"), TD, "write “sms”"),
    "an unknown market": (swap(TD, "markets: [cn,", "markets: [cnn,"), TD, "there is no market"),
    "a risk grade of R9": (swap(WM, "risk: R1", "risk: R9"), WM, "wrong form"),
    "a locale that is missing": (swap(TD, ", en: Islet Two-Year Term Deposit}", "}"), TD, "missing in en"),
    "a locale that does not exist": (swap(TD, "en: Islet Two-Year Term Deposit", "fr: dépôt"), TD, "fr"),
    "a window that ends first": (swap(TD, "window: 2026-01-01/", "window: 2026-01-01/2025-01-01"), TD, "swap the two days"),
    "a date that is none": (swap(TD, "window: 2026-01-01/", "window: 2026-02-30/"), TD, "window"),
    "ages the wrong way round": (
        swap(TD, "    disclosures:", "    customers: {min_age: 60, max_age: 18}\n    disclosures:"), TD, "swap the two"),
    "an unknown offer": (swap(GROW, "offers: [TD-24M]", "offers: [TD-24]"), GROW, "write “TD-24M”"),
    "an unknown topic": (swap(GROW, "topic: saving", "topic: savings"), GROW, "write “saving”"),
    "a kind that is neither sales nor care": (swap(GROW, "kind: sales", "kind: spam"), GROW, "not allowed"),
    "a yearly period without an end": (
        swap(GROW, "period: {from: 2026-01-01}", 'period: {recurs: yearly, from: "10-20"}'), GROW, "two days of the year"),
    "a link to a foreign host": (
        swap(GROW, "https://m.islet.example/b1", "https://m.islet.example.evil.com/b1"), GROW, "not the institution's"),
    "a link without https": (swap(GROW, "https://m.islet.example/b1", "http://m.islet.example/b1"), GROW, "https address"),
    "a rule without examples": (swap(RULE, "must_pass:", "must_pas:"), RULE, "write “must_pass”"),
    "a rule of no kind": (swap(RULE, "kind: phrase", "kind: phrases"), RULE, "kind of check"),
    "a rule's unknown match key": (swap(RULE, "      terms:", "      termz:"), RULE, "match.termz"),
    "a slot that nothing fills": (swap(PHRASE, "{campaign.link}", "{campaign.lnik}"), PHRASE, "nothing fills"),
    "a figure outside a slot": (swap(PHRASE, "{campaign.link}", "0.05%"), PHRASE, "outside a slot"),
    "a slot that is none": (swap(PHRASE, "{campaign.link}", "{campaign link}"), PHRASE, "is no slot"),
    "GBK": (recode(TD, "gbk"), TD, "GBK"),
    "UTF-16": (recode(TD, "utf-16"), TD, "UTF-16"),
    "a tab in the indent": (swap(TD, "    type: term_deposit", "\ttype: term_deposit"), TD, "a tab"),
    "a YAML bomb": (put(TD, BOMB), TD, "anchors and aliases"),
    "a file of 9 MB": (put(TD, b"products:\n" + b"# " + b"x" * 9_000_000), TD, "MB"),
    "an empty file": (put(TD, b""), TD, "empty"),
    "not YAML": (put(TD, b"products: [}"), TD, "not YAML"),
    "a list where a mapping belongs": (put(TD, b"- a\n- b\n"), TD, "no list “products:”".replace("“", "“")),
    "thirty levels": (put(TD, b"products: " + b"[" * 60 + b"]" * 60), TD, "levels"),
    "a Python object": (put(TD, b"products:\n  - !!python/object/apply:os.system [ls]\n"), TD, ""),
    "no campaigns": (lambda root: shutil.rmtree(root / "campaigns"), "campaigns/*.yaml", "no campaigns"),
    "no channels": (lambda root: (root / "channels.yaml").unlink(), "channels.yaml", "no channels"),
    "a lexicon that is missing": (lambda root: (root / "lexicon/en.yaml").unlink(), "lexicon/en.yaml", "missing"),
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_damage_is_told_with_file_line_and_mend(kind: str, sound: Path, tmp_path: Path) -> None:
    damage, file, words = KINDS[kind]
    root = tmp_path / "bank"
    shutil.copytree(sound, root)
    damage(root)
    problems = pack_problems(root)[1]
    told = [problem for problem in problems if problem.file == file]
    assert told, [str(problem) for problem in problems][:5]
    assert any(words in str(problem) for problem in told), [str(problem) for problem in told][:5]
    assert all(problem.mend and problem.line >= 1 for problem in problems)


def test_there_are_forty_kinds() -> None:
    assert len(KINDS) >= 40


def test_a_byte_order_mark_is_no_damage(sound: Path, tmp_path: Path) -> None:
    root = tmp_path / "bank"
    shutil.copytree(sound, root)
    (root / TD).write_bytes(b"\xef\xbb\xbf" + (root / TD).read_bytes())
    assert pack_problems(root)[1] == []


def test_all_errors_come_at_once_and_with_exit_code_2(
    sound: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "bank"
    shutil.copytree(sound, root)
    for kind in ("a rate as a bare 2.2", "an unknown offer", "a link without https"):
        KINDS[kind][0](root)
    assert main(["check-pack", str(root)]) == 2
    told = capsys.readouterr().out
    assert 'write it as "2.2%"' in told and "TD-24" in told and "https address" in told
    line = next(row for row in told.splitlines() if "2.2%" in row)
    number = int(line.split(":")[1])
    assert "2.2}" in (root / TD).read_text("utf-8").splitlines()[number - 1]


def test_a_folder_without_a_pack_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"pack\.yaml is missing"):
        pack_problems(tmp_path)
