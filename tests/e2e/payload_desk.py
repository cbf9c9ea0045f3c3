"""A desk into which strangers have written whatever they could: every text that a page shows holds all payloads."""

from __future__ import annotations

import csv
import datetime as dt
import shutil
from dataclasses import dataclass
from pathlib import Path

import yaml

from assistant.bootstrap.desk import Desk
from assistant.domain.person import ROLES, Person
from assistant.domain.proposal import Fault, Proposal
from assistant.domain.rating import Half, Pair, Rubric
from assistant.domain.result import Result
from assistant.packs.place import place_of
from assistant.review.rules import Wish
from assistant.settings import Settings
from assistant.store.exports import ExportStore
from assistant.store.results import ResultStore
from eval.people.stories import AS_OF
from eval.rating.rules import load_rules
from eval.rating.scoring import Scoring
from tests.conftest import BANK, QUICK, ROOT
from tests.contract.happened import export
from tests.e2e.working import texts_of
from tests.unit.api.staff import PASSWORD, hire, hire_all

CUSTOMER, CAMPAIGN, PRODUCT, ARM = "C0151", "B1-TERM2Y", "TD-24M", 32
NAME = 600
"""`ARM`: the longest name of an experiment's arm; `NAME`: of a campaign, here."""
NOW = dt.datetime.now(dt.UTC)


def payloads() -> list[str]:
    """All of them, numbered."""
    table = yaml.safe_load(Path(__file__).with_name("payloads.yaml").read_text("utf-8"))
    return [one.replace("{n}", str(n)) for n, one in enumerate(one for kind in table.values() for one in kind)]


ALL = payloads()


def pieces(field: str) -> list[str]:
    """The payloads as a field holds them, each told apart from those of other fields."""
    return [f"{field}¦{one}" for one in ALL]


def whole(field: str) -> str:
    """All of them in one text."""
    return " ".join(pieces(field))


@dataclass(frozen=True)
class Filled:
    """What was put where: ids."""

    edited: str
    asked: str
    run: str
    package: str
    action: str
    people: int
    compared: tuple[str, str]


def names() -> list[str]:
    """The payloads as names of campaigns: many in one, but a pack holds no name of a thousand characters. No NUL: a file
    of a pack, and a table, cannot hold one."""
    found = [""]
    for one in pieces("campaign"):
        if len(found[-1]) + len(one) >= NAME:
            found.append("")
        found[-1] = f"{found[-1]} {one}".strip().replace("\0", "")
    return found


def content(folder: Path) -> Path:
    """The bank's knowledge with other names of campaigns."""
    for part in ("knowledge", "prompts"):
        shutil.copytree(ROOT / part, folder / part)
    left = names()
    for path in sorted(
        (folder / "knowledge" / "bank" / "campaigns").glob("*.yaml"), key=lambda one: one.stem != "growth"
    ):
        table = yaml.safe_load(path.read_text("utf-8"))
        for campaign in table["campaigns"]:
            campaign["name"]["en"] = left.pop(0) if left else campaign["name"]["en"]
        path.write_text(yaml.safe_dump(table, allow_unicode=True, sort_keys=False), "utf-8")
    assert left == []
    return folder


def customers(folder: Path) -> Path:
    """The sample's tables with another name and other tags."""
    shutil.copytree(BANK / "sample", folder)
    path = folder / "customers.csv"
    rows = list(csv.DictReader(path.open(encoding="utf-8", newline="")))
    for row in rows:
        row["tags"] = "|".join(filter(None, [row["tags"], whole("tag").replace("\0", "")]))
        if row["customer_id"] == CUSTOMER:
            row["name"] = whole("customer").replace("\0", "")
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(rows[0]))
        table.writeheader()
        table.writerows(rows)
    return folder


def fill(home: Path, index: Path) -> Filled:
    """Make the desk in `home`; its content and its tables lie below."""
    shutil.copytree(index, home / "index")
    own = Desk(Settings(home=home, content=content(home / "content"), data=str(customers(home / "tables")), **QUICK))
    hire_all(own)
    hire(own, "everybody", *ROLES, team="*")
    for n, one in enumerate(ALL):
        own.accounts.add(Person(login=f"p{n}", name=one[:80], roles=("rm",)), PASSWORD, "test", NOW)
    texts = texts_of(own)
    _review(own, texts)
    _propose(own)
    _results(own, texts)
    action = _call(own)
    compared = _compare(own)
    run = own.shelf.rows([texts[0]])[texts[0]]["run"]
    package = own.shelf.packages(limit=1)[0]["id"]
    own.database.close()
    return Filled(texts[0], texts[1], run, package, action, len(ALL), compared)


