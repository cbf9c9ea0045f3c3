"""How text is cut and hashed."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from assistant.retrieval.tokens import folded, stem, tokens
from assistant.retrieval.vectors import DIMENSION, hashed, hashed_all


def test_han_gives_characters_and_pairs() -> None:
    assert tokens("两年期") == ["两", "年", "期", "两年", "年期"]


def test_both_scripts_and_both_vocabularies_fold_to_one() -> None:
    assert folded("網路資訊") == folded("网络信息")
    assert tokens("ＴＤ－２４Ｍ") == tokens("td-24m")


@pytest.mark.parametrize(
    ("text", "token"),
    [("2.2%", "2.2"), ("2.20%", "2.2"), ("10,000", "10000"), ("TD-24M", "td-24m"), ("TD-24M", "24"), ("3.0", "3")],
)
def test_a_number_stays_one_token(text: str, token: str) -> None:
    assert token in tokens(text)


@pytest.mark.parametrize(
    ("plural", "singular"),
    [("deposits", "deposit"), ("policies", "policy"), ("boxes", "box"), ("branches", "branch"), ("gas", "gas")],
)
def test_a_plural_is_its_singular(plural: str, singular: str) -> None:
    assert stem(plural) == singular


@pytest.mark.parametrize("word", ["business", "bonus", "this", "bus"])
def test_what_only_looks_like_a_plural_stays(word: str) -> None:
    assert stem(word) == word


@pytest.mark.parametrize("text", ["", " ", "。", "定期存款", "deposit", "\ud800"])
def test_a_vector_has_length_one_whatever_the_text(text: str) -> None:
    vector = hashed(text)
    assert vector.shape == (DIMENSION,) and vector.dtype == np.float32
    assert np.isclose(np.linalg.norm(vector), 1.0)


def test_a_vector_is_the_same_in_another_process() -> None:
    code = "from assistant.retrieval.vectors import hashed; print(hashed('定期存款')[:64].tolist())"
    there = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert there.strip() == str(hashed("定期存款")[:64].tolist())


def test_alike_texts_are_nearer_than_others() -> None:
    near, far, asked = hashed_all(["两年期定期存款", "个人信用贷款", "兩年定期存款"])
    assert asked @ near > 0.5 > asked @ far
