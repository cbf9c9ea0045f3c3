"""The HTML of a report: one file, no script, nothing from elsewhere; every text is escaped."""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

from eval.comparing.compare import Change, Comparison
from eval.report.plot import interval_row, scale
from eval.report.worst import Seen
from eval.running.side import Side
from eval.running.summary import Line
from eval.statistics.intervals import Estimate
from eval.statistics.undefined import Undefined

STYLE = Path(__file__).with_name("report.css")


def page(side: Side, lines: Sequence[Line], seen: Sequence[Seen], against: Comparison | None) -> str:
    """The whole file."""
    title = escape(f"{side.suite}: {len(side.clusters)} cases")
    parts = [_head(side, title), _figures(lines)]
    if against:
        parts.append(_changes(against))
    parts.append(_cases(seen))
    style = STYLE.read_text(encoding="utf-8")
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{style}</style></head>'
        f"<body><main>{''.join(parts)}</main></body></html>\n"
    )


def _head(side: Side, title: str) -> str:
    subject = ", ".join(f"{key} {value}" for key, value in side.subject.items() if value)
    clusters = len(set(side.clusters.values()))
    faults = f" {len(side.faults)} could not be answered or scored." if side.faults else ""
    return (
        f"<h1>{title}</h1><p class=sub>{escape(subject)} · run {escape(side.name)} · {clusters} clusters.{faults}</p>"
    )


def _figures(lines: Sequence[Line]) -> str:
    rows = []
    for line in lines:
        name = f"<th scope=row>{escape(line.metric)}</th><td>{line.cases}</td>"
        if not isinstance(line.estimate, Estimate):
            rows.append(f"<tr>{name}<td colspan=2>{escape(line.estimate.why)}</td></tr>")
            continue
        span = line.estimate.interval()
        low, high = scale([span.low, span.high])
        drawn = interval_row(span.value, span.low, span.high, low, high)
        told = f"{span.value:.3f} <small>{span.low:.3f} to {span.high:.3f}</small>"
        rows.append(f"<tr>{name}<td class=num>{told}</td><td>{drawn}</td></tr>")
    head = "<tr><th>Metric<th>Cases<th>Mean, 95 % by cluster<th></tr>"
    return f"<h2>What it scored</h2><table>{head}{''.join(rows)}</table>"


def _changes(found: Comparison) -> str:
    spans = [one.paired.estimate.interval() for one in found.changes if not isinstance(one.paired, Undefined)]
    low, high = scale([0.0, *(one.low for one in spans), *(one.high for one in spans)], whole=False)
    rows = "".join(_change(one, low, high) for one in found.changes)
    head = "<tr><th>Metric<th>Before<th>Now<th>Change, 95 %<th>p (Holm)<th></tr>"
    return f"<h2>Against {escape(found.first.name)}</h2><table>{head}{rows}</table>"


def _change(one: Change, low: float, high: float) -> str:
    name = (
        f"<th scope=row>{escape(one.metric)}</th><td class=num>{one.first:.3f}</td><td class=num>{one.second:.3f}</td>"
    )
    if isinstance(one.paired, Undefined):
        return f"<tr>{name}<td colspan=3>{escape(one.paired.why)}</td></tr>"
    span = one.paired.estimate.interval()
    told = f"{span.value:+.3f} <small>{span.low:+.3f} to {span.high:+.3f}</small>"
    drawn = interval_row(span.value, span.low, span.high, low, high, zero=True)
    return f"<tr>{name}<td class=num>{told}</td><td class=num>{one.p:.3f}</td><td>{drawn}</td></tr>"


def _cases(seen: Sequence[Seen]) -> str:
    if not seen:
        return "<h2>The worst cases</h2><p>Every case has the best score of every metric.</p>"
    return "<h2>The worst cases</h2>" + "".join(_case(one) for one in seen)


def _case(one: Seen) -> str:
    reasons = "".join(
        f"<li><b>{escape(metric)}</b> {'no value' if value is None else f'{value:.3f}'} {escape(why)}"
        + (f"<q>{escape(evidence)}</q>" if evidence else "")
        + "</li>"
        for metric, value, why, evidence in one.reasons
    )
    texts = "".join(f"<blockquote>{escape(text)}</blockquote>" for text in _texts(one.content))
    fault = f"<p class=bad>{escape(one.fault)}</p>" if one.fault else ""
    given = escape(json.dumps(one.given, ensure_ascii=False, indent=1))
    return (
        f"<article><h3>{escape(one.id)} <small>{escape(one.cluster)}</small></h3>{fault}<ul>{reasons}</ul>{texts}"
        f"<details><summary>What was given</summary><pre>{given}</pre></details></article>"
    )


def _texts(content: Any) -> list[str]:
    """Every text of an answer, wherever in it one stands under the name `text`."""
    if isinstance(content, dict):
        own = [content["text"]] if isinstance(content.get("text"), str) else []
        return own + [text for key, value in content.items() if key != "text" for text in _texts(value)]
    return [text for value in content for text in _texts(value)] if isinstance(content, list) else []
