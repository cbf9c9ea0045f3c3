"""The texts of an answer, whatever task gave it, each with what the checks said of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assistant.checks.case import LintCase, read_case
from assistant.checks.engine import detect_locale
from assistant.domain.values import Locale
from assistant.writing.frame import own_words
from assistant.writing.gate import rendered
from eval.cases.case import Case
from eval.tasks.seam import Answer, Room


@dataclass(frozen=True, slots=True)
class Judged:
    """A text with its verdict, findings and claims as JSON. `own`: the writer's words alone, without signature,
    warnings and way out; `template`: the same with slots open, where there is one."""

    text: str
    verdict: str
    findings: list[dict[str, Any]]
    claims: list[dict[str, Any]]
    own: str
    template: str = ""


def texts_of(case: Case, answer: Answer, room: Room) -> list[Judged]:
    """Those of a written cell, of a call script as one, or of a text, which is checked here if its task did not."""
    content = answer.content
    if "texts" in content:
        return [_written(one, room, case.given["locale"]) for one in content["texts"]]
    if "sections" in content:
        return [_script(content)] if content["sections"] else []
    if not isinstance(content.get("text"), str):
        return []
    if "verdict" not in content:
        known = {key: value for key, value in case.given.items() if key in LintCase.model_fields}
        raw = read_case({**known, "text": content["text"]}, f"{case.id} ({case.place})")
        content = {"text": raw.text, **room.desk.engine.run(raw).model_dump(mode="json")}
    return [Judged(content["text"], content["verdict"], content["findings"], content["claims"], content["text"])]


def locale_of(case: Case, text: str) -> Locale:
    """The locale that a case says, else the one that a text is written in."""
    given: Locale = case.given["locale"] if case.given.get("locale") else detect_locale(text)  # type: ignore[assignment]
    return given


def _written(one: Mapping[str, Any], room: Room, locale: Locale) -> Judged:
    template = own_words(room.desk.pack, one["template"])
    own = rendered(room.desk.pack, locale, template).text
    return Judged(one["text"], one["verdict"], one["findings"], one["claims"], own, template)


def _script(content: Mapping[str, Any]) -> Judged:
    sections = content["sections"]
    claims = [claim for one in sections for claim in one["claims"]]
    own = "\n".join(one["text"] for one in sections if one["kind"] != "disclosure")
    whole = "\n".join(one["text"] for one in sections)
    return Judged(whole, content["verdict"], content["findings"], claims, own)


def unwritten(answer: Answer) -> str:
    """Why there is no text, in words; empty where there is one."""
    content = answer.content
    told = str(content.get("why") or "nothing was written")
    return "" if content.get("texts") or content.get("sections") or "text" in content else told
