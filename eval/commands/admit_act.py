"""copydesk eval admit: a harvested proposal, tried on suites and filed for a second person only if it worsens none."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.errors import InputError
from eval.cases.load import load_suite
from eval.commands.common import room_of, rows_of, run_suite, subject_options
from eval.commands.harvest_act import kept_desk
from eval.running.side import side_of

if TYPE_CHECKING:
    from assistant.bootstrap.desk import Desk
    from eval.harvest.admitting import Tried
    from eval.harvest.proposed import Proposed
    from eval.tasks.seam import Room

REFUSED = 1


def options(parser: argparse.ArgumentParser) -> None:
    """Which proposal, by whom, and what it must stand."""
    parser.add_argument("proposals", help="the proposals.yaml of a harvest")
    parser.add_argument("id", help="a proposal's id")
    parser.add_argument("--by", required=True, metavar="LOGIN", help="who proposes it; somebody else approves it")
    told = "a suite to try it on, by name or file; may be given again (those of eval/harvest/harvest.yaml)"
    parser.add_argument("--suite", action="append", metavar="SUITE", help=told)
    parser.add_argument("--json", action="store_true")
    subject_options(parser)


def run(given: argparse.Namespace) -> int:
    """0 filed, 1 the pack's checks or the gate refuse it, 3 not enough evidence; nothing is filed but at 0."""
    from assistant.review.knowledge.rules import may_propose
    from eval.harvest.admitting import code_of, filed, proved, standing
    from eval.harvest.proposed import proposal_of
    from eval.harvest.terms import load_terms

    proposed = proposal_of(Path(given.proposals), given.id)
    desk = kept_desk(given)
    by = desk.people.of_login(given.by)
    if by is None:
        raise InputError(f"“{given.by}” has no open account.", "copydesk user list names them.")
    may_propose(by)
    waiting = standing(desk, proposed)
    if waiting is not None:
        return _tell_filed(given, proposed, waiting.id, [], "filed before")
    proof = proved(desk, proposed)
    if proof.problems:
        return _tell_problems(given, proposed, proof)
    names = given.suite or list(load_terms().suites[proposed.kind])
    found = _tried(desk, proof, names, given)
    code = code_of(found)
    if code:
        _tell(given, proposed, found, {"filed": None})
        return code
    note = f"Reviewers' repeated edit in {proposed.texts} texts ({proposed.id}); no loss on {', '.join(names)}."
    made = filed(desk, proposed, by, note, dt.datetime.now(dt.UTC))
    return _tell_filed(given, proposed, made.id, found, made.state)


def _tried(desk: Desk, proof: Any, names: list[str], given: argparse.Namespace) -> list[Tried]:
    from eval.harvest.admitting import rooms, tried

    room, rows = room_of(given), rows_of()
    # The cases are those of the present knowledge on both sides.
    suites = [load_suite(name, desk_of=lambda: room.desk) for name in names]

    def sided(suite: Any, where: Room) -> Any:
        return side_of(rows, run_suite(rows, suite, where, given))

    with tempfile.TemporaryDirectory(prefix="copydesk-admit-") as home:
        return tried(suites, rooms(room, proof, Path(home)), sided)


def _tell_filed(given: argparse.Namespace, proposed: Proposed, own: str, found: list[Tried], state: str) -> int:
    _tell(given, proposed, found, {"filed": own, "state": state})
    if not given.json:
        print(f"{own}: {state}. It takes effect when somebody else approves it:")
        print(f"  copydesk knowledge decide {own} approve --by LOGIN")
    return 0


def _tell_problems(given: argparse.Namespace, proposed: Proposed, proof: Any) -> int:
    told = [f"{one.file}:{one.line}: {one.what}, {one.mend}" for one in proof.problems]
    if given.json:
        print(json.dumps({"id": proposed.id, "filed": None, "problems": told}, ensure_ascii=False))
    else:
        print(f"{proposed.id}: the pack would not be sound.", *told, sep="\n")
    return REFUSED


def _tell(given: argparse.Namespace, proposed: Proposed, found: list[Tried], more: dict[str, Any]) -> None:
    if given.json:
        suites = {one.suite: {"verdict": one.said.verdict, "rulings": _rulings(one)} for one in found}
        print(json.dumps({"id": proposed.id, "suites": suites, **more}, ensure_ascii=False))
        return
    print(f"{proposed.id}: {proposed.section}/{proposed.entry}\n  {proposed.old} → {proposed.new or '–'}")
    for one in found:
        print(f"{one.suite}: {one.said.verdict}")
        for ruling in one.said.rulings:
            print(f"  {ruling.verdict:20} {ruling.metric or 'the run'}: {ruling.why}")
    if more["filed"] is None:
        print("Nothing was filed.")


def _rulings(one: Tried) -> list[dict[str, str]]:
    return [{"metric": r.metric, "verdict": r.verdict, "why": r.why} for r in one.said.rulings]
