"""Label Studio's JSON: tasks that go out without a word of who wrote what, annotations that come back.

Two kinds: pairs (`Choices` left, neither, right, or `Pairwise`, which knows no tie), and texts by themselves with a
`Choices` of levels named after the criterion.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from assistant.domain.rating import RatingSession, Rubric, Scored
from assistant.errors import FileError, InputError
from eval.calibration.ratings import Rating
from eval.rating.pairs import Turn
from eval.rating.said import Given, gathered

SIDES = {"left": 1, "neither": 2, "right": 3}
_OF_CHOICE = {number: side for side, number in SIDES.items()}
_OF_BETTER = {"a": "left", "tie": "neither", "b": "right"}


def pair_config(rubric: Rubric, locale: str = "en") -> str:
    """The labelling configuration of pairs, to paste into a project. `locale`: of the reasons' words."""
    sides = "".join(f'<Choice value="{side}"/>' for side in SIDES)
    reasons = "".join(
        f"<Choice value={quoteattr(own)} alias={quoteattr(own)} hint={quoteattr(words.get(locale, own))}/>"
        for own, words in rubric.reasons.items()
    )
    more = f'<Choices name="reasons" toName="left" choice="multiple">{reasons}</Choices>' if reasons else ""
    return (
        f"<View><Header value={quoteattr(rubric.question)}/>"
        '<Text name="left" value="$left"/><Text name="right" value="$right"/>'
        f'<Choices name="better" toName="left" choice="single" required="true">{sides}</Choices>{more}</View>'
    )


def pair_tasks(turns: Sequence[Turn], rubric: Rubric) -> list[dict[str, Any]]:
    """One rater's turns as tasks, in their order: nothing in them says who wrote which or what comes again."""
    return [
        {
            "id": turn.place + 1,
            "data": {
                "pair": turn.name,
                "left": turn.left,
                "right": turn.right,
                "readers": turn.pair.readers,
                "language": turn.pair.language,
                "criterion": rubric.criterion,
                "question": rubric.question,
            },
        }
        for turn in turns
    ]


def pair_annotations(session: RatingSession, said: Iterable[Scored]) -> list[dict[str, Any]]:
    """All that was said in a session as tasks with annotations, a left and b right, with who wrote them: no longer
    blind. What came again is left out."""
    by_pair: dict[str, list[dict[str, Any]]] = {pair.id: [] for pair in session.pairs}
    for one in said:
        if not one.repeat:
            result = [_choices("better", "left", [_OF_BETTER[one.better]])]
            result += [_choices("reasons", "left", list(one.reasons))] if one.reasons else []
            made = {"completed_by": {"email": one.rater}, "created_at": one.at.isoformat(), "was_cancelled": False}
            by_pair[one.pair].append({**made, "result": result})
    return [
        {
            "id": number,
            "data": {
                "pair": pair.id,
                "cluster": pair.cluster,
                "left": pair.a.text,
                "right": pair.b.text,
                "left_source": pair.a.source,
                "right_source": pair.b.source,
                "criterion": session.rubric.criterion,
            },
            "annotations": by_pair[pair.id],
        }
        for number, pair in enumerate(session.pairs, 1)
    ]


def read_pairs(path: Path) -> dict[str, Given]:
    """What one rater said of their turns. Raises FileError, or InputError with every annotation that is wrong."""
    rows = []
    for place, data, annotation in _annotations(path):
        named = {one.get("from_name"): one for one in _results(annotation)}
        better = next((one for one in named.values() if one.get("from_name") != "reasons"), {})
        value = better.get("value") or {}
        chosen = (
            value.get("selected") if better.get("type") == "pairwise" else next(iter(value.get("choices") or []), "")
        )
        reasons = (named.get("reasons", {}).get("value") or {}).get("choices") or []
        rows.append((place, str(data.get("pair", "")), SIDES.get(str(chosen), 0), tuple(map(str, reasons))))
    return gathered(rows, path.name, f"one of {', '.join(SIDES)}")


