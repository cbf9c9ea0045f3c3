"""A small pack by hand, a shelf to put it on, and embedders that know much, little or nothing."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from assistant.domain.audience import Segment
from assistant.domain.catalogue import Campaign, Disclosure, Product
from assistant.domain.pack import Guide, Institution, Lexicon, Pack
from assistant.domain.rule import Rule
from assistant.errors import ModelUnavailable
from assistant.retrieval.opening import open_search, rebuild
from assistant.retrieval.search import Search
from assistant.retrieval.vectors import hashed

JUNE = dt.date(2026, 6, 1)
Open = Callable[..., Search]


def three(hans: str, hant: str, en: str) -> dict[str, str]:
    return {"zh-Hans": hans, "zh-Hant": hant, "en": en}


def product(own: str, kind: str, name: dict[str, str], summary: dict[str, str], **rest: Any) -> Product:
    return Product.model_validate({"id": own, "type": kind, "name": name, "summary": summary, **rest})


def _products() -> list[Product]:
    return [
        product(
            "TD-24M",
            "term_deposit",
            three("云渚两年定期存款", "雲渚兩年期定期存款", "Islet two-year term deposit"),
            three("存满两年，利率写明。", "存滿兩年，利率寫明。", "Two years at a rate in writing."),
            aliases={"zh-Hans": ["两年定存"], "zh-Hant": ["兩年定存"], "en": ["two-year deposit"]},
            facts={"rate": {"rate": "2.20%"}, "minimum": {"money": 10000}, "term": {"term": "24 months"}},
            flags={"principal_guaranteed": True, "transferable": False},
            redemption=three("提前支取另计。", "提前解約另計。", "From {product.minimum} early withdrawal differs."),
            disclosures=["deposit_cover"],
        ),
        product(
            "WM-180D",
            "wealth",
            three("云渚半年封闭理财", "雲渚半年封閉型理財", "Islet half-year wealth plan"),
            three("网络上可以查看净值信息。", "網路上可以查看淨值資訊。", "See its value online."),
            risk="R2",
            markets=["cn"],
            window="2026-01-01/2026-12-31",
            customers={"segments": ["affluent"]},
        ),
        product(
            "LN-CON",
            "loan",
            three("云渚消费贷", "雲渚信用貸款", "Islet personal loan"),
            three("装修旅行都能借。", "裝修旅行都能借。", "Borrow for a home or a journey."),
        ),
    ]


def campaign(own: str, name: dict[str, str], period: dict[str, Any], **rest: Any) -> Campaign:
    plain = {"id": own, "scenario": "B1", "kind": "sales", "topic": "saving", "act": "deposit", "name": name}
    return Campaign.model_validate({"goal": name, "period": period, **plain, **rest})


def _campaigns() -> list[Campaign]:
    return [
        campaign(
            "B1-TERM2Y",
            three("闲钱有安排", "閒錢有安排", "A plan for idle money"),
            {"from": dt.date(2026, 1, 1)},
            offers=["TD-24M"],
            rules_page=three("年利率{product.rate}。", "年利率{product.rate}。", "The rate is {product.rate}."),
        ),
        campaign(
            "E1-NEWYEAR",
            three("新春理财季", "新春理財季", "New Year season"),
            {"recurs": "yearly", "from": "12-20", "until": "02-20"},
            offers=["WM-180D"],
        ),
        campaign(
            "X9-OVER",
            three("春天存款节", "春天存款節", "Spring deposit days"),
            {"from": dt.date(2026, 3, 1), "until": dt.date(2026, 4, 30)},
            offers=["TD-24M"],
        ),
    ]


def _guides() -> tuple[Guide, ...]:
    return tuple(
        Guide(f"guides/{locale}/{file}.md#{number}", locale, title, text, f"guides/{locale}/{file}.md")
        for locale, file, number, title, text in (
            ("zh-Hans", "stories", 1, "云渚两年定期存款的故事", "给闲钱一个安排，利率{product:TD-24M.rate}。"),
            ("zh-Hans", "stories", 2, "云渚消费贷的故事", "贷款要量入为出，闲钱有安排再借。"),
            ("zh-Hans", "style", 1, "短信怎么写", "一条短信只说一件事，闲钱的事也一样。"),
            ("en", "style", 1, "How to write a text", "One message says one thing about idle money."),
        )
    )


def small_pack(version: str = "one") -> Pack:
    """Three products, three campaigns, a rule, a disclosure and four guides; `version` tells packs apart."""
    institution = Institution.model_validate(
        {
            "id": "toy",
            "name": three("云渚银行", "雲渚銀行", "Islet Bank"),
            "signature": three("云渚", "雲渚", "Islet"),
            "opt_out": {},
            "currency": "CNY",
            "markets": {
                "cn": {"jurisdiction": "CN", "locales": ["zh-Hans", "en"]},
                "tw": {"jurisdiction": "TW", "locales": ["zh-Hant"]},
            },
            "link_hosts": [],
            "product_types": ["term_deposit", "wealth", "loan"],
            "topics": ["saving"],
            "angles": ["gain"],
            "acts": ["deposit"],
        }
    )
    rule = {"id": "CN-YIELD", "severity": "block", "jurisdictions": ["CN"], "kind": "words", "reference": "第八条"}
    message = three("不得承诺收益", "不得承諾收益", "No promise of return")
    disclosure = {
        "id": "deposit_cover",
        "jurisdictions": {"CN": {"zh-Hans": "存款受保障"}, "TW": {"zh-Hant": "存款受保障"}},
    }
    segments = [
        Segment.model_validate({"id": own, "name": three(own, own, own), "risk": "R3", "ages": []})
        for own in ("salary", "affluent")
    ]
    return Pack(
        root="",
        institution=institution,
        products={one.id: one for one in _products()},
        campaigns={one.id: one for one in _campaigns()},
        disclosures={"deposit_cover": Disclosure.model_validate(disclosure)},
        segments={one.id: one for one in segments},
        ages={},
        channels={},
        rules={"CN-YIELD": Rule.model_validate({**rule, "message": message, "must_flag": [], "must_pass": []})},
        lexicon={"zh-Hans": Lexicon.model_validate({"labels": {"rate": ["年利率"]}})},
        books={},
        guides=_guides(),
        files={"pack.yaml": version},
    )


@dataclass
class Model:
    """An embedder of the tests. `blind` gives every text the same vector; `down` never answers."""

    name: str = "test-model"
    dimension: int = 1024
    blind: bool = False
    down: bool = False
    asked: list[int] = field(default_factory=list)

    def embed(self, texts: list[str]) -> list[list[float]]:
        if self.down:
            raise ModelUnavailable("refused")
        self.asked.append(len(texts))
        if self.blind:
            return [[1.0] + [0.0] * (self.dimension - 1) for _ in texts]
        return [hashed(text).tolist() for text in texts]


@pytest.fixture
def pack() -> Pack:
    return small_pack()


@pytest.fixture
def later(pack: Pack) -> Pack:
    """The same pack one edit later."""
    return replace(pack, files={"pack.yaml": "two"})


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture(scope="session")
def shelved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the small pack's index, to be copied and never changed."""
    home = tmp_path_factory.mktemp("shelved")
    rebuild(small_pack(), home, embedder=None)
    return home


@pytest.fixture
def home(shelved: Path, tmp_path: Path) -> Path:
    """A home of the test's own, with the small pack's index."""
    shutil.copytree(shelved / "index", tmp_path / "index")
    return tmp_path


@pytest.fixture
def opened(tmp_path: Path, pack: Pack, said: list[str]) -> Iterator[Open]:
    """Opens a search on a home of its own; closes what it opened."""
    searches: list[Search] = []

    def open_(given: Pack = pack, embedder: Any = None) -> Search:
        searches.append(open_search(given, tmp_path, embedder=embedder, notify=said.append))
        return searches[-1]

    yield open_
    for search in searches:
        search.close()


@pytest.fixture(scope="session")
def search(shelved: Path) -> Iterator[Search]:
    """One search over the small pack, for tests that only read."""
    found = open_search(small_pack(), shelved, embedder=None, notify=lambda _: None)
    yield found
    found.close()
