"""Readiness, metrics, logs and traces: what the desk does shows, whom it does it for does not."""

from __future__ import annotations

import io
import json
import logging
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.responses import StreamingResponse
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families
from starlette.types import Receive, Scope, Send

from assistant.api.allowed import ALLOWED, EVERYBODY, Allowed, Row
from assistant.api.application import api, guarded, routes
from assistant.api.logs import Lines, logging_of
from assistant.api.metrics import AGE, Kept, Meters
from assistant.api.tracing import traced, tracing_of
from assistant.api.watching import Watching
from assistant.bootstrap.desk import Desk
from assistant.errors import IndexDamaged, SettingsError
from assistant.settings import Settings
from tests.conftest import here
from tests.contract.rows import BRIEF, NOW, written

SECRET = "C0151-王小明-13800138000"


@pytest.fixture
def client(desk: Desk) -> TestClient:
    desk.__dict__["search"] = object()
    return here(api(desk))


def samples(client: TestClient) -> dict[tuple[str, ...], float]:
    """What /metrics says: name and labels → value."""
    found = text_string_to_metric_families(client.get("/metrics").text)
    return {
        (one.name, *(value for _, value in sorted(one.labels.items()))): one.value
        for family in found
        for one in family.samples
    }


def test_a_desk_with_database_pack_and_index_is_ready(client: TestClient) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ready", "missing": []})
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("part", "settings"),
    [("database", {"database_url": "sqlite:////nonexistent/desk.db"}), ("pack", {"content": Path("/nonexistent")})],
)
def test_what_is_missing_is_named_and_no_more_is_said(
    desk: Desk, tmp_path: Path, part: str, settings: dict[str, Any]
) -> None:
    broken = Desk(Settings(home=tmp_path, **settings))
    broken.__dict__["search"] = object()
    if part != "pack":
        broken.__dict__["pack"] = desk.pack
    answer = here(api(broken)).get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"status": "not ready", "missing": [part]})


def test_a_search_that_cannot_be_opened_is_missing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def damaged(*_given: Any, **_more: Any) -> None:
        raise IndexDamaged("The index at /srv/secret is damaged.")

    monkeypatch.setattr("assistant.retrieval.opening.open_search", damaged)
    answer = here(api(desk)).get("/readyz")
    assert answer.status_code == 503 and answer.json()["missing"] == ["index"] and "secret" not in answer.text


def test_a_request_is_counted_by_its_route_and_never_by_its_address(client: TestClient) -> None:
    client.get("/healthz")
    client.get("/api/v1/runs/fedcba9876543210/export.csv")
    client.get(f"/{SECRET}", params={"q": SECRET})
    client.request("SECRETLY", "/healthz")
    found = samples(client)
    assert found["copydesk_requests_total", "GET", "/healthz", "200"] == 1
    assert found["copydesk_requests_total", "GET", "/api/v1/runs/{run}/export.{ending}", "404"] == 1
    assert found["copydesk_requests_total", "GET", "none", "404"] == 1
    assert found["copydesk_requests_total", "OTHER", "none", "405"] == 1
    assert found["copydesk_request_seconds_count", "GET", "/healthz"] == 1
    assert SECRET not in client.get("/metrics").text and "fedcba" not in client.get("/metrics").text


def test_what_is_kept_is_counted_whoever_wrote_it(desk: Desk, client: TestClient) -> None:
    desk.drafts.begin("r", BRIEF, "v", "w")
    cell = written("d1", "d2", writer="person:mei")
    desk.drafts.put("r", cell.model_copy(update={"faults": ["timeout", "refused", "timeout"]}))
    with desk.shelf.book() as book:
        item = book.items(["d1"])["d1"]
        book.put(item.model_copy(update={"version": 1, "state": "submitted"}))
        book.audit(NOW, "mei", "submit", "item:d1", {})
    desk.sealer.seal(NOW)
    with desk.shelf.book() as book:
        book.audit(NOW, "mei", "saw", "item:d1", {})
    found = samples(client)
    assert found["copydesk_drafts", "pass", "person"] == 2 and found["copydesk_cells", "written"] == 1
    assert found["copydesk_texts", "submitted"] == 1
    assert (found["copydesk_model_faults", "timeout"], found["copydesk_model_faults", "refused"]) == (2, 1)
    assert (found["copydesk_audit_rows",], found["copydesk_audit_unsealed_rows",]) == (2, 1)
    assert "mei" not in client.get("/metrics").text


