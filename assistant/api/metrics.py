"""What Prometheus reads: requests of this process, and what the whole desk keeps."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

if TYPE_CHECKING:
    from assistant.bootstrap.desk import Desk
    from assistant.store.counts import By, Counted

router = APIRouter()
AGE = 30.0
"""Seconds for which counts of the database stand: a million rows are not counted anew for each scrape."""
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)


@router.get("/metrics", response_class=Response, include_in_schema=False)
def metrics(request: Request) -> Response:
    """Everything that is measured, in Prometheus' text format."""
    told = generate_latest(request.app.state.meters.registry)
    return Response(told, headers={"Content-Type": CONTENT_TYPE_LATEST, "Cache-Control": "no-store"})


class Meters:
    """The meters of one application. Labels are of closed sets: no address, no name, no id is one."""

    def __init__(self, desk: Desk) -> None:
        self.registry = CollectorRegistry()
        labels = ("method", "route", "status")
        self._requests = Counter("copydesk_requests", "Requests answered.", labels, registry=self.registry)
        self._seconds = Histogram(
            "copydesk_request_seconds",
            "Seconds until an answer begins; a stream goes on after it.",
            ("method", "route"),
            registry=self.registry,
            buckets=BUCKETS,
        )
        self.registry.register(Kept(desk))

    def note(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one request."""
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(method, route).observe(seconds)


@dataclass(eq=False)
class Kept(Collector):
    """What the database holds, read when somebody asks, and not again for a while."""

    desk: Desk
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _counted: Counted | None = None
    _at: float = 0.0

    def describe(self) -> Iterator[Metric]:
        """Nothing, so that registering does not count."""
        return iter(())

    def collect(self) -> Iterator[Metric]:
        """The counts as metrics."""
        now = self._now()
        yield _family("copydesk_drafts", "Drafts kept.", ("writer", "verdict"), now.drafts)
        yield _family("copydesk_cells", "Cells kept.", ("status",), now.cells)
        yield _family("copydesk_texts", "Texts under decision: how long each queue is.", ("state",), now.texts)
        yield _family("copydesk_actions", "Next actions.", ("state",), now.actions)
        yield _family("copydesk_model_faults", "Faults of the model that kept cells met.", ("fault",), now.faults)
        yield GaugeMetricFamily("copydesk_model_calls", "Calls of the model that drafts come from.", now.calls)
        decided = CounterMetricFamily("copydesk_decisions", "Decisions made.", labels=("act",))
        for labels, count in sorted(now.decisions.items()):
            decided.add_metric(labels, count)
        yield decided
        sealed = self.desk.sealer.known()
        unsealed = max(0, now.audited - (sealed[-1].seq if sealed else 0))
        yield GaugeMetricFamily("copydesk_audit_rows", "Rows of the audit.", now.audited)
        yield GaugeMetricFamily("copydesk_audit_unsealed_rows", "Rows of the audit that no seal covers yet.", unsealed)

    def _now(self) -> Counted:
        with self._lock:
            if self._counted is None or time.monotonic() - self._at > AGE:
                self._counted, self._at = self.desk.counts.now(), time.monotonic()
            return self._counted


def _family(name: str, words: str, labels: tuple[str, ...], counted: By) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, words, labels=labels)
    for values, count in sorted(counted.items()):
        family.add_metric(values, count)
    return family
