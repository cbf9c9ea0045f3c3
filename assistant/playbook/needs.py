"""Of which events the attributes are looked at: the others' need not be taken apart."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

import duckdb

from assistant.domain.pack import Pack
from assistant.playbook.database import Clock
from assistant.playbook.tables import ATTRIBUTES

_PLAIN = {"event_id", "customer_id", "at", "day", "kind", "amount"}
_TAKEN = {*ATTRIBUTES, "own"}
"""Columns of an event that come out of its attributes."""
_BY_ATTRIBUTE = ("that_type", "that_device", "that_address")


def needed(pack: Pack, clock: Clock) -> str:
    """A condition over an event's plain columns that holds for all causes and for whatever a measure or policy may look
    into. It is read off the filters of the pack's measures: where one names an attribute, what else it asks for counts.
    """
    conditions = [f"\"at\" > timestamp '{clock.since}'"]
    if pack.contact:
        conditions.append(f"kind = 'touch_sent' and \"at\" > timestamp '{clock.now - pack.contact.window}'")
    measures = list(pack.measures.values())
    parser = duckdb.connect(":memory:")
    try:
        tree = _tree(parser, ", ".join(f"({clock.said(one.sql)})" for one in measures) or "null")
        alternatives: dict[frozenset[str], list[Any]] = {}
        for one, node in zip(measures, tree["statements"][0]["node"]["select_list"], strict=False):
            for filters in _looked_into(node, one.per in _BY_ATTRIBUTE):
                plain = [condition for condition in filters if set(_columns(condition)) <= _PLAIN]
                if not plain:
                    return "true"
                alternatives[frozenset(json.dumps(_placeless(one)) for one in plain)] = plain
        # What asks for more is let through by what asks for less.
        least = [plain for key, plain in alternatives.items() if not any(other < key for other in alternatives)]
        if least:
            joined = _joined("OR", [_joined("AND", plain) for plain in least])
            tree["statements"][0]["node"]["select_list"] = [joined]
            said = parser.execute("select json_deserialize_sql(?::json)", [json.dumps(tree)]).fetchall()[0][0]
            conditions.append(said.removeprefix("SELECT "))
    finally:
        parser.close()
    return " or ".join(f"({condition})" for condition in conditions)


def _tree(parser: duckdb.DuckDBPyConnection, expressions: str) -> Any:
    return json.loads(parser.execute("select json_serialize_sql(?)", [f"select {expressions}"]).fetchall()[0][0])


def _looked_into(node: Any, grouped: bool) -> Iterator[Sequence[Any]]:
    """The filters of the aggregates that name an attribute, none for one without; `grouped`: all are counted by one."""
    if isinstance(node, list):
        for one in node:
            yield from _looked_into(one, grouped)
    elif isinstance(node, dict):
        taken = grouped or bool(_TAKEN & set(_columns(node)))
        if node.get("filter"):
            yield from [_all_of(node["filter"])] if taken else []
        elif node.get("class") == "COLUMN_REF" or (node.get("class") == "FUNCTION" and not node["arguments"]):
            yield from [[]] if taken else []
        else:
            for value in node.values():
                yield from _looked_into(value, grouped)


def _columns(node: Any) -> Iterator[str]:
    if isinstance(node, list):
        for one in node:
            yield from _columns(one)
    elif isinstance(node, dict):
        if node.get("class") == "COLUMN_REF":
            yield node["column_names"][-1]
        for value in node.values():
            yield from _columns(value)


def _all_of(condition: Any) -> list[Any]:
    if condition["type"] == "CONJUNCTION_AND":
        return [one for child in condition["children"] for one in _all_of(child)]
    return [condition]


def _joined(word: str, conditions: Sequence[Any]) -> Any:
    if len(conditions) == 1:
        return conditions[0]
    node = {"class": "CONJUNCTION", "type": f"CONJUNCTION_{word}", "alias": "", "query_location": 0}
    return {**node, "children": list(conditions)}


def _placeless(node: Any) -> Any:
    """A condition without where it stood."""
    if isinstance(node, dict):
        return {key: _placeless(value) for key, value in node.items() if not key.startswith("query_location")}
    return [_placeless(one) for one in node] if isinstance(node, list) else node
