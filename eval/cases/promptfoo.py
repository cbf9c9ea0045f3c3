"""Cases as promptfoo writes them: variables and assertions."""

from __future__ import annotations

from typing import Any


def is_promptfoo(row: dict[str, Any]) -> bool:
    """Whether a line is a case of promptfoo's."""
    return isinstance(row.get("vars"), dict)


def of_promptfoo(row: dict[str, Any], number: str, by: str | None) -> dict[str, Any]:
    """A case of ours from one of promptfoo's. `by` is the variable that names the cluster, where its `metadata` has no
    `cluster`; without either the case has none, and is refused like any other."""
    metadata = row.get("metadata") or {}
    given = {**row["vars"], **({"text": row["output"]} if "output" in row else {})}
    return {
        "id": str(metadata.get("id") or row.get("description") or number),
        "cluster": metadata.get("cluster") or (row["vars"].get(by) if by else None),
        "given": given,
        "expected": {"assert": row.get("assert") or []},
    }
