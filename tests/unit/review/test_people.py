"""People are let in and known again; accounts and tokens are kept, each change with its row of the audit."""

from __future__ import annotations

import datetime as dt
import threading
from pathlib import Path

import pytest

from assistant.domain.account import LOCAL
from assistant.domain.person import Person, Role
from assistant.errors import InputError, NotSignedIn, Refused, UnknownId
from assistant.review.accounts import Accounts, login_of
from assistant.review.choosing import chosen
from assistant.review.people import People, Terms
from assistant.store.audit import AuditStore
from assistant.store.database import Database, sqlite_url
from assistant.store.passwords import Passwords
from assistant.store.people import PeopleStore

NOW = dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)
PASSWORD = "seven herons over the lake"


class Counted(Passwords):
    """The real hasher, at its cheapest, which counts how often it is asked."""

    def __init__(self) -> None:
        super().__init__(8, 1)
        self.asked = 0

    def verify(self, secret: str | None, password: str) -> bool:
        self.asked += 1
        return super().verify(secret, password)


class Place:
    """A database with an admin, and what works on it."""

    def __init__(self, folder: Path) -> None:
        self.database = Database(sqlite_url(folder / "desk.db"))
        self.hasher, store = Counted(), PeopleStore(self.database)
        self.people, self.accounts = People(store, self.hasher), Accounts(store, self.hasher)
        self.add("ada", "admin")

    def add(self, login: str, *roles: Role, **more: str) -> None:
        self.accounts.add(Person(login=login, name=login.title(), roles=roles, **more), PASSWORD, "test", NOW)

    def fail(self, times: int, login: str = "ada", at: dt.datetime = NOW) -> None:
        for _ in range(times):
            with pytest.raises(NotSignedIn):
                self.people.sign_in(login, "not the password", at)

    def audited(self) -> list[tuple[str, str]]:
        return [(row.act, row.who) for row in AuditStore(self.database).rows()]


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def test_the_right_password_opens_a_session_that_knows_the_person(place: Place) -> None:
    person, secret = place.people.sign_in(" Ada ", PASSWORD, NOW)
    found = place.people.of_session(secret, NOW)
    assert found is not None and found[1] == person and person.roles == ("admin",)
    assert place.audited()[-1] == ("signed_in", "ada")
    raw = b"".join(path.read_bytes() for path in Path(place.database.url.removeprefix("sqlite:///")).parent.iterdir())
    assert secret.encode() not in raw and PASSWORD.encode() not in raw


def test_whatever_is_wrong_is_told_in_the_same_words_after_the_same_work(place: Place) -> None:
    place.add("closed", "rm")
    place.accounts.disable("closed", "test", NOW)
    place.accounts.add(Person(login="header", name="H", roles=("rm",)), None, "test", NOW)
    place.add("locked", "rm")
    place.fail(5, "locked")
    told = set()
    for login, password in (
        ("nobody", PASSWORD), ("ada", "wrong"), ("closed", PASSWORD), ("header", ""), ("locked", PASSWORD)
    ):  # fmt: skip
        before = place.hasher.asked
        with pytest.raises(NotSignedIn) as error:
            place.people.sign_in(login, password, NOW)
        told.add(str(error.value))
        assert place.hasher.asked == before + 1
    assert len(told) == 1


def test_five_wrong_passwords_lock_an_account_and_each_further_one_doubles_the_wait(place: Place) -> None:
    place.fail(5)
    with pytest.raises(NotSignedIn):
        place.people.sign_in("ada", PASSWORD, NOW + 29 * SECOND)
    place.fail(1, at=NOW + 31 * SECOND)
    with pytest.raises(NotSignedIn):
        place.people.sign_in("ada", PASSWORD, NOW + (31 + 59) * SECOND)
    assert place.people.sign_in("ada", PASSWORD, NOW + (31 + 61) * SECOND)
    place.fail(4, at=NOW + 100 * SECOND)
    assert place.people.sign_in("ada", PASSWORD, NOW + 100 * SECOND)
    assert place.audited().count(("locked", "ada")) == 2


