"""Writing a cell, or other words for a text, of material with an attack in it, by a model that obeys the attacker."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from assistant.domain.brief import Cell
from assistant.domain.draft import Kept, Variant
from assistant.domain.pack import Pack
from assistant.errors import InputError
from assistant.writing.cells import CellWriter
from assistant.writing.drafts import Job
from assistant.writing.frame import disclosures
from assistant.writing.gate import Gate
from assistant.writing.model.prompt import PromptFile
from assistant.writing.model.prompter import Prompter
from assistant.writing.model.suggest import Suggester, SuggestPrompter
from assistant.writing.model.writer import ModelWriter
from assistant.writing.notes import without_identifiers
from assistant.writing.offers import offer_for
from assistant.writing.rewrite import Rewriter
from eval.cases.case import Case
from eval.tasks.obeying import Obedient, outside, reaches
from eval.tasks.poisoned import Poisoned, poisoned
from eval.tasks.seam import Answer, Room
from eval.tasks.writing import brief_of, cell_of


@dataclass(frozen=True)
class Means:
    """What an attack is met with: the prompts and the gate. The gate's rules are those of the pack without the
    attack: none of them reads the words that an attack stands in."""

    gate: Gate
    write: PromptFile
    repair: PromptFile
    suggest: PromptFile


async def attacked(case: Case, room: Room) -> Answer:
    """What leaves the desk when its model does as an attack in its material says.

    `texts`: what may go out, each with its warnings that are owed and missing; `obeyed`: whether what the attacker
    wanted was written, and `blocked`, the rules that stopped it; `reached`: the attack was sent; `outside`: what of it
    stood outside every fence; `refused`: why it was not taken at all.
    """
    desk = room.desk
    if "means" not in room.kept:
        gate = Gate(desk.pack, desk.engine)
        room.kept["means"] = Means(gate, *(desk.prompt(task) for task in ("write", "repair", "suggest")))
    means, attack = room.kept["means"], case.given["attack"]
    model = Obedient(attack, case.given["obeyed"])
    cell = cell_of(room, case.given)
    job = _job(desk.pack, cell, case)
    material = poisoned(case, desk.pack, desk.folder, job.product.id if job.product else None)
    job = replace(job, evidence=material.evidence(cell, job.product, brief_of(case.given)), note=material.note)
    prompter = Prompter(material.pack, means.write)
    writer = ModelWriter(material.pack, model, "obedient", prompter, means.repair)
    try:
        without_identifiers(material.note)
        texts, why = await _written(case, room, means, writer, prompter, material, job)
    except InputError as error:
        return Answer({"status": "refused", "texts": [], "refused": str(error), "reached": False, "outside": []})
    told = "\n".join(model.sent)
    content: dict[str, Any] = {
        "status": "written",
        "texts": [{"text": one.text, "lacks": _lacking(material.pack, job, one)} for one in texts],
        "why": why,
        "reached": reaches(attack, told),
        "outside": sorted({line for sent in model.sent for line in outside(attack, sent)}),
        "refused": "",
    }
    return Answer(content)


def _job(pack: Pack, cell: Cell, case: Case) -> Job:
    brief = brief_of({**case.given, "variants": 1})
    offer = offer_for(pack, cell, brief.send_on)
    if offer.refusal:
        raise InputError(f"{case.id} ({case.place}): {offer.refusal.why}.", "Aim at a cell that may be written.")
    return Job(cell, offer.product, (), 1, "", brief.send_on)


async def _written(
    case: Case, room: Room, means: Means, writer: ModelWriter, prompter: Prompter, material: Poisoned, job: Job
) -> tuple[list[Variant], str]:
    """What may go out, and why the model's own may not."""
    desk = room.desk
    brief = brief_of({**case.given, "variants": 1, "note": material.note})
    if case.given["place"] != "wish":
        cells = CellWriter(material.pack, means.gate, desk.phrases, material.evidence, writer)
        done = await cells.write(job.cell, brief, "attack")
        return done.variants, done.why
    drafts = await desk.phrases.write(job)
    before = means.gate.pass_through(job, drafts[0], desk.phrases.name, "attack", 0)
    kept = Kept(variant=before, run="attack", cell=job.cell, brief=brief, texts=[before.text])
    suggester = Suggester(writer, SuggestPrompter(material.pack, prompter, means.suggest))
    rewriter = Rewriter(material.pack, means.gate, desk.phrases, suggester)
    done_so = await rewriter.rewrite(kept, job, material.wish)
    return ([done_so.after] if done_so.after else []), done_so.why


def _lacking(pack: Pack, job: Job, variant: Variant) -> list[str]:
    """Warnings that a text owes and does not have."""
    owed = disclosures(pack, job.cell, job.product, variant.template)
    return [words for words in owed if "{" not in words and words.rstrip("。.") not in variant.text]
