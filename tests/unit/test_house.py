"""The house stays worth living in: short files and functions, content outside code, a quick start."""

from __future__ import annotations

import ast
import resource
import statistics
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.conftest import ROOT

CODE = [path for folder in ("assistant", "ui", "eval") for path in sorted((ROOT / folder).rglob("*.py"))]


def test_no_file_is_over_300_lines_and_the_median_is_below_100() -> None:
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in CODE}
    assert [str(path) for path, length in lengths.items() if length > 300] == []
    assert statistics.median(lengths.values()) < 100


def test_no_function_is_over_50_lines() -> None:
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in CODE
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (node.end_lineno or 0) - node.lineno >= 50
    ]
    assert long == []


def test_no_package_re_exports() -> None:
    inits = [path for path in CODE if path.name == "__init__.py"]
    imports = (ast.Import, ast.ImportFrom)
    busy = [path for path in inits if any(isinstance(n, imports) for n in ast.walk(ast.parse(path.read_text("utf-8"))))]
    assert busy == []


def test_no_word_of_the_sample_bank_stands_in_code() -> None:
    """Another institution edits knowledge/ and prompts/ only."""
    names = ("云渚", "雲渚", "islet", "宁波", "拒收请回复", "TD-24M =")
    shown = {"assistant/domain/values.py", "assistant/cli.py"}  # an example address in an error's mend
    found = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in CODE
        for name in names
        if str(path.relative_to(ROOT)) not in shown and name in _code(path)
    ]
    assert found == []


def _code(path: Path) -> str:
    """A file's code without docstrings, in which examples may stand."""
    tree = ast.parse(path.read_text("utf-8"))
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    for node in ast.walk(tree):
        if isinstance(node, kinds) and ast.get_docstring(node):
            node.body = node.body[1:] or [ast.Pass()]
    return ast.unparse(tree).lower()


@pytest.mark.parametrize("heavy", ["pydantic", "yaml", "chromadb", "gradio", "langchain_core", "sqlalchemy", "numpy"])
def test_help_loads_no_heavy_library(heavy: str) -> None:
    script = f"import sys, assistant.cli as c\ntry: c.main(['--help'])\nexcept SystemExit: pass\nsys.exit('{heavy}' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, check=False).returncode == 0


def test_help_takes_less_than_a_quarter_second_of_cpu() -> None:
    """CPU seconds of a whole process, which other work on the machine does not change much; the best of five."""
    spent = []
    for _ in range(5):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-m", "assistant.cli", "--help"], cwd=ROOT, capture_output=True, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    assert min(spent) <= 0.25


def test_no_two_test_files_have_one_name() -> None:
    names = Counter(path.name for path in (ROOT / "tests").rglob("test_*.py"))
    assert [name for name, count in names.items() if count > 1] == [], "pytest reads only one of them"
