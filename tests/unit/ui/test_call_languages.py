"""A script is read in the customer's language, or in another one that the manager takes; what they say is checked in it."""

from __future__ import annotations

from assistant.bootstrap.desk import Desk
from tests.unit.ui.calls_town import call_of, caller, page, text
from ui.calls.given import Said, Spoken


def test_the_customer_s_language_comes_first_and_another_on_demand(town: Desk) -> None:
    ask, own = page(town), call_of(town, "C1").action_id
    first = text(ask.script(caller(), Spoken(item=own)), "script")
    assert 'data-speak="zh-Hans" data-key="speak-zh-Hans" aria-pressed="true"' in first
    assert '<p class="cd-line" lang="zh-Hans">' in first
    other = text(ask.script(caller(), Spoken(item=own, locale="en")), "script")
    assert '<p class="cd-line" lang="en">' in other and '<p class="cd-line" lang="zh-Hans">' not in other
    assert 'data-speak="en" data-key="speak-en" aria-pressed="true"' in other
    assert text(ask.script(caller(), Spoken(item=own)), "script") == first


def test_own_words_are_checked_in_the_language_that_is_read(town: Desk) -> None:
    ask, own = page(town), call_of(town, "C1").action_id
    ask.script(caller(), Spoken(item=own, locale="en"))
    risky = Said(item=own, place=1, words={1: "It is risk-free, you can't lose."}, locale="en")
    assert 'lang="en"' in text(ask.check(caller(), risky), "said-1")