def _review(own: Desk, texts: list[str]) -> None:
    """Other words for one text, a comment on another, names of a package and its wave."""
    marketer, checker = own.people.of_login("marketer"), own.people.of_login("checker")
    assert marketer and checker
    own.editing.words(texts[0], whole("words"), marketer, None, NOW)
    package = own.packages.bundle(whole("package"), {whole("wave"): texts[1:]}, "conversions", marketer, NOW)
    own.packages.do_package(package, Wish("submit", marketer), NOW)
    (told,) = own.workflow.do([texts[1]], Wish("ask", checker, "tone", whole("comment")), NOW)
    assert told.item, told.refused


def _propose(own: Desk) -> None:
    """A proposal whose text, note, comment and problems are hostile, and one of each person with a hostile name."""
    place = place_of(own.folder, "products", PRODUCT)
    text = place.text + "\n" + "\n".join(f"# {one}" for one in pieces("line"))
    fault = Fault(file="products.yaml", line=1, row=1, what=f"It says {whole('what')}", mend=f"Say {whole('mend')}")
    first = Proposal(
        id="hostile", section="products", entry=PRODUCT, file=place.file, line=place.line, state="draft", version=1,
        text=text, was=place.text, digest=place.digest, base=own.pack.version, by="marketer", made_at=NOW,
        note=whole("note"), comment=whole("decision"), problems=(fault,),
    )  # fmt: skip
    with own.proposal_store.book() as book:
        book.add(first)
        for n, _one in enumerate(ALL):
            book.add(first.model_copy(update={"id": f"h{n:03}", "by": f"p{n}", "note": "", "state": "withdrawn"}))


def _results(own: Desk, texts: list[str]) -> None:
    """Results of an experiment's arms, and of arms that nobody planned."""
    planned = [{"name": one, "share": 500, "texts": [texts[1]]} for one in ("A", "B")]
    rollout = {"experiment": "may", "stage": "ab", "arms": planned}
    store = ExportStore(own.database)
    store.put(export("e1", "done", NOW, texts[1], per_customer=True, rollout=rollout), NOW, "marketer", "export", {})
    rows = [
        Result(row=str(n), item=texts[1], experiment="may", arm=one, day=NOW.date(), sent=100, clicks=10)
        for n, one in enumerate(["A", "B", *arms()])
    ]
    ResultStore(own.database).keep("hub", rows, "marketer", NOW)


def chunks(field: str, most: int) -> list[str]:
    """The payloads of a field in as few texts as hold so many characters each. No NUL."""
    found = [""]
    for one in pieces(field):
        if len(found[-1]) + len(one) >= most:
            found.append("")
        found[-1] = (f"{found[-1]} {one}" if found[-1] else one).replace("\0", "")
    return found


def _compare(own: Desk) -> tuple[str, str]:
    """Two blind comparisons whose every word is hostile, the second scored to its end: their ids."""
    evaluator, rules = own.people.of_login("evaluator"), load_rules()
    assert evaluator
    rubric = Rubric(criterion=ALL[0], question=whole("question"), levels=tuple(pieces("level")),
                    reasons={f"r{n}": {"en": one} for n, one in enumerate(chunks("reason", 400))})  # fmt: skip
    first = Pair(id="p", cluster="c", language=ALL[1], readers=whole("readers"), a=Half(text=whole("one"), source="a"),
                 b=Half(text=whole("other"), source="b"))  # fmt: skip
    begin = Scoring(own.ratings, rules).begin
    open_ = begin(chunks("session", 119)[0], [first], rubric, evaluator, NOW)
    for name in chunks("session", 119)[1:40]:
        begin(name, [first], rubric, evaluator, NOW - dt.timedelta(days=1))
    sources = chunks("source", 199)
    # Each wins once and loses once against the next, so that all can be ranked.
    ring = [
        Pair(id=f"{n}{won}", cluster=f"{n}{won}", a=Half(text=f"{won} one", source=one), b=Half(text="two", source=other))
        for n, (one, other) in enumerate(zip(sources, sources[1:] + sources[:1], strict=True)) for won in "ab"
    ]  # fmt: skip
    ranked = begin("ranked", ring, rubric, evaluator, NOW - dt.timedelta(days=2))
    scoring = Scoring(own.ratings, rules, ranked)
    while turn := scoring.next(evaluator):
        won = "a" if "a one" in (turn.left, turn.right) else "b"
        scoring.score(evaluator, turn.pair, 1 if ("one" in turn.left) == (won == "a") else 3, NOW)
    return open_, ranked


def arms() -> list[str]:
    """The payloads that an arm's name can hold."""
    return [one for one in ALL if len(one) <= ARM]


def _call(own: Desk) -> str:
    """A call to the customer with the hostile name, of a manager of that kind, after one whose note is hostile."""
    own.actions.scan(own.actions.place, AS_OF)
    (one,) = (each for each in own.actions.store.queue() if each.customer_id == CUSTOMER and each.action == "call")
    own.actions.store.reassign({one.action_id: whole("manager")})
    before = one.model_copy(update={"action_id": "before", "cause": "before"})
    own.actions.store.merge([before])
    own.actions.store.record(before, "reached", whole("outcome"), "rm", NOW.replace(tzinfo=None))
    return one.action_id