def level_tasks(items: Iterable[Mapping[str, str]]) -> list[dict[str, Any]]:
    """Texts as tasks: each item has `item`, `cluster` and `text`, and what else raters are to read."""
    return [{"id": number, "data": dict(item)} for number, item in enumerate(items, 1)]


def level_annotations(items: Iterable[Mapping[str, str]], ratings: Iterable[Rating]) -> list[dict[str, Any]]:
    """Texts as tasks with each rater's levels: one `Choices` a criterion."""
    by_item: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for row in ratings:
        result = _choices(row.criterion, "text", [str(row.level)])
        by_item.setdefault(row.item, {}).setdefault(row.rater, []).append(result)
    return [
        task
        | {
            "annotations": [
                {"completed_by": {"email": rater}, "was_cancelled": False, "result": result}
                for rater, result in by_item.get(task["data"]["item"], {}).items()
            ]
        }
        for task in level_tasks(items)
    ]


def read_levels(path: Path) -> list[Rating]:
    """People's levels: a row a rater, item and `Choices`, whose name is the criterion and whose value the level, the
    figure first (`3` or `3 clear at once`). Raises FileError, or InputError with every annotation that is wrong."""
    rows, problems = list[Rating](), list[str]()
    for place, data, annotation in _annotations(path):
        for result in _results(annotation):
            chosen = next(iter((result.get("value") or {}).get("choices") or []), "")
            figure = str(chosen).split(maxsplit=1)[0] if str(chosen).split() else ""
            if not (figure.isdecimal() and data.get("item") and data.get("cluster")):
                problems.append(f"{place}: it needs item and cluster, and a choice that begins with its level")
                continue
            named = {"item": str(data["item"]), "cluster": str(data["cluster"])}
            criterion = str(result.get("from_name"))
            rows.append(Rating(**named, rater=_rater(annotation), criterion=criterion, level=int(figure)))
    if problems:
        raise InputError("\n".join(problems[:20]), "Mend these annotations.")
    return rows


def write_json(path: Path, tasks: Sequence[Mapping[str, Any]]) -> None:
    """Tasks as a file. Raises FileError."""
    try:
        path.write_text(json.dumps(tasks, ensure_ascii=False, indent=1) + "\n", "utf-8")
    except OSError as error:
        raise FileError(f"{path} cannot be written ({error.strerror}).", "Name another place.") from error


def _choices(name: str, text: str, chosen: list[str]) -> dict[str, Any]:
    return {"from_name": name, "to_name": text, "type": "choices", "value": {"choices": chosen}}


def _annotations(path: Path) -> Iterator[tuple[str, Mapping[str, Any], Mapping[str, Any]]]:
    """Every annotation that was not cancelled, with its place and its task's data."""
    try:
        tasks = json.loads(path.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise FileError(f"{path} cannot be read: {error}.", "Export it again, as JSON.") from error
    except ValueError as error:
        raise FileError(f"{path} is not JSON ({error}).", "Export it again, as JSON.") from error
    if not isinstance(tasks, list):
        raise InputError(f"{path.name} holds no list of tasks.", "Export it as JSON, not as JSON_MIN.")
    for number, task in enumerate(tasks, 1):
        data = task.get("data") if isinstance(task, dict) else None
        if not isinstance(data, dict):
            raise InputError(f"{path.name}: task {number} has no data.", "Export it as JSON, not as JSON_MIN.")
        for place, annotation in enumerate(task.get("annotations") or [], 1):
            if isinstance(annotation, dict) and not annotation.get("was_cancelled"):
                yield f"{path.name}: task {number}, annotation {place}", data, annotation


def _results(annotation: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    found = annotation.get("result") or []
    return [one for one in found if isinstance(one, dict) and one.get("type") in ("choices", "pairwise")]


def _rater(annotation: Mapping[str, Any]) -> str:
    """Label Studio names who annotated by a number, or by an object with an address."""
    who = annotation.get("completed_by")
    if isinstance(who, dict):
        who = who.get("email") or who.get("id")
    return str(who) if who not in (None, "") else "unknown"
