"""An embedding model votes only where it has shown that it knows the pack."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.errors import ModelAnswer
from assistant.retrieval.embedding import vectors_of
from assistant.retrieval.filters import Filter
from tests.unit.retrieval.conftest import Model, Open


def test_a_model_that_finds_the_packs_products_votes(opened: Open) -> None:
    search = opened(embedder=Model())
    assert search.manifest.votes and search.manifest.dense_recall is not None
    hit = search.search("两年定存", Filter(locale="zh-Hans"))[0]
    assert hit.entry.owner == "product:TD-24M"
    assert hit.dense is not None and hit.score < 1 < hit.bm25


def test_a_filter_binds_the_vectors_too(opened: Open) -> None:
    hits = opened(embedder=Model()).search("半年封闭理财", Filter(market="tw", locale="zh-Hans"))
    assert "product:WM-180D" not in {hit.entry.owner for hit in hits}


def test_a_model_that_tells_nothing_apart_does_not_vote(opened: Open) -> None:
    search = opened(embedder=Model(blind=True))
    assert not search.manifest.votes and search.manifest.dense_recall == 0
    assert search.search("两年定存")[0].dense is None


def test_another_model_is_another_index(opened: Open, said: list[str]) -> None:
    opened(embedder=Model())
    opened(embedder=Model(name="another"))
    assert said[1:] == ["The search index is of another version. It is rebuilt from the pack."]


def test_a_model_that_is_down_when_the_index_is_built_is_left_out(opened: Open, said: list[str]) -> None:
    search = opened(embedder=Model(down=True))
    assert not search.manifest.votes and search.search("两年定存")
    assert "words alone" in said[-1]


def test_a_model_that_goes_down_later_leaves_the_words_with_one_message(opened: Open, said: list[str]) -> None:
    model = Model()
    search = opened(embedder=model)
    model.down = True
    said.clear()
    assert search.search("两年定存")[0].entry.owner == "product:TD-24M"
    assert search.search("消费贷")[0].entry.owner == "product:LN-CON"
    assert len(said) == 1


class Wrong(Model):
    answer: Any = None

    def embed(self, texts: list[str]) -> list[list[float]]:
        return self.answer  # type: ignore[no-any-return]


@pytest.mark.parametrize("answer", [[], [[1.0]], [[float("nan")] * 1024]])
def test_vectors_of_another_shape_are_no_answer(answer: list[list[float]]) -> None:
    model = Wrong()
    model.answer = answer
    with pytest.raises(ModelAnswer):
        vectors_of(["one"], model)
