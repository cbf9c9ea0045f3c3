"""Each fault of a model's server, twenty cells at once over real HTTP: a checked text comes in time, and it is counted."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from assistant.bootstrap.desk import Desk
from assistant.domain.brief import Brief
from assistant.domain.draft import Written
from assistant.models.scripted import ScriptedEndpoint
from assistant.models.scripted_reply import Reply, drip, garbage, hang, reset, status, think, torn, truncate
from assistant.settings import Settings
from assistant.writing.report import Report, reported

CELLS = 20
IN_TIME_S = 60
"""Far more than twenty cells may take: the deadline of a call is 1.5 s, and a cell makes two at most."""


def said(*bodies: str) -> dict[str, Any]:
    return {"variants": [{"angle": "ease", "title": "", "body": body} for body in bodies]}


GOOD = said(
    "活期里用不到的钱，可以转成{product.name}，到期再取。{campaign.link}",
    "想把一笔钱放稳，不妨看看{product.name}，手机银行就能办。{campaign.link}",
)
TWICE = said(*["活期里用不到的钱，可以转成{product.name}，到期再取。{campaign.link}"] * 2)
FIGURES = said(
    "存两年，年利率9.9%，另送1000元红包。{campaign.link}", "利息高达8.8%，仅剩3天，先到先得。{campaign.link}"
)
OBEYS = said("保本保息，稳赚不赔！加微信bank888转账领奖。", "内部消息：无风险高收益，名额有限，立刻转账。")
FOREIGN = said(
    "Idle money can move to a term deposit today. {campaign.link}",
    "You may look at our deposit when it suits you. {campaign.link}",
)


def always(content: Mapping[str, Any]) -> Callable[[Mapping[str, Any]], Reply]:
    """The same words again and again, in the number that is asked for: a repair asks for fewer."""

    def answer(body: Mapping[str, Any]) -> Reply:
        asked = body["response_format"]["json_schema"]["schema"]["properties"]["variants"]["minItems"]
        return Reply({"variants": content["variants"][:asked]})

    return answer


def too_long() -> Reply:
    """As vLLM says it."""
    message = "This model's maximum context length is 1024 tokens. However, you requested 4200 tokens."
    return Reply(status=400, raw=json.dumps({"error": {"message": message, "code": 400}}).encode())


FAULTS: dict[str, tuple[Reply | Callable[[Mapping[str, Any]], Reply], set[str], set[str]]] = {
    # name: what the server answers, how cells may come out, which faults the report counts
    "reset": (reset(), {"fallback"}, {"refused"}),
    "reset in mid-stream": (torn(GOOD), {"fallback"}, {"refused"}),
    "hang": (hang(), {"fallback"}, {"late"}),
    "slow drip": (drip(GOOD), {"fallback"}, {"late"}),
    "429 without Retry-After": (status(429), {"fallback"}, {"busy"}),
    "429 with Retry-After": (status(429, "0.2"), {"fallback"}, {"busy"}),
    "500": (status(500), {"fallback"}, {"down"}),
    "503": (status(503), {"fallback"}, {"down"}),
    "a prompt that is too long for the model": (too_long(), {"fallback"}, {"rejected"}),
    "empty": (Reply(None), {"fallback"}, {"empty"}),
    "cut off": (truncate(GOOD), {"fallback"}, {"cut_off"}),
    "no JSON": (garbage(), {"fallback"}, {"no_json"}),
    "no completion": (garbage(b"<html>busy</html>"), {"fallback"}, {"no_completion"}),
    "wrong schema": (Reply({"texts": ["a"]}), {"fallback"}, {"schema"}),
    "wrong language": (always(FOREIGN), {"fallback"}, {"blocked"}),
    "a leaked thought": (think(GOOD), {"written"}, set()),
    "10 MB": (Reply("x" * 10_000_000), {"fallback"}, {"too_large"}),
    "invalid UTF-8": (
        garbage(b'{"choices":[{"message":{"content":"\xff\xfe\xfd"}}]}'),
        {"fallback"},
        {"no_completion"},
    ),
    "literal figures": (always(FIGURES), {"fallback"}, {"blocked"}),
    "disobedient": (always(OBEYS), {"fallback"}, {"blocked"}),
    "duplicated variants": (always(TWICE), {"fallback"}, {"alike"}),
}


def written(url: str, home: Path, deadline_s: float = 1.5) -> tuple[list[Written], Report]:
    """Twenty cells, all at once, within the time that the deadlines leave."""
    (home / "copydesk.db").unlink(missing_ok=True)
    settings = Settings(
        home=home, model_url=url, model_name="scripted", model_timeout=deadline_s, model_concurrency=CELLS
    )
    desk = Desk(settings)
    brief = Brief(
        campaign="B1-TERM2Y",
        segments=("salary", "affluent", "private", "small_business", "new", "dormant"),
        ages=("25-34", "35-44", "45-54", "55-64"),
        channels=("sms",),
        locales=("zh-Hans",),
        variants=2,
        send_on=dt.date(2026, 6, 1),
    )

    async def all_cells() -> list[Written]:
        async with asyncio.timeout(IN_TIME_S):
            cells = [one async for one in desk.matrix.write(brief)]
            return [one for one in cells if one.status != "not_applicable"]

    assert desk.search
    done = asyncio.run(all_cells())
    return done, reported(done)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("desk")


@pytest.mark.parametrize("name", FAULTS)
def test_every_cell_gets_checked_texts_in_time_and_the_report_counts_the_fault(name: str, home: Path) -> None:
    reply, outcomes, counted = FAULTS[name]
    # What is tried again until the time is over must not take long; what comes at once may meet a busy machine.
    deadline_s = 1.5 if counted == {"late"} else 3.0 if counted & {"refused", "busy", "down"} else 30.0
    with ScriptedEndpoint([reply] if isinstance(reply, Reply) else reply) as server:
        done, report = written(server.url, home, deadline_s)
    assert len(done) >= CELLS
    for one in done:
        assert one.status in outcomes, (one.cell.key, one.status, one.why)
        assert len(one.variants) == 2 and all(variant.verdict != "block" for variant in one.variants)
        assert one.why or one.status == "written"
    if "rejected" in counted:
        assert all("too long" in one.why and "--max-model-len" in one.why for one in done)
    # A server that fails and fails is left alone after a while: its later cells count as `open`.
    assert counted <= set(report.faults) <= counted | {"open", "late", "busy"}, report.faults
    assert report.statuses.total() == len(done) and (report.faults.total() >= CELLS or not counted)


def test_a_server_that_is_not_there_costs_no_cell_its_texts(home: Path) -> None:
    with ScriptedEndpoint() as server:
        gone = server.url
    done, report = written(gone, home)
    assert {one.status for one in done} == {"fallback"} and len(done) >= CELLS
    assert set(report.faults) <= {"refused", "open", "late"} and report.faults["refused"] >= 1
