"""copydesk user: who works at the desk, and what each may do."""

from __future__ import annotations

import argparse
import datetime as dt
import getpass
import sys
from typing import TYPE_CHECKING

from assistant.commands.common import desk_of, line, say
from assistant.domain.person import ROLES
from assistant.errors import InputError

if TYPE_CHECKING:
    from assistant.bootstrap.desk import Desk
    from assistant.domain.account import Account


def options(parser: argparse.ArgumentParser) -> None:
    """What is done, and to whom."""
    acts = parser.add_subparsers(dest="act", metavar="ACT", required=True)
    add = acts.add_parser("add", help="a new account; its password comes from a prompt or from standard input")
    add.add_argument("login")
    add.add_argument("--name", help="how the person is called (the login)")
    add.add_argument("--no-password", action="store_true", help="they come by a trusted header")
    roles = acts.add_parser("roles", help="give other roles, another manager's id, another team")
    roles.add_argument("login")
    roles.add_argument("--name")
    for one, needed in ((add, True), (roles, False)):
        one.add_argument("--role", nargs="+", choices=ROLES, required=needed, metavar="ROLE", help=", ".join(ROLES))
        one.add_argument("--manager", help="whose customers are theirs: the manager's id in the customers' table")
        one.add_argument("--team", help="the team that a lead sees; * for all")
    for act, words in (
        ("password", "give another password; sessions end, a lock is taken away"),
        ("disable", "close the account, its sessions and tokens"),
        ("enable", "open it again"),
    ):
        acts.add_parser(act, help=words).add_argument("login")
    acts.add_parser("list", help="all accounts").add_argument("--json", action="store_true")


def run(given: argparse.Namespace) -> int:
    """Do it."""
    desk, now = desk_of(given), dt.datetime.now(dt.UTC)
    if given.act == "list":
        for account in desk.accounts.listed():
            _show(account, now, given.json)
        return 0
    from assistant.review.accounts import login_of

    login, by = login_of(given.login), who()
    if given.act == "add":
        _add(desk, login, given, by, now)
    elif given.act == "roles":
        values = {"manager": given.manager, "team": given.team, "name": given.name}
        desk.accounts.change(login, by, now, roles=given.role, **values)
    elif given.act == "password":
        desk.accounts.password(login, password(), by, now)
    else:
        desk.accounts.disable(login, by, now, disabled=given.act == "disable")
    say(f"{login}: done.")
    return 0


def _add(desk: Desk, login: str, given: argparse.Namespace, by: str, now: dt.datetime) -> None:
    from assistant.domain.person import Person

    first = not desk.people.store.anybody()
    person = Person(
        login=login, name=given.name or login, roles=tuple(dict.fromkeys(given.role)),
        manager=given.manager or None, team=given.team or None,
    )  # fmt: skip
    desk.accounts.add(person, None if given.no_password else password(), by, now)
    if first:
        say("This is the first account: from now on everybody signs in.")


def password() -> str:
    """A new password, typed twice, or the first line of standard input. It never stands on the command line."""
    if not sys.stdin.isatty():
        given = sys.stdin.readline().rstrip("\r\n")
    else:
        given = getpass.getpass("Password: ")
        if getpass.getpass("Once more: ") != given:
            raise InputError("The two passwords differ.", "Try again.")
    if not given:
        raise InputError("No password was given.", "Type one, or send it over standard input.")
    return given


def who() -> str:
    """Who runs the command, as the audit tells it."""
    try:
        return f"command:{getpass.getuser()}"[:64]
    except (OSError, KeyError):
        return "command"


def _show(account: Account, now: dt.datetime, json: bool) -> None:
    person = account.person
    state = "closed" if account.disabled else "waits" if account.locked(now) else "open"
    door = "password" if account.secret else "oidc" if account.identity else "header"
    if json:
        line({**person.model_dump(), "state": state, "door": door})
        return
    more = " ".join(f"{name}={value}" for name, value in (("manager", person.manager), ("team", person.team)) if value)
    print(f"{person.login:20} {state:7} {door:9} {','.join(person.roles):24} {person.name} {more}".rstrip())
