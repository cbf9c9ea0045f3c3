"""copydesk prompt show CELL: what would be sent to the model, with its tokens by section."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.commands.common import desk_of, line
from assistant.domain.brief import Brief, Cell, brief_for
from assistant.domain.draft import Cut
from assistant.domain.pack import Pack
from assistant.domain.suitability import Refusal
from assistant.errors import InputError

if TYPE_CHECKING:
    from assistant.bootstrap import Desk
    from assistant.writing.drafts import Draft, Job
    from assistant.writing.model.prompt import Prompt

TASKS = ("write", "suggest", "judge")


def options(parser: argparse.ArgumentParser) -> None:
    """The cell, what is asked about it, and the form of the answer."""
    parser.add_argument("action", choices=["show"])
    parser.add_argument("cell", help="campaign/segment/age/channel/locale/market, as `write --json` names it")
    parser.add_argument("--task", choices=TASKS, default="write", help="what the model is asked for (write)")
    parser.add_argument("-n", type=int, default=3, help="variants (3)")
    parser.add_argument("--note", default="", help="a wish in words")
    parser.add_argument("--text", default="", help="the text of suggest or judge (the phrase writer's first)")
    parser.add_argument("--sentence", default="", help="suggest: the sentence to be replaced")
    parser.add_argument("--criterion", default="clarity", help="judge: what is judged (clarity)")
    parser.add_argument("--send-on", help="the day of sending: 2026-12-24 (today)")
    parser.add_argument("--json", action="store_true")


def run(given: argparse.Namespace) -> int:
    """Exit 1 for a cell that is not written at all."""
    desk = desk_of(given)
    note = given.note if given.task == "write" else ""
    cell, brief = cell_of(desk.pack, given.cell, given.n, note, given.send_on)
    job = desk.job(cell, brief)
    if isinstance(job, Refusal):
        print(f"{cell.key} is not written. {job.rule}: {job.why}")
        return 1
    prompt, cut = _prompt(desk, job, given)
    if given.json:
        sections = [{"role": r, "section": n, "text": t, "tokens": desk.tokens(t)} for r, n, t in prompt.sections]
        line({"prompt": prompt.id, "sections": sections, "cut": [one.model_dump() for one in cut]})
    else:
        _show(desk, prompt, cut)
    return 0


def _prompt(desk: Desk, job: Job, given: argparse.Namespace) -> tuple[Prompt, Sequence[Cut]]:
    if given.task == "suggest":
        from assistant.writing.model.suggest import Asked

        asked = Asked(_draft(desk, job, given.text), given.note, given.sentence)
        return desk.suggest_prompter.prompt(job, asked), []
    if given.task == "judge":
        from assistant.writing.gate import Gate
        from assistant.writing.model.prompt import load_prompt
        from eval.judge.criteria import load_criteria
        from eval.judge.judge import judge_prompt
        from eval.judge.piece import piece_of

        gate = Gate(desk.pack, desk.engine)
        text = given.text or gate.pass_through(job, _draft(desk, job, ""), "", "", 0).text
        criterion, file = load_criteria().one(given.criterion), load_prompt(desk.content / "prompts", "judge")
        hosts = desk.pack.institution.link_hosts
        return judge_prompt(file, criterion, piece_of(desk.pack, job.cell, text), own_hosts=hosts), []
    return desk.prompter.prompt(job)


def _draft(desk: Desk, job: Job, text: str) -> Draft:
    """The text that a prompt is about: the one given, else what the phrase writer has for the cell."""
    from assistant.writing.drafts import Draft

    if text:
        return Draft(text, "fit")
    drafts = desk.phrases.sheet(job.cell, job.count, "", job.send_on).get(job.cell, [])
    if not drafts:
        raise InputError(f"The phrase book has no text for {job.cell.key}.", "Give one with --text.")
    return drafts[0]


def _show(desk: Desk, prompt: Prompt, cut: Sequence[Cut]) -> None:
    count = desk.tokens
    for role, name, text in prompt.sections:
        if text.strip():
            print(f"─── {role}: {name} ({count(text):,} tokens)\n{text.strip()}\n")
    for one in cut:
        print(f"left out: {one.evidence} ({one.tokens:,} tokens; {one.why})")
    whole = sum(count(text) for _, _, text in prompt.sections)
    print(f"{whole:,} tokens in all, counted by {count.name}{'' if count.exact else ' (about)'}.")


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
