"""How fast a change of the knowledge is followed: `python -m benchmarks.recall`.

Ten thousand assets, made of written texts; a rate, a warning and a rule change. Precision and recall against the
assets that state the fact, print the warning or hold the word, found by a plain search of their texts.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import time
from collections.abc import Callable
from itertools import cycle, islice

from assistant.bootstrap.desk import Desk
from assistant.checks.engine import CheckEngine
from assistant.domain.knowledge import knowledge_of
from assistant.domain.pack import Pack
from assistant.domain.values import FactValue
from assistant.review.assets import renderer
from assistant.review.recall import Asset, Recall
from assistant.settings import read_settings
from eval.mutations.source import sources

ASSETS = 10_000
FORMS = ("jurisdictions", "short", "spoken")


def assets(desk: Desk) -> list[Asset]:
    """Ten thousand assets over all campaigns and locales; texts recur under ids of their own."""
    found = sources(desk, 150, 3, dt.date(2026, 11, 23))
    return [
        Asset(f"a{number}", one.case, one.variant.template, one.variant.claims, one.variant.findings, desk.pack.version)
        for number, one in enumerate(islice(cycle(found), ASSETS))
    ]


def with_rate(pack: Pack, product: str) -> Pack:
    """The pack with one rate changed."""
    old = pack.products[product]
    facts = {**old.facts, "rate": FactValue.model_validate({"rate": "1.99%"})}
    return dataclasses.replace(pack, products={**pack.products, product: old.model_copy(update={"facts": facts})})


def without_disclosure(pack: Pack, own: str) -> Pack:
    """The pack with one warning worded anew in every form."""
    old = pack.disclosures[own]
    anew = {}
    for name in FORMS:
        table = getattr(old, name)
        anew[name] = {law: {locale: f"{words} *" for locale, words in one.items()} for law, one in table.items()}
    return dataclasses.replace(pack, disclosures={**pack.disclosures, own: old.model_copy(update=anew)})


def stricter(pack: Pack, rule: str, word: str) -> Pack:
    """The pack with a word more in one rule."""
    old = pack.rules[rule]
    match = {**old.match, "terms": [*old.match["terms"], word]}
    return dataclasses.replace(pack, rules={**pack.rules, rule: old.model_copy(update={"match": match})})


def measured(name: str, kept: list[Asset], before: Pack, after: Pack, truth: Callable[[Asset], bool]) -> str:
    """One row: seconds of CPU, how many are touched, precision and recall."""
    engine, old = CheckEngine(after), knowledge_of(before)
    recall = Recall(engine, knowledge_of(after), lambda version: old, renderer(after))
    begun = time.process_time()
    found = {one.asset.id for one in recall.touched(kept)}
    seconds = time.process_time() - begun
    wanted = {asset.id for asset in kept if truth(asset)}
    right = len(found & wanted)
    precision, share = right / max(len(found), 1), right / max(len(wanted), 1)
    return f"| {name} | {seconds:.2f} | {len(found):,} | {precision:.3f} | {share:.3f} |"


def main() -> None:
    """Measure and print."""
    desk = Desk(read_settings())
    pack, kept = desk.pack, assets(desk)
    warning, word = "lottery_rules", "优惠券"
    words = {
        t
        for form in ("jurisdictions", "short", "spoken")
        for x in getattr(pack.disclosures[warning], form).values()
        for t in x.values()
    }
    print(f"{len(kept):,} assets\n\n| change | CPU s | touched | precision | recall |\n| :-- | --: | --: | --: | --: |")
    rows = (
        ("a rate", with_rate(pack, "TD-24M"), lambda a: any("#TD-24M.rate@" in (c.fact or "") for c in a.claims)),
        ("a warning", without_disclosure(pack, warning), lambda a: any(w.rstrip("。.") in a.case.text for w in words)),
        ("a rule", stricter(pack, "CN-ABS", word), lambda a: word in a.case.text and a.case.market == "cn"),
    )
    for name, after, truth in rows:
        print(measured(name, kept, pack, after, truth))


if __name__ == "__main__":
    main()
