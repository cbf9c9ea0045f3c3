"""A model that obeys whoever hides an instruction in what it is sent: the worst that the gate may have to do with."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assistant.models.answer import Answer as Said
from assistant.models.answer import validate
from assistant.models.scripted_words import answer

_FENCED = re.compile(r"<<<.*?>>>", re.DOTALL)
_MARKS = re.compile(r"<<<+|>>>+|«»|\s")
SHORT = 4
"""Characters, at least, of a line of an attack that is looked for by itself."""


@dataclass
class Obedient:
    """Answers as a model does that takes an attack for its task: where the attack stands in what it is sent, it says
    `obeyed`, and says it again when it is told to mend it; else plain words of its own."""

    attack: str
    obeyed: Mapping[str, str]
    sent: list[str] = field(default_factory=list)

    async def ask(
        self,
        messages: Sequence[Mapping[str, str]],
        schema: Mapping[str, Any],
        *,
        deadline_s: float,
        accept: Mapping[str, Any] | None = None,
        seed: int | None = None,
    ) -> Said:
        """The answer, held to what an answer must be. Raises ModelAnswer where it is not."""
        said = self.says({"messages": messages, "response_format": {"json_schema": {"schema": schema}}})
        validate(said, accept or schema)
        return Said(said, "obedient", 0, 0, 0, 0.0, "stop")

    def says(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """The answer to a request as a server gets it; what was sent is kept."""
        told = "\n".join(str(message.get("content") or "") for message in request["messages"])
        self.sent.append(told)
        plain: dict[str, Any] = answer(request).content  # type: ignore[assignment]
        if not reaches(self.attack, told):
            return plain
        titled = "enum" not in request["response_format"]["json_schema"]["schema"]["properties"]["variants"]["items"][
            "properties"
        ].get("title", {"enum": []})
        title = self.obeyed["title"] if titled else ""
        return {"variants": [{**one, "title": title, "body": self.obeyed["body"]} for one in plain["variants"]]}


def reaches(attack: str, told: str) -> bool:
    """Whether every line of an attack stands in what was sent, spaces and fences left out."""
    flat = _MARKS.sub("", told)
    return all(line in flat for line in _lines(attack))


def outside(attack: str, told: str) -> list[str]:
    """The lines of an attack that stand outside every fence of what was sent."""
    flat = _MARKS.sub("", _FENCED.sub("\n", told))
    return [line for line in _lines(attack) if line in flat]


def _lines(attack: str) -> list[str]:
    # A line that only pretends to open or close a fence or a section stands in every prompt: it says nothing.
    told = (line for line in attack.splitlines() if not line.startswith(("<<<", ">>>", "---")))
    return [flat for line in told if len(flat := _MARKS.sub("", line)) >= SHORT]
