"""copydesk knowledge: look at the pack's entries, propose a change of one, decide it."""

from __future__ import annotations

import argparse
import datetime as dt
import json
from typing import TYPE_CHECKING, Any

from assistant.commands.common import desk_of, line, read_text, say
from assistant.errors import InputError

if TYPE_CHECKING:
    from assistant.bootstrap.desk import Desk
    from assistant.domain.person import Person

ACTS = ("approve", "reject", "withdraw", "submit")


def options(parser: argparse.ArgumentParser) -> None:
    """What is done, and with which entry or proposal."""
    acts = parser.add_subparsers(dest="act", metavar="ACT", required=True)
    listed = acts.add_parser("list", help="the entries of a section, or the proposals")
    listed.add_argument("section", help="products, campaigns, rules, guides …; or: proposals")
    listed.add_argument("words", nargs="*", help="only entries that hold all of these")
    show = acts.add_parser("show", help="an entry with its text, facts and uses; or a proposal")
    show.add_argument("section", help="a section, or: proposals")
    show.add_argument("id")
    propose = acts.add_parser(
        "propose", help="another text for an entry, tried on a copy; from a file or standard input"
    )
    propose.add_argument("section")
    propose.add_argument("id")
    propose.add_argument("--file", default="-", help="the entry's YAML (standard input)")
    propose.add_argument(
        "--set", dest="values", metavar="JSON", help='values instead: {"facts": {"rate": {"rate": "2%%"}}}'
    )
    propose.add_argument("--note", default="")
    decide = acts.add_parser("decide", help="approve it into effect, reject, withdraw or submit it")
    decide.add_argument("id")
    decide.add_argument("what", choices=ACTS)
    decide.add_argument("--reason", default="")
    decide.add_argument("--comment", default="")
    for one in (propose, decide):
        one.add_argument("--by", required=True, metavar="LOGIN", help="whose account it is done with")
    for one in (listed, show, propose, decide):
        one.add_argument("--json", action="store_true")


def run(given: argparse.Namespace) -> int:
    """Exit 1 where a change has problems."""
    desk = desk_of(given)
    return {"list": _list, "show": _show, "propose": _propose, "decide": _decide}[given.act](desk, given)


def _list(desk: Desk, given: argparse.Namespace) -> int:
    if given.section == "proposals":
        for one in desk.proposal_store.listed(limit=1000):
            line(one.model_dump(mode="json")) if given.json else _row(one)
        return 0
    for row in desk.browsing.listed(given.section, " ".join(given.words), limit=100_000):
        name = row["name"]
        line(row) if given.json else print(row["id"], (name or {}).get(desk.pack.locales[0], "") if name else "")
    return 0


def _show(desk: Desk, given: argparse.Namespace) -> int:
    if given.section == "proposals":
        _tell(desk.proposals.proposal(given.id), given.json)
        return 0
    told = desk.browsing.entry(given.section, given.id)
    if given.json:
        line(told)
        return 0
    print(f"# {told['file']}:{told['line']}\n{told['text']}")
    for fact in told["facts"]:
        say(f"{fact['fact']}  {fact['reads'][desk.pack.locales[0]]}")
    for name, use in told["used_by"].items():
        say(f"{name}: {', '.join(use['ids'])}")
    say(f"{told['texts']['count']} text(s) cite its facts.")
    return 0


def _propose(desk: Desk, given: argparse.Namespace) -> int:
    text, values = (None, _values(given.values)) if given.values else (read_text(given.file), None)
    now = dt.datetime.now(dt.UTC)
    made = desk.proposals.propose(given.section, given.id, _person(desk, given.by), now, text, values, given.note)
    _tell(made, given.json)
    return 1 if made.problems else 0


def _decide(desk: Desk, given: argparse.Namespace) -> int:
    from assistant.review.knowledge.rules import ProposalWish

    wish = ProposalWish(given.what, _person(desk, given.by), given.reason, given.comment)
    _tell(desk.proposals.decide(given.id, wish, dt.datetime.now(dt.UTC)), given.json)
    return 0


def _person(desk: Desk, login: str) -> Person:
    found = desk.people.of_login(login)
    if found is None:
        raise InputError(f"“{login}” has no open account.", "copydesk user list names them.")
    return found


def _values(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError as error:
        raise InputError(f"--set is no JSON ({error}).", 'Write {"key": value}.') from None
    if not isinstance(found, dict):
        raise InputError("--set is no JSON object.", 'Write {"key": value}.')
    return found


def _row(one: Any) -> None:
    print(f"{one.id}  {one.state:9} {one.section}/{one.entry}  by {one.by}  {one.note}")


def _tell(one: Any, as_json: bool) -> None:
    if as_json:
        line(one.model_dump(mode="json"))
        return
    _row(one)
    for problem in one.problems:
        print(f"{problem.file}:{problem.line}: {problem.what}, {problem.mend}")
    for old in one.outdated:
        print(f"    to be written anew: {old.file}:{old.line}: {old.what}")
    for fact in one.facts:
        print(f"    {fact.fact}: {fact.old or '–'} → {fact.new or '–'}")
    touched = one.touches
    if touched.texts:
        print(f"    {touched.texts} text(s): {touched.render} take new values, {touched.write} need words")
    for own in touched.exports:
        print(f"    {own}  a scheduled export")
