"""copydesk token: what programs ask with. A token's text is shown once, when it is made."""

from __future__ import annotations

import argparse
import datetime as dt

from assistant.commands.common import desk_of, line, say
from assistant.errors import UnknownId

DAYS = 90


def options(parser: argparse.ArgumentParser) -> None:
    """What is done, and with which token."""
    acts = parser.add_subparsers(dest="act", metavar="ACT", required=True)
    add = acts.add_parser("add", help="a new token in somebody's name")
    add.add_argument("login", help="in whose name the program asks; it can do no more than they may")
    add.add_argument("--name", required=True, help="what it is for")
    add.add_argument("--scope", nargs="+", required=True, metavar="SCOPE", help="such as actions:read events:write")
    add.add_argument("--days", type=int, default=DAYS, help=f"how long it lasts ({DAYS})")
    add.add_argument("--json", action="store_true")
    shown = acts.add_parser("list", help="tokens, never their text")
    shown.add_argument("login", nargs="?")
    shown.add_argument("--json", action="store_true")
    acts.add_parser("revoke", help="end a token at once").add_argument("id")


def run(given: argparse.Namespace) -> int:
    """Do it."""
    from assistant.commands.user_command import who
    from assistant.review.accounts import login_of

    desk, now = desk_of(given), dt.datetime.now(dt.UTC)
    if given.act == "revoke":
        desk.accounts.revoke(given.id, who(), now)
        say(f"{given.id} is revoked.")
        return 0
    if given.act == "list":
        for token in desk.accounts.tokens(login_of(given.login) if given.login else None):
            state = "revoked" if token.revoked_at else "open" if token.holds(now) else "ended"
            told = {**token.model_dump(exclude={"hash"}), "state": state}
            scopes = " ".join(token.scopes)
            words = f"{token.id}  {state:7} {token.login:16} to {token.ends_at:%Y-%m-%d}  {scopes}  {token.name}"
            line(told) if given.json else print(words)
        return 0
    _known(given.scope)
    token, text = desk.accounts.make_token(login_of(given.login), given.name, given.scope, given.days, who(), now)
    if given.json:
        line({"id": token.id, "token": text, "scopes": token.scopes, "ends_at": token.ends_at.isoformat()})
    else:
        print(text)
        say(f"Token {token.id} for {token.login}, to {token.ends_at:%Y-%m-%d}. It is shown this once.")
    return 0


def _known(scopes: list[str]) -> None:
    from assistant.api.allowed import ALLOWED

    for scope in scopes:
        if scope not in ALLOWED.scopes:
            raise UnknownId("scope", scope, ALLOWED.scopes)
