"""Everybody lands on the page that is their work."""

from __future__ import annotations

import pytest

from assistant.api.allowed import PAGES
from assistant.domain.person import ROLES, Person, Role
from ui.app import HOMES, _home


def landed(*roles: Role) -> str:
    return _home(Person(login="one", name="One", roles=roles)).headers["location"]


@pytest.mark.parametrize(("role", "page"), [("lead", "/calls"), ("admin", "/knowledge"), ("checker", "/review")])
def test_a_role_lands_on_its_own_work(role: Role, page: str) -> None:
    assert landed(role) == page


def test_nobody_lands_on_a_page_that_is_not_theirs_and_several_roles_on_the_first() -> None:
    assert all(role in PAGES[HOMES[role]] for role in ROLES)
    assert landed(*ROLES) == "/studio" and landed("admin", "lead") == "/calls"
