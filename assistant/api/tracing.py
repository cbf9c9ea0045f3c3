"""OpenTelemetry, where a collector is named; else nothing at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING

from assistant.errors import SettingsError

if TYPE_CHECKING:
    from opentelemetry.trace import Tracer

Span = Callable[[str, str, int], None]
"""Says of a request its method, its route and its status."""
Tracing = Callable[[Mapping[str, str]], AbstractContextManager[Span]]
"""Opens the span of a request, whose headers may name the span that it belongs to."""


def tracing_of(url: str | None) -> Tracing:
    """Spans sent to the collector at a URL over gRPC; none where there is none. SettingsError without the library."""
    if url is None:
        return _nothing
    try:
        from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError as error:
        raise SettingsError("COPYDESK_OTEL_URL needs OpenTelemetry.", "Install 'copydesk[otel]'.") from error
    provider = TracerProvider(resource=Resource.create({"service.name": "copydesk"}))
    exporter = OTLPSpanExporter(endpoint=url, insecure=not url.startswith("https"))
    provider.add_span_processor(BatchSpanProcessor(exporter))
    return traced(provider.get_tracer("copydesk"))


def traced(tracer: Tracer) -> Tracing:
    """Spans of a tracer. They carry what the metrics do: no address, no body, no name."""
    from opentelemetry.trace import SpanKind, Status, StatusCode
    from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

    @contextmanager
    def tracing(headers: Mapping[str, str]) -> Iterator[Span]:
        context = TraceContextTextMapPropagator().extract(dict(headers))
        # An exception's words are not recorded: they may hold what a person typed.
        with tracer.start_as_current_span(
            "request", context, SpanKind.SERVER, record_exception=False, set_status_on_exception=False
        ) as span:

            def told(method: str, route: str, status: int) -> None:
                span.update_name(f"{method} {route}")
                span.set_attributes(
                    {"http.request.method": method, "http.route": route, "http.response.status_code": status}
                )
                if status >= 500:
                    span.set_status(Status(StatusCode.ERROR))

            yield told

    return tracing


@contextmanager
def _nothing(_headers: Mapping[str, str]) -> Iterator[Span]:
    yield lambda _method, _route, _status: None
