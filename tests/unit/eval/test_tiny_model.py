"""The maker of the tiny model, as far as it goes without torch."""

from __future__ import annotations

import sys
from pathlib import Path

import jinja2
import pytest

from assistant.errors import FileError, SettingsError
from eval.tiny_model import make
from eval.tiny_tokenizer import TEMPLATE, THOUGHTS, VOCABULARY, trained


@pytest.fixture
def words(tmp_path: Path) -> Path:
    folder = tmp_path / "words"
    folder.mkdir()
    (folder / "a.md").write_text("存款 and deposits", "utf-8")
    return folder


def test_a_folder_with_something_else_in_it_is_left_alone(words: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "config.json").write_text("mine", "utf-8")
    with pytest.raises(FileError, match="not made here"):
        make(other, words)
    assert (other / "config.json").read_text("utf-8") == "mine"


def test_without_text_there_is_no_tokenizer(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="no text"):
        make(tmp_path / "model", tmp_path)


def test_without_torch_it_says_what_to_install(words: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(SettingsError, match="local"):
        make(tmp_path / "model", words)
    assert {path.name for path in tmp_path.iterdir()} == {"words", ".model.lock"}, "half of a model was left"


def test_the_tokenizer_gives_back_what_it_read(words: Path) -> None:
    core = trained([words / "a.md"])
    for text in ("存款 and deposits", "臨櫃 €5\n\t😀 {product.rate}", "<think>\n\n</think>"):
        assert core.decode(core.encode(text).ids) == text
    assert core.get_vocab_size() < VOCABULARY
    assert [core.decode([core.token_to_id(thought)]) for thought in THOUGHTS] == list(THOUGHTS)
    assert core.decode(core.encode("<|im_end|>").ids) == ""


@pytest.mark.parametrize(
    ("options", "end"),
    [
        ({}, "assistant\n"),
        ({"enable_thinking": True}, "assistant\n"),
        ({"enable_thinking": False}, "assistant\n<think>\n\n</think>\n\n"),
    ],
)
def test_the_template_thinks_unless_it_is_told_not_to(options: dict[str, bool], end: str) -> None:
    chat = [{"role": "user", "content": "a"}, {"role": "assistant", "content": "<think>\nb\n</think>\n\nc"}]
    # As transformers renders it.
    room = jinja2.Environment(trim_blocks=True, lstrip_blocks=True)
    text = room.from_string(TEMPLATE).render(messages=chat, add_generation_prompt=True, **options)
    assert text == f"<|im_start|>user\na<|im_end|>\n<|im_start|>assistant\nc<|im_end|>\n<|im_start|>{end}"
