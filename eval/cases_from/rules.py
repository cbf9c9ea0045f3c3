"""Every rule's own examples as cases: what it must flag, and lawful words that look alike."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant.bootstrap.desk import Desk


def cases(desk: Desk) -> Iterator[dict[str, Any]]:
    """A case an example; the cluster is the rule. Days are told as text, as JSON has them."""
    for own, rule in desk.pack.rules.items():
        for flags, examples in ((True, rule.must_flag), (False, rule.must_pass)):
            for number, raw in enumerate(examples, 1):
                yield {
                    "id": f"{own}/{'flag' if flags else 'pass'}-{number:02}",
                    "cluster": own,
                    "given": json.loads(json.dumps(raw, default=str)),
                    "expected": {"rule": own, "flags": flags},
                }
