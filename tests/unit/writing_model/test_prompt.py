"""Prompt files: what is read, what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import FileError
from assistant.writing.model.prompt import load_prompt

FRONT = "---\nid: write\nversion: 1\nlocales: [en]\nschema: variants\n---\n"


def written(root: Path, text: str, name: str = "write.v1.md") -> Path:
    (root / "write").mkdir(exist_ok=True)
    (root / "write" / name).write_text(text, "utf-8")
    return root


def test_the_highest_version_is_taken_unless_one_is_named(tmp_path: Path) -> None:
    written(tmp_path, f"{FRONT}one\n---user---\n{{{{ a }}}}")
    written(tmp_path, f"{FRONT.replace('version: 1', 'version: 2')}two\n---user---\nb", "write.v2.md")
    assert load_prompt(tmp_path, "write").front.version == 2
    first = load_prompt(tmp_path, "write", 1).render({"a": "{{ 7 * 7 }}"})
    assert [message["content"] for message in first.messages] == ["one", "{{ 7 * 7 }}"]


def test_the_version_is_that_of_the_content(tmp_path: Path) -> None:
    one = load_prompt(written(tmp_path, f"{FRONT}one\n---user---\nb"), "write").version
    two = load_prompt(written(tmp_path, f"{FRONT}two\n---user---\nb"), "write").version
    assert one != two and len(one) == 8


@pytest.mark.parametrize(
    "text",
    [
        "no front matter\n---user---\nb",
        f"{FRONT}no user section",
        f"{FRONT.replace('version', 'verzion')}a\n---user---\nb",
        f"{FRONT}{{% if %}}\n---user---\nb",
    ],
)
def test_a_broken_file_is_named(tmp_path: Path, text: str) -> None:
    with pytest.raises(FileError, match=r"write\.v1\.md"):
        load_prompt(written(tmp_path, text), "write")


@pytest.mark.parametrize("asks", ["{{ missing }}", "{{ a.__class__.__mro__ }}", "{{ items.append(1) }}"])
def test_a_template_reaches_nothing_that_it_was_not_given(tmp_path: Path, asks: str) -> None:
    prompt = load_prompt(written(tmp_path, f"{FRONT}s\n---user---\n{asks}"), "write")
    with pytest.raises(FileError, match="write"):
        prompt.render({"a": "", "items": []})


def test_there_is_no_such_prompt(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="no prompt"):
        load_prompt(tmp_path, "write")
