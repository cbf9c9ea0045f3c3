"""The shape of call scripts: sound ones, and each fault by itself."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from assistant.bootstrap.desk import Desk
from eval.tasks.seam import Room
from tests.unit.harness.made import answered, case_with, room_of, scored

CALL = {"trigger": "G1-INFLOW", "age": 50, "status": "counter", "mood": "", "locale": "zh-Hans"}


@pytest.fixture
def room(desk: Desk) -> Room:
    return room_of(desk)


def shape(content: dict[str, Any], room: Room) -> dict[str, float | None]:
    return {metric: one.value for metric, one in scored("script_shape", case_with(CALL), content, room).items()}


def test_a_script_of_the_desk_is_whole_and_sayable(room: Room) -> None:
    content = answered("script", CALL, room).content
    told = shape(content, room)
    assert {name: told[name] for name in told if name != "seconds_cost"} == dict.fromkeys(
        ("whole", "sayable", "filled", "said_once"), 1.0
    )
    assert 60 <= (told["seconds_cost"] or 0) <= 180
    assert {one.value for one in scored("verdict", case_with(CALL), content, room).values()} == {1.0, 0.0}
    assert scored("bound", case_with(CALL), content, room)["bound"].value == 1.0


def test_every_fault_of_a_script_is_found_by_itself(room: Room) -> None:
    sound = answered("script", CALL, room).content

    def broken(metric: str, change: Any) -> None:
        content = copy.deepcopy(sound)
        change(content)
        assert [name for name, value in shape(content, room).items() if value == 0.0] == [metric]

    def without(kind: str) -> Any:
        return lambda content: content.update(sections=[s for s in content["sections"] if s["kind"] != kind])

    broken("whole", without("discovery"))
    broken("whole", without("objection"))
    broken("sayable", lambda content: content.update(spoken_seconds=181.0))
    broken("filled", lambda content: content["sections"][0].update(text="您好，{name}。"))
    purpose = next(s["text"] for s in sound["sections"] if s["kind"] == "purpose")
    broken("said_once", lambda content: content["sections"][-1].update(text=purpose))


def test_a_call_that_may_not_be_made_is_not_scored(room: Room) -> None:
    content = {**answered("script", CALL, room).content, "sections": [], "status": "not_applicable", "why": "consent"}
    assert set(shape(content, room).values()) == {None}


def test_a_call_by_a_model_says_so(bank: Any, engine: Any, tmp_path: Any) -> None:
    from assistant.models.scripted import ScriptedEndpoint
    from assistant.settings import Settings
    from eval.tasks.seam import Subject

    with ScriptedEndpoint() as server:
        desk = Desk(Settings(home=tmp_path, model_url=server.url, model_name="scripted"))
        desk.__dict__.update(pack=bank, engine=engine)
        answer = answered("script", CALL, Room(Subject("model"), lambda: desk))
        desk.search.close()
    assert answer.content["writer"].startswith("model:") and answer.tokens_in > 0
