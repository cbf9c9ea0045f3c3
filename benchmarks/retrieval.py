"""Retrieval at 100, 1,000 and 10,000 made-up entries: Chroma beside exact numpy, BM25, and a rebuild.

`python benchmarks/retrieval.py [--sizes 100 1000 10000]` prints a Markdown table; times are the median of a query.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

QUERIES = 50
DEPTH = 10
MARKETS = ("cn", "tw")
WORDS = (
    "定期存款 利率 两年 闲钱 安排 理财 净值 赎回 工作日 基金 风险 等级 贷款 额度 装修 信用卡 账单 分期 保险 保障 养老 "
    "工资 转账 手机银行 网点 开户 抽奖 奖品 活动 到期 转存 大额存单 通知存款 起存 提前支取 客户经理 测评 说明书"
).split()


@dataclass(frozen=True)
class Row:
    """Measurements at one size; times in milliseconds, the rebuild and the opening in seconds."""

    size: int
    rebuild: float
    opening: float
    chroma: float
    filtered: float
    exact: float
    recall: float
    words: float


def made_up(size: int) -> list[Any]:
    """`size` entries of about thirty words, the same at every run."""
    from assistant.retrieval.entry import Entry

    dice = random.Random(7)
    entries = []
    for number in range(size):
        text = "，".join("".join(dice.choices(WORDS, k=3)) for _ in range(10)) + f"，编号{number}。"
        market = MARKETS[number % len(MARKETS)]
        metadata = {"kind": "guide", "owner": f"guide:{number}", "locale": "zh-Hans", "title": f"第{number}条"}
        name = f"guide:{number}@zh-Hans"
        entries.append(
            Entry(name, "guide", f"guide:{number}", "zh-Hans", f"第{number}条", text, {**metadata, "markets": [market]})
        )
    return entries


def median_ms(ask: Callable[[Any], Any], questions: Sequence[Any]) -> float:
    """The median time of one call in milliseconds, after one call that does not count."""
    ask(questions[0])
    times = []
    for question in questions:
        start = time.perf_counter()
        ask(question)
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1e3


def measure(size: int) -> Row:
    """Build, open and ask an index of `size` entries."""
    import numpy as np

    from assistant.retrieval.collection import Collection, fill
    from assistant.retrieval.lexical import Lexical
    from assistant.retrieval.vectors import hashed, hashed_all

    entries = made_up(size)
    dice = random.Random(11)
    asked = ["".join(dice.choices(WORDS, k=4)) for _ in range(QUERIES)]
    vectors = [hashed(text) for text in asked]
    where = {"markets": {"$contains": "tw"}}
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        matrix = hashed_all([entry.whole for entry in entries])
        lexical = Lexical.build([entry.whole for entry in entries])
        fill(Path(folder), entries, matrix)
        rebuild = time.perf_counter() - start
        start = time.perf_counter()
        collection = Collection(Path(folder))
        collection.entries()
        opening = time.perf_counter() - start
        found = [{name for name, _ in collection.nearest(vector, None, DEPTH)} for vector in vectors]
        best = [{entries[row].id for row in np.argsort(-(matrix @ vector))[:DEPTH]} for vector in vectors]
        row = Row(
            size=size,
            rebuild=rebuild,
            opening=opening,
            chroma=median_ms(lambda vector: collection.nearest(vector, None, DEPTH), vectors),
            filtered=median_ms(lambda vector: collection.nearest(vector, where, DEPTH), vectors),
            exact=median_ms(lambda vector: np.argpartition(-(matrix @ vector), DEPTH)[:DEPTH], vectors),
            recall=statistics.mean(len(a & b) / DEPTH for a, b in zip(found, best, strict=True)),
            words=median_ms(lexical.scores, asked),
        )
        collection.close()
    return row


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1_000, 10_000])
    print("| entries | rebuild s | opening s | Chroma ms | Chroma filtered ms | exact numpy ms | recall@10 | BM25 ms |")
    print("| ---: " * 8 + "|")
    for size in parser.parse_args().sizes:
        row = measure(size)
        print(
            f"| {row.size:,} | {row.rebuild:.2f} | {row.opening:.2f} | {row.chroma:.2f} | {row.filtered:.2f} "
            f"| {row.exact:.2f} | {row.recall:.3f} | {row.words:.2f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
