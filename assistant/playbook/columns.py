"""A column as it is given → the expression that types it, and the condition under which its value is of no use."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.playbook.tables import Shape


def typed(name: str, kind: str, given: Mapping[str, str]) -> str:
    """The SQL of a column's value in its own type; `given`: DuckDB's types of the columns that are there."""
    if name not in given:
        return f"null::{kind}"
    column = f'"{name}"'
    if kind == "JSON":
        return _json(name, given)
    if given[name] == kind:
        return f"nullif({column}, '')" if given[name] == "VARCHAR" and kind == "VARCHAR" else column
    if kind == "VARCHAR[]":
        return f"string_split(coalesce({column}::varchar, ''), '|')"
    if given[name] != "VARCHAR" and kind in ("TIMESTAMP", "DATE") and given[name].startswith(("TIMESTAMP", "DATE")):
        return f"{column}::{kind}"
    text = f"nullif(trim({column}::varchar), '')"
    if kind == "TIMESTAMP":
        # A stamp with a zone is brought to the institution's own time; one without is in it.
        return f"try_cast({text} as timestamptz)::timestamp"
    if kind == "DATE":
        return f"try_cast(try_cast({text} as timestamptz)::timestamp as date)"
    return text if kind == "VARCHAR" else f"try_cast({text} as {kind})"


def unusable(name: str, shape: Shape, given: Mapping[str, str], value: str) -> str:
    """A condition that holds where a column's value cannot be used; empty where every value can."""
    kind, conditions = shape.columns[name], []
    written = given[name] == "VARCHAR"
    text = f"nullif(trim(\"{name}\"::varchar), '')" if written else f'"{name}"'
    if name in shape.needed:
        conditions.append(_blank(f'"{name}"') if written else f"{text} is null")
    if kind not in ("VARCHAR", "JSON", "VARCHAR[]") and given[name] != kind:
        conditions.append(f"({text} is not null and {value} is null)")
    if kind == "JSON":
        raw = _json(name, given)
        conditions.append(f"case when {raw} is null or json_valid({raw}) then false else not {_blank(raw)} end")
    if shape.sound and name in shape.sound:
        conditions.append(f"not ({_with(shape.sound[name], name, value)})")
    return f"({' or '.join(conditions)})" if conditions else ""


def _with(condition: str, name: str, value: str) -> str:
    words = condition.split(" ")
    return " ".join(f"({value})" if word == name else word for word in words)


def _json(name: str, given: Mapping[str, str]) -> str:
    """The text of a column that holds JSON, or of one that Parquet or a database keeps as a structure."""
    return f'"{name}"::varchar' if given[name] in ("VARCHAR", "JSON") else f'to_json("{name}")::varchar'


def _blank(text: str) -> str:
    """Whether a text is unknown, empty or spaces; hardly one begins with a space, and to trim them all takes long."""
    return f"case when {text} >= '!' then false else coalesce(trim({text}), '') = '' end"
