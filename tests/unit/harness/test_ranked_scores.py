"""Recall, reciprocal rank and discounted gain, against sums done by hand."""

from __future__ import annotations

import pytest

from assistant.bootstrap.desk import Desk
from tests.unit.harness.made import case_with, judged, room_of, scored

WANTED = ["product:A", "guide:guides/en/x.md#2"]


@pytest.mark.parametrize(
    ("hits", "at_1", "at_5", "mrr", "ndcg"),
    [
        (["product:A", "guide:x.md#2"], 1.0, 1.0, 1.0, 1.0),
        (["product:B", "product:A"], 0.0, 1.0, 0.5, 0.6309297535714575 / 1.6309297535714575),
        (["b", "c", "d", "e", "f", "product:A"], 0.0, 0.0, 1 / 6, 0.3562071871080222 / 1.6309297535714575),
        ([], 0.0, 0.0, 0.0, 0.0),
    ],
)
def test_a_ranking_is_measured(desk: Desk, hits: list[str], at_1: float, at_5: float, mrr: float, ndcg: float) -> None:
    scores = scored("recall", case_with({}, answers=WANTED), {"hits": hits}, room_of(desk))
    told = {metric: one.value for metric, one in scores.items()}
    assert told == pytest.approx(
        {"recall_at_1": at_1, "recall_at_5": at_5, "recall_at_10": float(bool(hits)), "mrr": mrr, "ndcg_at_10": ndcg}
    )


def test_the_search_itself_is_asked(desk: Desk) -> None:
    given = {"query": "两年定期存款利率"}
    assert judged("recall", "retrieve", given, room_of(desk), answers=["product:TD-24M"])["mrr"] == 1.0
    assert judged("recall", "retrieve", given, room_of(desk), answers=["product:CC-GOLD"])["recall_at_5"] == 0.0
    desk.search.close()