def test_counts_of_the_database_stand_for_a_while(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [1000.0]
    monkeypatch.setattr("assistant.api.metrics.time.monotonic", lambda: clock[0])
    kept = Kept(desk)
    list(kept.collect())
    desk.drafts.begin("r", BRIEF, "v", "w")
    desk.drafts.put("r", written("d1"))
    assert not any(one.samples for one in kept.collect() if one.name == "copydesk_cells")
    clock[0] += AGE + 1
    assert any(one.samples for one in kept.collect() if one.name == "copydesk_cells")


@pytest.mark.anyio
async def test_a_stream_passes_piece_by_piece_and_is_counted_at_its_end(desk: Desk) -> None:
    sent: list[dict[str, Any]] = []
    meters = Meters(desk)

    async def streaming(scope: Scope, receive: Receive, send: Send) -> None:
        async def pieces() -> Any:
            for piece in (b"a", b"b"):
                yield piece
                assert sent[-1]["body"] == piece

        await StreamingResponse(pieces())(scope, receive, send)

    async def receive() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": "/", "headers": [], "asgi": {"spec_version": "2.4"}}
    await Watching(streaming, meters, tracing_of(None))(scope, receive, send)
    assert (
        meters.registry.get_sample_value("copydesk_requests_total", {"method": "GET", "route": "none", "status": "200"})
        == 1.0
    )


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def said() -> Iterator[io.StringIO]:
    """Everything that is logged, at any level, as the desk's JSON."""
    into = io.StringIO()
    written_to = logging.StreamHandler(into)
    written_to.setFormatter(Lines())
    root = logging.getLogger()
    before = root.level
    root.addHandler(written_to)
    root.setLevel(logging.DEBUG)
    # A server that ran in this process before may have kept uvicorn's words from the root.
    spoke = {name: logging.getLogger(name).propagate for name in ("uvicorn", "uvicorn.error", "uvicorn.access")}
    for name in spoke:
        logging.getLogger(name).propagate = True
    yield into
    for name, before_it in spoke.items():
        logging.getLogger(name).propagate = before_it
    root.removeHandler(written_to)
    root.setLevel(before)


def test_no_log_line_holds_what_was_asked_or_who_was_meant(desk: Desk, said: io.StringIO) -> None:
    desk.__dict__["search"] = object()
    app: FastAPI = routes(desk)

    @app.get("/broken/{customer}")
    def broken(customer: str) -> None:
        logging.getLogger("some.library").error(f"cannot serve {customer}")
        logging.getLogger("copydesk.test").warning("cannot serve %s", customer)
        raise ValueError(f"no balance of {customer}")

    open_here = Allowed([*ALLOWED.rows, Row("GET", "/broken/{customer}", EVERYBODY)])
    client = TestClient(
        guarded(app, desk, open_here), "http://127.0.0.1:7860", client=("127.0.0.1", 1), raise_server_exceptions=False
    )
    headers = {"x-request-id": SECRET.encode(), "cookie": SECRET.encode(), "authorization": SECRET.encode()}
    assert client.get(f"/broken/{SECRET}", params={"q": SECRET}, headers=headers).status_code == 500
    client.post("/api/v1/events", json={"customer_id": SECRET}, headers=headers)
    try:
        raise ValueError(SECRET) from KeyError(SECRET)
    except ValueError:
        logging.getLogger("uvicorn.error").exception("Exception in ASGI application\n")
    told = said.getvalue()
    assert not [piece for piece in SECRET.split("-") if piece in told]
    lines = [json.loads(line) for line in told.splitlines()]
    asked = next(line for line in lines if line.get("route") == "/broken/{customer}")
    assert (asked["event"], asked["status"], asked["level"]) == ("request", 500, "info") and asked["request"]
    fault = lines[-1]
    assert fault["error"] == "ValueError < KeyError" and "test_watching.py" in fault["places"][0]


def test_an_answer_carries_the_id_under_which_it_was_logged(client: TestClient) -> None:
    own = "0123456789abcdef"
    assert client.get("/healthz", headers={"x-request-id": own}).headers["x-request-id"] == own
    assert client.get("/healthz", headers={"x-request-id": "Mei Wang"}).headers["x-request-id"] != "Mei Wang"


def test_a_form_of_log_that_there_is_not_is_refused() -> None:
    assert logging_of(Settings()) == {"log_level": "warning"}
    with pytest.raises(SettingsError, match="plain or json"):
        logging_of(Settings(log="xml"))


def test_a_span_says_the_route_and_belongs_to_the_callers_trace(desk: Desk) -> None:
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import SimpleSpanProcessor
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

    provider, kept = TracerProvider(), InMemorySpanExporter()
    provider.add_span_processor(SimpleSpanProcessor(kept))
    app = api(desk)
    app.add_middleware(Watching, meters=Meters(desk), tracing=traced(provider.get_tracer("test")))
    client = here(app)
    trace = "0af7651916cd43dd8448eb211c80319c"
    client.get("/healthz", params={"q": SECRET}, headers={"traceparent": f"00-{trace}-b7ad6b7169203331-01"})
    (span,) = kept.get_finished_spans()
    assert span.name == "GET /healthz" and f"{span.context.trace_id:032x}" == trace
    assert SECRET not in span.to_json()


def test_spans_reach_the_collector_that_is_named(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    import grpc
    from opentelemetry.proto.collector.trace.v1 import trace_service_pb2, trace_service_pb2_grpc

    came, there = list[str](), threading.Event()

    class Collector(trace_service_pb2_grpc.TraceServiceServicer):
        """Takes what is sent."""

        def Export(self, request: Any, context: Any) -> Any:
            came.extend(one.name for part in request.resource_spans for s in part.scope_spans for one in s.spans)
            there.set()
            return trace_service_pb2.ExportTraceServiceResponse()

    server = grpc.server(ThreadPoolExecutor(2))
    trace_service_pb2_grpc.add_TraceServiceServicer_to_server(Collector(), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    monkeypatch.setenv("OTEL_BSP_SCHEDULE_DELAY", "20")
    watched = Desk(desk.settings.over(otel_url=f"http://127.0.0.1:{port}"))
    watched.__dict__.update(pack=desk.pack)
    here(api(watched)).get("/healthz")
    assert there.wait(20) and came == ["GET /healthz"]
    server.stop(None).wait()


def test_without_a_collector_nothing_is_traced() -> None:
    with tracing_of(None)({}) as span:
        span("GET", "/", 200)
