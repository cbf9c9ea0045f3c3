"""A call is logged once, obeyed at once, and followed by the next."""

from __future__ import annotations

import pytest

from assistant.bootstrap.desk import Desk
from assistant.errors import Forbidden, Refused, StoreError
from tests.unit.ui.calls_town import LEA, call_of, caller, page, page_order, text
from ui.calls.given import Away, Came, Picked
from ui.calls.waiting import waiting


def test_an_outcome_and_a_note_are_obligatory(town: Desk) -> None:
    own, ask = call_of(town, "C1").action_id, page(town)
    for came, code in (({"note": "x"}, "outcome"), ({"outcome": "reached", "note": " \n"}, "note")):
        with pytest.raises(Refused) as refused:
            ask.log(caller(), Came(item=own, seen=0, **came))
        assert refused.value.code == code
    assert town.actions.store.outcomes() == []


def test_a_logged_call_brings_its_message_and_the_next_call(town: Desk) -> None:
    own, ask = call_of(town, "C1").action_id, page(town)
    answer = ask.log(caller(), Came(item=own, outcome="interested", note=" wants details ", seen=0))
    (row,) = town.actions.store.outcomes()
    assert (row["outcome"], row["note"], row["by"]) == ("interested", "wants details", "rita")
    after = text(answer, "after")
    assert "Logged: 李敏, Interested." in after and 'lang="zh-Hans" data-message' in after and "理财非存款" in after
    assert answer["next"] in {one.action_id for one in page_order(town)} and own not in text(answer, "queue")
    assert "Logged: Interested (rita)." in text(ask.pick(caller(), Picked(item=own)), "call")


def test_what_was_logged_names_every_call_to_this_customer_since_each_tells_of_it(town: Desk) -> None:
    own = call_of(town, "C1")
    other = own.model_copy(update={"action_id": "e" * 16, "trigger": "E3-DECLINING"})
    town.actions.store.merge([other])
    answer = page(town).log(caller(), Came(item=own.action_id, outcome="reached", note="spoke", seen=0))
    assert set(answer["theirs"]) == {own.action_id, other.action_id}


def test_a_second_window_logs_nothing_and_an_answer_that_got_lost_is_given_again(town: Desk) -> None:
    own, ask = call_of(town, "C1").action_id, page(town)
    came = Came(item=own, outcome="reached", note="spoke", seen=0)
    first = ask.log(caller(), came)
    assert ask.log(caller(), came)["logged"] == first["logged"]
    for other in (came.model_copy(update={"note": "else"}), came.model_copy(update={"outcome": "bought"})):
        with pytest.raises(Refused) as refused:
            ask.log(caller(), other)
        assert refused.value.code == "logged"
    with pytest.raises(Refused):
        ask.log(caller(LEA), came)
    assert len(town.actions.store.outcomes()) == 1


def test_nobody_who_answered_stays_in_the_queue_and_is_not_the_next(town: Desk) -> None:
    first, ask = page_order(town)[0].action_id, page(town)
    answer = ask.log(caller(), Came(item=first, outcome="no_answer", note="voice box", seen=0))
    assert first in text(answer, "queue") and answer["next"] not in ("", first)
    assert ask.pick(caller(), Picked(item=first))["seen"] == 1
    ask.log(caller(), Came(item=first, outcome="no_answer", note="voice box", seen=1))
    assert len(town.actions.store.outcomes()) == 2


def test_do_not_call_again_is_obeyed_at_once(town: Desk) -> None:
    own = call_of(town, "C1")
    town.actions.store.merge([own.model_copy(update={"action_id": "e" * 16, "trigger": "E3-DECLINING"})])
    answer = page(town).log(caller(), Came(item=own.action_id, outcome="do_not_contact", note="asked so", seen=0))
    assert "e" * 16 not in text(answer, "queue") and "No message follows." in text(answer, "after")
    held = text(page(town).pick(caller(), Picked(item="e" * 16)), "call")
    assert "not to be made any more" in held and "data-outcome" not in held


def test_an_outcome_is_kept_even_where_the_message_after_it_fails(town: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise StoreError("The disk is full.", "Free some space.")

    monkeypatch.setattr(type(town.follow_ups), "of_action", fail)
    answer = page(town).log(caller(), Came(item=call_of(town, "C1").action_id, outcome="reached", note="x", seen=0))
    assert "The disk is full." in text(answer, "after") and len(town.actions.store.outcomes()) == 1


def test_the_calls_of_the_absent_go_to_the_others_after_a_look_at_it(town: Desk) -> None:
    ask = page(town)
    shown = ask.away(caller(LEA), Away(absent=["RM1"]))
    assert "3 calls would change hands" in text(shown, "handed") and "data-hand" in text(shown, "handed")
    assert len(waiting(town, caller(), "mine").calls) == 3
    done = ask.away(caller(LEA), Away(absent=["RM1"], to=["RM2"], sure=True))
    assert done["moved"] == 3 and "3 calls have changed hands" in text(done, "handed")
    assert waiting(town, caller(), "mine").calls == []
    with pytest.raises(Forbidden):
        ask.away(caller(LEA, "RM2"), Away(absent=["RM1"]))
    with pytest.raises(Refused):
        ask.away(caller(LEA), Away())
    assert "no open calls" in text(ask.away(caller(LEA), Away(absent=["RM1"])), "handed")
