"""copydesk prompt show: what would be sent to the model for a cell or a call, with its tokens by section."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.commands.common import desk_of, line
from assistant.domain.brief import Brief, Cell, brief_for
from assistant.domain.call import Cut
from assistant.domain.pack import Pack
from assistant.domain.suitability import Refusal
from assistant.errors import InputError

if TYPE_CHECKING:
    from assistant.bootstrap.desk import Desk
    from assistant.writing.drafts import Draft, Job
    from assistant.writing.model.prompt import Prompt

TASKS = ("write", "suggest", "judge")
Shown = tuple["Prompt", Sequence[Cut]]


def options(parser: argparse.ArgumentParser) -> None:
    """The cell or the call, and the form of the answer."""
    parser.add_argument("action", choices=["show"])
    what = "campaign/segment/age/channel/locale/market, as `write --json` names it, or the id of an action"
    parser.add_argument("cell", nargs="?", default="", help=what)
    parser.add_argument("--task", choices=TASKS, default="write", help="of a cell: what is asked for (write)")
    parser.add_argument("-n", type=int, default=3, help="variants (3)")
    parser.add_argument("--note", default="", help="a wish in words")
    parser.add_argument("--text", default="", help="the text of suggest or judge (the phrase writer's first)")
    parser.add_argument("--sentence", default="", help="suggest: the sentence to be replaced")
    parser.add_argument("--criterion", default="clarity", help="judge: what is judged (clarity)")
    parser.add_argument("--send-on", help="the day of sending: 2026-12-24 (today)")
    parser.add_argument("--customer", help="of a call: the customer, with --trigger")
    parser.add_argument("--trigger", help="of a call: a trigger that fired for the customer")
    parser.add_argument("--data", help="of a call: the folder or file with customers (COPYDESK_DATA)")
    parser.add_argument("--as-of", help="of a call: the moment, such as 2026-11-10T10:30 (now)")
    parser.add_argument("--locale", help="of a call: the language, where it is not the customer's own")
    parser.add_argument("--json", action="store_true")


def run(given: argparse.Namespace) -> int:
    """Exit 1 for a cell or a call that is not written at all."""
    desk = desk_of(given)
    asked = _of_cell(desk, given) if "/" in given.cell else _of_call(desk, given)
    if isinstance(asked, str):
        print(asked)
        return 1
    prompt, cut = asked
    count = desk.tokens
    if given.json:
        sections = [{"role": r, "section": n, "text": t, "tokens": count(t)} for r, n, t in prompt.sections]
        line({"prompt": prompt.id, "sections": sections, "cut": [one.model_dump() for one in cut]})
        return 0
    for role, name, text in prompt.sections:
        if text.strip():
            print(f"─── {role}: {name} ({count(text):,} tokens)\n{text.strip()}\n")
    for one in cut:
        print(f"left out: {one.evidence} ({one.tokens:,} tokens; {one.why})")
    whole = sum(count(text) for _, _, text in prompt.sections)
    print(f"{whole:,} tokens in all, counted by {count.name}{'' if count.exact else ' (about)'}.")
    return 0


def _of_cell(desk: Desk, given: argparse.Namespace) -> Shown | str:
    """The prompt of a cell; the reason where it is not written."""
    note = given.note if given.task == "write" else ""
    cell, brief = cell_of(desk.pack, given.cell, given.n, note, given.send_on)
    job = desk.job(cell, brief)
    if isinstance(job, Refusal):
        return f"{cell.key} is not written. {job.rule}: {job.why}"
    if given.task == "suggest":
        from assistant.writing.model.suggest import Asked

        asked = Asked(_draft(desk, job, given.text), given.note, given.sentence)
        return desk.suggest_prompter.prompt(job, asked), []
    if given.task == "judge":
        return _of_judge(desk, job, given), []
    return desk.prompter.prompt(job)


def _of_judge(desk: Desk, job: Job, given: argparse.Namespace) -> Prompt:
    from assistant.writing.gate import Gate
    from eval.judge.criteria import load_criteria
    from eval.judge.judge import judge_prompt
    from eval.judge.piece import piece_of

    gate = Gate(desk.pack, desk.engine)
    text = given.text or gate.pass_through(job, _draft(desk, job, ""), "", "", 0).text
    criterion, hosts = load_criteria().one(given.criterion), desk.pack.institution.link_hosts
    return judge_prompt(desk.prompt("judge"), criterion, piece_of(desk.pack, job.cell, text), own_hosts=hosts)


def _draft(desk: Desk, job: Job, text: str) -> Draft:
    """The text that a prompt is about: the one given, else what the phrase writer has for the cell."""
    from assistant.writing.drafts import Draft

    if text:
        return Draft(text, "fit")
    drafts = desk.phrases.sheet(job.cell, job.count, "", job.send_on).get(job.cell, [])
    if not drafts:
        raise InputError(f"The phrase book has no text for {job.cell.key}.", "Give one with --text.")
    return drafts[0]


def _of_call(desk: Desk, given: argparse.Namespace) -> Shown | str:
    """The prompt of a call; the reason where nothing may be said."""
    from assistant.commands.scan_command import moment, place_of
    from assistant.writing.scripts.model.outline import outline_of
    from assistant.writing.scripts.of_actions import record_of, spoken_in

    customer, trigger, at = given.customer, given.trigger, moment(given.as_of, desk.pack.institution.timezone)
    if given.cell:
        action = desk.actions.store.action(given.cell)
        customer, trigger, at = action.customer_id, action.trigger, action.fired_at
    if not customer or not trigger:
        mend = "Write a cell (campaign/segment/age/channel/locale), an action's id, or --customer and --trigger."
        raise InputError("It is not said which prompt is wanted.", mend)
    record = record_of(desk.pack, desk.actions, place_of(given, desk), customer, at)
    scene, script = desk.told_by_lines.drafted(record, trigger, spoken_in(desk.pack, given.locale))
    if scene is None:
        return f"{trigger} is not spoken of to {customer}. {script.why}"
    return desk.script_prompter.prompt(outline_of(desk.pack, scene))


def cell_of(pack: Pack, key: str, count: int, note: str, send_on: str | None) -> tuple[Cell, Brief]:
    """A cell by its key and the brief that it would be in. InputError where the key or the day is none."""
    parts = key.split("/")
    if len(parts) not in (5, 6):
        mend = "Write campaign/segment/age/channel/locale, and a market where it is not the locale's first."
        raise InputError(f"“{key}” is no cell.", mend)
    try:
        day = dt.date.fromisoformat(send_on) if send_on else dt.date.today()
    except ValueError:
        raise InputError(f"--send-on {send_on} is no day.", "Write it as 2026-12-24.") from None
    names = ("segments", "ages", "channels", "locales")
    asked: dict[str, object] = {name: [part] for name, part in zip(names, parts[1:5], strict=True)}
    market = parts[5] if len(parts) == 6 else None
    brief = brief_for(pack, campaign=parts[0], market=market, variants=count, note=note, send_on=day, **asked)
    return next(brief.cells(pack)), brief
