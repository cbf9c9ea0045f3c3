"""The page of the knowledge without a browser: what is read, tried, decided and mended, and in which words."""

from __future__ import annotations

import re
from typing import Any

import pytest

from assistant.bootstrap.desk import Desk
from assistant.domain.person import ROLES, Person
from assistant.domain.proposal import PROPOSERS
from assistant.errors import InputError
from tests.unit.knowledge.acting import ADMIN, decide, propose, text_of
from tests.unit.knowledge.conftest import (  # noqa: F401 - the desk that owns its knowledge
    CHEN,
    MEI,
    NOW,
    filled,
    loaded,
    opened,
    own,
    place,
    small,
    somebody,
)
from ui.knowledge.asking import READERS, Asking
from ui.knowledge.deciding import Deciding
from ui.knowledge.diff import changed_lines
from ui.knowledge.given import Decides, Looks, Mends, OfFact, Opens, Proposes, Typed
from ui.knowledge.leaves import leaves, patch_of
from ui.pages.knowledge import functions
from ui.surface import Answer, Caller
from ui.words import words_of

EN = words_of("en")
PAYLOAD = "<img src=x onerror=alert(1)><script>alert(2)</script>${alert(3)}"
RATE = Typed(path=["facts", "rate", "rate"], words="2.30%")


def by(person: Person) -> Caller:
    return Caller(person, None, NOW)


def seen(answer: Answer, region: str = "main") -> str:
    return str(answer["regions"][region])