def test_the_wait_grows_to_an_hour_and_no_further() -> None:
    waits = [Terms().wait(failed) for failed in range(1, 40)]
    assert waits[:4] == [None] * 4 and waits[4] == 30 * SECOND and waits[5] == 60 * SECOND
    assert waits[-1] == dt.timedelta(hours=1)


def test_of_fifty_guesses_at_once_no_more_are_looked_at_than_one_after_another(place: Place) -> None:
    looked = list[bool]()
    real = place.hasher.verify

    def verify(secret: str | None, password: str) -> bool:
        looked.append(secret is not None)
        return real(secret, password)

    place.hasher.verify = verify  # type: ignore[method-assign]

    def guess() -> None:
        with pytest.raises(NotSignedIn):
            place.people.sign_in("ada", "a wrong password", NOW)

    threads = [threading.Thread(target=guess) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(looked) == 50 and sum(looked) == 5


def test_attempts_at_names_that_nobody_has_leave_no_row_in_the_audit(place: Place) -> None:
    before = place.audited()
    place.fail(10, "nobody")
    assert place.audited() == before


def test_a_session_ends_when_nobody_works_after_twelve_hours_and_when_its_owner_goes(place: Place) -> None:
    people = place.people
    _person, idle = people.sign_in("ada", PASSWORD, NOW)
    assert people.of_session(idle, NOW + dt.timedelta(minutes=59))
    assert people.of_session(idle, NOW + dt.timedelta(minutes=118))
    assert people.of_session(idle, NOW + dt.timedelta(minutes=179)) is None
    _person, busy = people.sign_in("ada", PASSWORD, NOW)
    at = NOW
    while at < NOW + dt.timedelta(hours=12):
        assert people.of_session(busy, at)
        at += dt.timedelta(minutes=50)
    assert people.of_session(busy, NOW + dt.timedelta(hours=12)) is None
    _person, left = people.sign_in("ada", PASSWORD, NOW)
    people.sign_out(left, NOW)
    assert people.of_session(left, NOW) is None and place.audited()[-1] == ("signed_out", "ada")


def test_whoever_loses_the_account_loses_sessions_and_tokens_at_once(place: Place) -> None:
    place.add("rita", "rm")
    _person, secret = place.people.sign_in("rita", PASSWORD, NOW)
    _token, text = place.accounts.make_token("rita", "calls", ["actions:read"], 30, "test", NOW)
    assert place.people.of_token(text, NOW)
    place.accounts.disable("rita", "test", NOW)
    assert place.people.of_session(secret, NOW) is None and place.people.of_token(text, NOW) is None


def test_a_new_password_ends_the_other_sessions_and_the_old_password(place: Place) -> None:
    people, new = place.people, "a kettle left on the stairs"
    _person, here = people.sign_in("ada", PASSWORD, NOW)
    _person, there = people.sign_in("ada", PASSWORD, NOW)
    with pytest.raises(NotSignedIn):
        people.change_password("ada", "wrong", new, NOW)
    with pytest.raises(InputError):
        people.change_password("ada", PASSWORD, PASSWORD, NOW)
    kept = people.of_session(here, NOW)
    assert kept is not None
    people.change_password("ada", PASSWORD, new, NOW, keep=here)
    assert people.of_session(here, NOW) is not None and people.of_session(there, NOW) is None
    place.fail(1)
    assert people.sign_in("ada", new, NOW)


def test_guessing_at_the_old_password_locks_too(place: Place) -> None:
    for _ in range(5):
        with pytest.raises(NotSignedIn):
            place.people.change_password("ada", "wrong", "a kettle left on the stairs", NOW)
    with pytest.raises(NotSignedIn):
        place.people.sign_in("ada", PASSWORD, NOW)


@pytest.mark.parametrize(
    "bad",
    [
        "short words", "passwordpassword", "Password1234567", "aaaaaaaaaaaaaa", "P@ssw0rd-P@ssw0rd", "qwerty-qwerty-123",
        "mei mei mei mei 2026", "123456789012", "ababababababab", "ｐａｓｓｗｏｒｄｐａｓｓｗｏｒｄ", "x" * 257, "123" * 80 + "!",
    ],
)  # fmt: skip
def test_a_password_that_is_short_or_guessed_first_is_refused(bad: str) -> None:
    with pytest.raises(InputError):
        chosen(bad, "mei")


@pytest.mark.parametrize(
    "good", [PASSWORD, "雨后青苔上的三只蜗牛慢慢走", "kt7-qmzv-20ax", "password of the blue heron"]
)
def test_a_long_password_needs_no_kinds_of_characters(good: str) -> None:
    assert chosen(good, "mei") == good


def test_the_last_admin_stays(place: Place) -> None:
    for act in (
        lambda: place.accounts.disable("ada", "test", NOW),
        lambda: place.accounts.change("ada", "test", NOW, roles=("rm",)),
    ):
        with pytest.raises(Refused, match="last admin"):
            act()
    place.add("eve", "admin")
    assert place.accounts.disable("ada", "test", NOW).disabled


def test_a_token_lasts_as_long_as_was_said_and_its_text_is_kept_nowhere(place: Place) -> None:
    token, text = place.accounts.make_token("ada", "feed", ["events:write"], 2, "test", NOW)
    assert token.id in text and token.hash not in text
    assert place.people.of_token(text, NOW + dt.timedelta(days=1, hours=23))
    assert place.people.of_token(text, NOW + dt.timedelta(days=2)) is None
    for bad in ("", "copydesk", f"copydesk_{token.id}_", text[:-1], text + "x", text.replace(token.id, "0" * 16)):
        assert place.people.of_token(bad, NOW) is None
    place.accounts.revoke(token.id, "test", NOW)
    assert place.people.of_token(text, NOW) is None
    with pytest.raises(InputError):
        place.accounts.make_token("ada", "long", ["events:write"], 400, "test", NOW)
    with pytest.raises(UnknownId, match="ada"):
        place.accounts.make_token("adda", "feed", ["events:write"], 2, "test", NOW)


def test_a_manager_sees_their_own_customers_and_a_lead_the_team_s(place: Place) -> None:
    place.add("rita", "rm", manager="RM1", team="east")
    place.add("rob", "rm", manager="RM2", team="east")
    place.add("ruth", "rm", manager="RM3", team="west")
    place.accounts.disable("rob", "test", NOW)

    def sees(*roles: Role, **more: str) -> frozenset[str] | None:
        return place.people.managers_of(Person(login="x", name="X", roles=roles, **more))

    assert sees("rm", manager="RM1", team="east") == {"RM1"}
    assert sees("lead", team="east") == {"RM1", "RM2"}
    assert sees("rm", "lead", team="west", manager="RM9") == {"RM3", "RM9"}
    assert sees("lead", team="*") is None and place.people.managers_of(LOCAL) is None
    assert sees("rm") == sees("lead") == sees("marketer", manager="RM1") == sees("admin", team="*") == frozenset()


def test_a_name_is_taken_once_and_the_desk_s_own_names_never(place: Place) -> None:
    for login in ("ada", "local", "desk"):
        with pytest.raises((Refused, InputError)):
            place.add(login, "rm")
    assert login_of(" Mei.Lin@Bank ") == "mei.lin@bank"
    with pytest.raises(InputError):
        login_of("mei lin")


def test_a_hash_of_other_costs_is_made_anew_at_the_next_sign_in(place: Place) -> None:
    dearer = People(place.people.store, Passwords(16, 1))
    before = place.people.store.account("ada")
    dearer.sign_in("ada", PASSWORD, NOW)
    after = place.people.store.account("ada")
    assert before is not None and after is not None and after.secret != before.secret
    assert place.people.sign_in("ada", PASSWORD, NOW)
