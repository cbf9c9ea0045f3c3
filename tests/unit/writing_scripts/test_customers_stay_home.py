"""No prompt about a customer holds anything of theirs: message and call, first question and repair, all of a town."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache

import pytest

from assistant.bootstrap.desk import Desk
from assistant.checks.identifiers import identifiers
from assistant.domain.brief import Brief
from assistant.domain.finding import Finding
from assistant.domain.formats import date, written
from assistant.domain.spoken import han, said
from assistant.models.scripted import ScriptedEndpoint
from assistant.models.scripted_calls import call_words
from assistant.playbook.record import Record
from assistant.settings import Settings
from assistant.text.fold import fold
from assistant.writing.drafts import Draft, Job
from assistant.writing.model.asking import told
from assistant.writing.scripts.model.asked import wanted
from assistant.writing.scripts.model.outline import Outline, outline_of
from assistant.writing.scripts.model.said import said_by
from assistant.writing.scripts.scene import Scene
from assistant.writing.scripts.talk import talk_of
from tests.conftest import BANK
from tests.unit.writing_scripts.town import records

LEAST = 1000
"""Sums below are ordinary numbers, which stand anywhere."""


@pytest.fixture(scope="module")
def desk(first_desk: Desk) -> Iterator[Desk]:
    with ScriptedEndpoint() as server:
        made = Desk(Settings(home=first_desk.settings.home, model_url=server.url, model_name="scripted"))
        made.__dict__.update({name: first_desk.__dict__[name] for name in ("pack", "engine", "search")})
        prompter = made.script_prompter
        # The same outline is the same prompt: it is rendered once, and searched for every customer.
        object.__setattr__(prompter, "prompt", lru_cache(maxsize=None)(prompter.prompt))
        yield made
        assert not server.requests


@pytest.fixture(scope="module")
def town(desk: Desk) -> list[Record]:
    return list(records(desk.pack))


def table(name: str) -> list[dict[str, str]]:
    with (BANK / "sample" / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def data(desk: Desk) -> dict[str, set[str]]:
    """By customer: every value that says who they are, what they have and what happened to them, in all its spellings."""
    found: dict[str, set[str]] = {}
    for row in table("customers.csv"):
        sums, days = [row["demand_balance"], row["total_assets"]], [row["birth_date"], row["opened_at"][:10]]
        plain = {row["customer_id"], row["name"], row["trusted_contact"], row["rm_id"]} - {""}
        found[row["customer_id"]] = plain | spellings(sums, days)
    for name, day in (("events.csv", "at"), ("holdings.csv", "matures_on")):
        for row in table(name):
            found[row["customer_id"]] |= spellings([row["amount"]], [row[day][:10]]) | {row.get("event_id", "")} - {""}
    # What the catalogue says as well is nobody's.
    facts = [fact for fact in desk.pack.facts.values() if fact.kind not in ("product", "campaign", "flag", "reward")]
    ours = {way(fact, locale) for fact in facts for locale in desk.pack.locales for way in (said, written)}
    ours |= {re.sub(r"[^\d.,]", "", words) for words in ours}
    return {own: values - ours for own, values in found.items()}


def spellings(sums: Iterable[str], days: Iterable[str]) -> set[str]:
    import datetime as dt

    found: set[str] = set()
    for raw in sums:
        if raw and Decimal(raw) >= LEAST:
            value = Decimal(raw).normalize()
            found |= {f"{value:f}", f"{value:,f}", f"{Decimal(raw):.2f}", han(value, "zh-Hans"), han(value, "zh-Hant")}
    for day in filter(None, days):
        found |= {day, *(date(dt.date.fromisoformat(day), locale) for locale in ("zh-Hans", "zh-Hant", "en"))}
    return found


def stands(value: str, text: str) -> bool:
    """Whether a value stands in a text by itself, not inside a longer number or word."""
    return (value in text and bool(re.search(rf"(?<![\w.,]){re.escape(value)}(?![\w])", text))) or (
        not value.isascii() and value in text
    )


def own(record: Record) -> str:
    return record.standing.customer


def leaked(values: Iterable[str], text: str) -> list[str]:
    return [value for value in values if stands(value, text)]


def planted(values: Iterable[str]) -> list[Finding]:
    """Findings as a check might give them: span and message repeat what a slot was filled with, or the message alone."""
    return [
        Finding(rule="R", severity="block", start=0, end=1, text=span, message=f"“{value}” ({value})", reference="")
        for value in values
        for span in (value, "")
    ]


def scene_of(desk: Desk, record: Record) -> Scene:
    action = min(record.actions, key=lambda one: (one.suppressed is not None, one.owner != "relationship_manager"))
    return Scene(desk.pack, talk_of(desk.pack, record, action, desk.told_by_lines.locale_of(record)))


def test_no_prompt_of_a_call_holds_anything_of_its_customer(
    desk: Desk, town: list[Record], data: dict[str, set[str]]
) -> None:
    assert len(town) > 250 and desk.told_by_model is not None
    teller, outlines, tags = desk.told_by_model.teller, set[Outline](), set[str]()
    for record in town:
        scene = scene_of(desk, record)
        outline = outline_of(desk.pack, scene)
        asked = wanted(desk.pack, outline)
        words = said_by(scene.composer, asked, call_words(asked.schema(True)["properties"], outline.locale))
        # What the checks say about a filled text may repeat any value that a slot put into it.
        conversation = teller.mending(scene, words, planted(sorted(scene.voice.private())))
        text = "\n".join(message["content"] for message in conversation)
        assert not leaked(data[own(record)], text), own(record)
        assert not leaked(scene.voice.private() - {desk.pack.institution.name[outline.locale]}, text), own(record)
        outlines.add(outline)
        tags |= set(outline.tags)
    assert tags <= set(desk.pack.institution.told_tags)
    for outline in outlines:
        text = "\n".join(message["content"] for message in desk.script_prompter.prompt(outline)[0].messages)
        assert not list(identifiers(fold(text).text, desk.pack.institution.link_hosts))


def test_tags_that_are_not_allowed_change_no_prompt(desk: Desk, town: list[Record]) -> None:
    from dataclasses import replace

    told_of = desk.pack.institution.told_tags
    for record in town[::25]:
        one = scene_of(desk, record)
        tagged = frozenset({*record.standing.tags, "hiv_positive", "owes-李四-30000"})
        other = scene_of(desk, replace(record, standing=replace(record.standing, tags=tagged)))
        assert outline_of(desk.pack, one) == outline_of(desk.pack, other)
        assert {tag for tag in outline_of(desk.pack, other).tags} <= set(told_of)


def test_no_prompt_of_a_message_holds_anything_of_the_customer_it_is_for(
    desk: Desk, town: list[Record], data: dict[str, set[str]]
) -> None:
    kept: dict[str, str] = {}
    for record in town:
        for job in jobs(desk, record):
            key = f"{job.cell.key}{job.product.id if job.product else ''}"
            if key not in kept:
                kept[key] = prompts(desk, job)
            assert not leaked(data[own(record)], kept[key]), (own(record), key)
    assert len(kept) > 30


def jobs(desk: Desk, record: Record) -> Iterator[Job]:
    """The cell that a customer's first message is in."""
    pack, who = desk.pack, record.standing
    action = next((one for one in record.actions if one.campaign and one.channel), None)
    band = next(
        (band.id for band in pack.ages.values() if who.age and band.start <= who.age <= (band.until or 150)), None
    )
    if action is None or band is None or who.segment not in pack.segments:
        return
    brief = Brief(
        campaign=str(action.campaign),
        segments=(str(who.segment),),
        ages=(band,),
        channels=(str(action.channel),),
        locales=(desk.told_by_lines.locale_of(record),),
        send_on=record.now.date(),
    )
    for cell in brief.cells(pack):
        if isinstance(job := desk.job(cell, brief), Job):
            yield job


def prompts(desk: Desk, job: Job) -> str:
    """What is asked first, and what is asked when it has to be mended."""
    first = desk.prompter.prompt(job)[0].messages
    draft = Draft("{product.name}", "fit")
    found = [told(one, draft.template) for one in planted(["王小明"])]
    repair = desk.prompt("repair").render({"variants": [found]}).messages
    return "\n".join(message["content"] for message in (*first, *repair))
