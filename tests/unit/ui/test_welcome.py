"""The guided first visit: steps for each role, at addresses that the role may open."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from assistant.api.allowed import PAGES
from assistant.domain.pack import Pack
from assistant.domain.person import ROLES, Role
from assistant.domain.values import LOCALES
from ui.knowledge.given import Looks
from ui.review.queue import SHOWN
from ui.welcome import STEPS, example, welcome
from ui.words import words_of


@pytest.mark.parametrize("role", ROLES)
def test_a_role_has_four_to_six_steps_at_pages_that_are_its_own(role: Role) -> None:
    assert 4 <= len(STEPS[role]) <= 6
    pages = [urlsplit(to).path for _key, to in STEPS[role]]
    assert [page for page in pages if role not in PAGES[page]] == []


def test_what_an_address_names_is_something_that_its_page_knows(bank: Pack) -> None:
    for role in ROLES:
        for _key, to in STEPS[role]:
            asked = {name: values[0] for name, values in parse_qs(urlsplit(to.format(product="X")).query).items()}
            page = urlsplit(to).path
            if page == "/knowledge":
                assert Looks.model_validate(asked)
                assert asked.get("view", "changes") in ("changes", "recall")
            elif page == "/review":
                assert asked.get("state", "submitted") in SHOWN


def test_the_example_is_a_product_that_a_campaign_speaks_of_and_that_has_a_rate(bank: Pack) -> None:
    own = example(bank)
    assert "rate" in bank.products[own].facts
    assert any(own in campaign.offers for campaign in bank.campaigns.values())


@pytest.mark.parametrize("locale", LOCALES)
def test_somebody_with_one_role_sees_its_steps_and_with_several_each_role_by_its_name(locale: str) -> None:
    words = words_of(locale)  # type: ignore[arg-type]
    alone = welcome(words, ("rm",), "")
    assert len(re.findall("<li>", alone)) == len(STEPS["rm"]) and words("welcome.role.rm") not in alone
    both = welcome(words, ("lead", "rm"), "")
    assert [words(f"welcome.role.{role}") in both for role in ("rm", "lead", "admin")] == [True, True, False]
    assert both.count(" open>") == 2, "the panel, and the first role"


def test_a_product_s_id_is_escaped_in_the_address() -> None:
    assert '"><b>' not in welcome(words_of("en"), ("admin",), '"><b>')