def plain(drawn: str) -> str:
    """What somebody reads of it."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", drawn))


@pytest.fixture
def asking(own: Desk) -> Asking:  # noqa: F811
    return Asking(own, EN)


@pytest.fixture
def deciding(asking: Asking) -> Deciding:
    return Deciding(asking)


def proposes(own: Desk, **more: Any) -> Proposes:  # noqa: F811
    digest = own.browsing.entry("products", "TD-24M")["digest"]
    given: dict[str, Any] = {"section": "products", "item": "TD-24M", "digest": digest, "fields": [RATE], **more}
    return Proposes(**given)


def test_an_entry_is_read_as_fields_with_its_facts_uses_and_its_text_in_a_fold(asking: Asking) -> None:
    answer = asking.look(by(somebody("rita", "rm")), Looks(section="products", item="TD-24M"))
    drawn = seen(answer)
    told, _, folded = drawn.partition("<details")
    assert "Interest rate" in plain(told) and "2.2%" in plain(told) and "Term deposit" in plain(told)
    assert 'href="/knowledge?section=campaigns&amp;item=B1-TERM2Y"' in told and "facts: {" not in told
    assert "0.05%</span>" in told and "{product." not in told, "a slot reads as a customer reads it"
    assert "facts: {rate:" in folded and "products/term_deposits.yaml:" in folded
    assert (
        "data-fact" not in drawn and 'data-act="form"' not in drawn and 'data-view="recall"' not in seen(answer, "tabs")
    )
    mine = seen(asking.look(by(MEI), Looks(section="products", item="TD-24M")))
    assert 'data-fact="TD-24M.rate"' in mine and 'data-act="form"' in mine


def test_every_section_and_every_entry_of_it_can_be_read(asking: Asking, own: Desk) -> None:  # noqa: F811
    for section, number in own.browsing.sections().items():
        for row in own.browsing.listed(section, limit=3):
            drawn = asking.entry(by(MEI), Looks(section=section, item=row["id"]))
            assert 'class="cd-panel kn-entry"' in seen(drawn), (section, row["id"])
        assert f'value="{section}"' in seen(asking.look(by(MEI), Looks(section=section)), "sections") or number == 0


@pytest.mark.parametrize("locale", ["zh-Hans", "zh-Hant"])
def test_the_page_speaks_the_reader_s_language(own: Desk, locale: Any) -> None:  # noqa: F811
    drawn = plain(seen(Asking(own, words_of(locale)).look(by(MEI), Looks(section="products", item="TD-24M"))))
    assert {"zh-Hans": "提前支取利率", "zh-Hant": "中途提領利率"}[locale] in drawn and "Interest rate" not in drawn


def test_a_search_narrows_the_list_and_says_how_many(asking: Asking) -> None:
    found = seen(asking.listed(by(MEI), Looks(section="products", words="term_deposit 2.2%")), "list")
    assert 'data-item="TD-24M"' in found and 'data-item="WM-180D"' not in found
    none = seen(asking.listed(by(MEI), Looks(section="products", words="no such words")), "list")
    assert "0 entries" in none and "Try fewer words" in none


def test_the_texts_that_state_a_fact_are_shown_with_it_marked(asking: Asking) -> None:
    drawn = seen(asking.texts(by(MEI), OfFact(fact="TD-24M.rate")), "texts")
    assert "<mark>2.2%</mark>" in drawn and drawn.count("<li data-key") > 0 and 'lang="zh-Hans"' in drawn
    assert "No kept text states this" in seen(asking.texts(by(MEI), OfFact(fact="TD-36M.rate")), "texts")


def test_a_change_of_a_field_is_tried_and_told_with_the_texts_it_touches(deciding: Deciding, own: Desk) -> None:  # noqa: F811
    answer = deciding.propose(by(MEI), proposes(own, note="From December."))
    (made,) = own.proposal_store.listed()
    drawn = seen(answer)
    assert answer["change"] == made.id and made.state == "proposed" and "From December." in drawn
    assert re.search(r"Interest rate</span> <del[^>]*>2\.2%</del>.*<ins[^>]*>2\.3%</ins>", drawn)
    assert made.touches.listed and {why.new for one in made.touches.listed for why in one.why} == {"2.3%"}
    assert drawn.count('<li data-key="text:') == len(made.touches.listed) and "New values are enough" in drawn
    assert 'class="kn-count">1<' in seen(answer, "tabs") and "waits for a second person" in drawn
    assert 'data-act="withdraw"' in drawn and 'data-act="approve"' not in drawn
    assert 'data-act="approve"' in seen(deciding.asking.changes(by(CHEN), made.id))
    entry = seen(deciding.asking.entry(by(MEI), Looks(section="products", item="TD-24M")))
    assert f'data-change="{made.id}"' in entry and "A change by mei waits" in entry


def test_a_problem_stands_at_its_line_and_a_corrected_draft_takes_the_place_of_the_first(
    deciding: Deciding, own: Desk,  # noqa: F811
) -> None:  # fmt: skip
    text = text_of(own)
    broken = text.replace("type: term_deposit", "typ: term_deposit")
    answer = deciding.propose(by(MEI), proposes(own, fields=None, text=broken))
    draft = answer["change"]
    assert "Line 2" in plain(seen(answer)) and "“typ” is no key of this entry" in seen(answer)
    assert 'data-act="correct"' in seen(answer) and 'data-act="correct"' not in seen(
        deciding.asking.changes(by(CHEN), draft)
    )
    form = seen(deciding.asking.form(by(MEI), Opens(change=draft)))
    assert "typ: term_deposit" in form and 'data-line="2"' in form
    mended = text.replace('rate: "2.20%"', 'rate: "2.30%"', 1)
    new = deciding.propose(by(MEI), proposes(own, fields=None, text=mended, replaces=draft))["change"]
    assert own.proposals.proposal(draft).state == "withdrawn" and own.proposals.proposal(new).state == "proposed"


def test_a_second_person_decides_and_refusals_are_told_in_words(deciding: Deciding, own: Desk) -> None:  # noqa: F811
    made = propose(own, by=ADMIN)
    mine = deciding.decide(by(ADMIN), Decides(change=made.id, act="approve", version=made.version))
    assert mine["refused"] == "own" and "a second person must decide it" in mine["told"]
    bare = deciding.decide(by(CHEN), Decides(change=made.id, act="reject", version=made.version))
    assert bare["refused"] == "reason" and "Choose a reason" in bare["told"] and 'data-act="reject"' in seen(bare)
    late = deciding.decide(by(CHEN), Decides(change=made.id, act="reject", version=made.version + 1, reason="tone"))
    assert late["refused"] == "stale" and own.proposals.proposal(made.id).state == "proposed"
    given = Decides(change=made.id, act="reject", version=made.version, reason="tone", comment="Not now.")
    drawn = plain(seen(deciding.decide(by(CHEN), given)))
    assert "Turned down" in drawn and "The tone is wrong" in drawn and "Not now." in drawn
    again = deciding.decide(by(CHEN), Decides(change=made.id, act="approve", version=made.version + 1))
    assert again["refused"] == "state"


def test_after_approval_the_touched_texts_stay_and_take_today_s_values(deciding: Deciding, own: Desk) -> None:  # noqa: F811
    made = propose(own)
    done = deciding.decide(by(CHEN), Decides(change=made.id, act="approve", version=made.version))
    assert "In effect, as version" in seen(done) and seen(done).count('<li data-key="text:') == len(made.touches.listed)
    assert "data-today" not in seen(done), "a checker mends no text"
    entry = plain(seen(deciding.asking.entry(by(MEI), Looks(section="products", item="TD-24M"))))
    assert "Proposed by mei · Approved by chen" in entry and "2.2% → 2.3%" in entry
    held = deciding.asking.recalled(by(MEI), Looks(view="recall"))
    offered = re.findall(r'data-today="(\w+)" data-version="(\d+)"', seen(held))
    assert len(offered) == made.touches.render > 0
    first, *rest = [(own_id, int(version)) for own_id, version in offered]
    answer = deciding.today(by(MEI), Mends(texts=[first], change=made.id))
    assert "1 text has today" in answer["told"] and "Written anew since" in seen(answer)
    assert "2.3%" in own.shelf.rows([first[0]])[first[0]]["text"]
    stale = deciding.today(by(MEI), Mends(texts=[first]))
    assert stale["refused"] == "stale"
    if rest:
        deciding.today(by(MEI), Mends(texts=rest))
    counts = own.kept_texts.held_count()
    assert "render" not in counts and counts.get("write", 0) == made.touches.write


def test_a_change_made_from_a_text_that_is_no_more_is_not_proposed(deciding: Deciding, own: Desk) -> None:  # noqa: F811
    given = proposes(own, fields=[Typed(path=["facts", "rate", "rate"], words="2.40%")])
    decide(own, propose(own).id, "approve")
    answer = deciding.propose(by(MEI), given)
    assert answer["refused"] == "stale" and "altered in the meantime" in answer["told"] and "regions" not in answer
    assert len(own.proposal_store.listed()) == 1


def test_nothing_that_a_person_or_a_file_says_is_markup(deciding: Deciding, own: Desk) -> None:  # noqa: F811
    sly = Person(login="mei", name="Mei", roles=("marketer",))
    text = text_of(own, "reasons", "tone").replace("The tone is wrong", PAYLOAD)
    digest = own.browsing.entry("reasons", "tone")["digest"]
    given = Proposes(section="reasons", item="tone", digest=digest, text=text, note=PAYLOAD)
    answer = deciding.propose(by(sly), given)
    change = answer["change"]
    deciding.decide(by(CHEN), Decides(change=change, act="approve", version=1, comment=PAYLOAD))
    drawn = [deciding.asking.changes(by(CHEN), change), deciding.asking.look(by(MEI), Looks(section="reasons", item="tone")),
             deciding.asking.form(by(MEI), Opens(section="reasons", item="tone"))]  # fmt: skip
    whole = "".join(region for one in (answer, *drawn) for region in one["regions"].values())
    assert "<script" not in whole and "<img" not in whole and "&lt;script&gt;" in whole
    with pytest.raises(InputError):
        deciding.asking.look(by(MEI), Looks(section=PAYLOAD[:40]))


def test_a_form_holds_every_value_and_reads_them_back_in_their_kinds() -> None:
    values: dict[str, Any] = {
        "id": "X", "name": {"en": "A"}, "flags": {"no_fee": True}, "facts": {"minimum": {"money": 50}},
        "share": 1.5, "channels": ["sms", "push"], "offers": [{"product": "X"}], "match": {"terms": ["a"]},
    }  # fmt: skip
    assert [leaf.path for leaf in leaves(values)] == [
        ("name", "en"), ("flags", "no_fee"), ("facts", "minimum", "money"), ("share",), ("channels",)
    ]  # fmt: skip
    typed = [(leaf.path, leaf.typed) for leaf in leaves(values)]
    assert patch_of(values, typed) == {}, "what was not changed is no change"
    changed = [(("name", "en"), " B "), (("flags", "no_fee"), "no"), (("facts", "minimum", "money"), "1,000"),
               (("share",), "2.5"), (("channels",), "sms\n\n email \n")]  # fmt: skip
    assert patch_of(values, changed) == {
        "name": {"en": "B"}, "flags": {"no_fee": False}, "facts": {"minimum": {"money": 1000}}, "share": 2.5,
        "channels": ["sms", "email"],
    }  # fmt: skip
    assert patch_of(values, [(("share",), "much")]) == {"share": "much"}, "the check of the entry tells it"
    for path in (("id",), ("match", "terms"), ("nothing",)):
        with pytest.raises(InputError, match="no field"):
            patch_of(values, [(path, "x")])


def test_a_changed_line_shows_what_changed_within_it(asking: Asking) -> None:
    drawn = str(changed_lines(asking.naming(), "a: 1\nrate: 2.20%\nb: 2", "a: 1\nrate: 2.30%\nb: 2\nc: <b>"))
    assert (
        "rate: 2.<del>2</del>0%" in drawn and "rate: 2.<ins>3</ins>0%" in drawn and "<ins>c: &lt;b&gt;</ins>" in drawn
    )
    long = str(changed_lines(asking.naming(), "", "\n".join(map(str, range(900)))))
    assert long.count('class="kn-line') == 400 and "500 more lines" in long


def test_who_may_ask_for_what(own: Desk) -> None:  # noqa: F811
    table = {one.name: one.roles for one in functions(own, EN)}
    assert table == {
        "open": ROLES, "listed": ROLES, "entry": ROLES, "texts": READERS, "form": PROPOSERS, "propose": PROPOSERS,
        "decide": PROPOSERS, "today": ("marketer",),
    }  # fmt: skip
    assert "rm" not in READERS
