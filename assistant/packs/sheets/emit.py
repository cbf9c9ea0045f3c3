"""Values → YAML in one line, in the hand of the pack: `{money: 10000}`, `"2.20%"`, `24 months`."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

import yaml

# Plain YAML would be right for these too, but a reader takes them for numbers, and the pack quotes them.
_QUOTED = re.compile(r"^[\d+-][\d-]*$|%$|:")


def flow(value: Any, quoted: bool = False) -> str:
    """A value in flow style, right in every place of a YAML file; `quoted` puts a text in quotes that needs none."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{flow(key)}: {flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(flow(one) for one in value) + "]"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False) if quoted or not _plain(value) else value
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def block(entry: dict[str, Any], indent: int) -> str:
    """An entry of a list: a dash, a key a line, each value in flow style; without a line end."""
    lines = [f"{flow(key)}: {flow(value)}" for key, value in entry.items()]
    return " " * indent + "- " + f"\n{' ' * (indent + 2)}".join(lines)


def _plain(text: str) -> bool:
    if _QUOTED.search(text):
        return False
    written = yaml.safe_dump([text], default_flow_style=True, allow_unicode=True, width=10**9)
    return written.strip() == f"[{text}]"
