"""What a model answered, as the words of a script: its texts stand where the lines' would."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from assistant.domain.catalogue import Product
from assistant.domain.finding import Finding
from assistant.errors import ModelAnswer
from assistant.writing.scripts.compose import Composer, Words
from assistant.writing.scripts.model.asked import CLOSE, LEAD, OFFER, Wanted, strange

LACKS = "HOUSE-PLAN"


@dataclass(frozen=True)
class Said(Composer):
    """Composes a script of the model's texts. Opening, apology, what an unhappy customer is
    asked and promised, a machine's questions, warnings, whom to call and the way out stay lines."""

    content: Mapping[str, Any] = field(default_factory=dict)
    wanted: Wanted = field(default_factory=lambda: Wanted({}))

    def why(self) -> Words | None:
        return self._words("purpose", self.content["purpose"])

    def questions(self, count: int) -> Sequence[Words]:
        return [self._words("discovery", text) for text in self.content["discovery"]]

    def cared(self, role: str, count: int) -> Sequence[Words]:
        name = "questions" if role == "question" else role
        if name not in self.content:
            return Composer.cared(self, role, count)
        return [self._words("care", text) for text in self.content[name]]

    def offered(self) -> Sequence[Words | None]:
        plan = self.content.get("plan", {})
        if OFFER in plan:
            return [self._words("plan", plan[OFFER], self._product("plan", OFFER))]
        if not plan:
            return []
        parts = [
            self._of_plan(part.bucket, plan[part.bucket], self._product("plan", part.bucket)) for part in self.plan
        ]
        return [self._words("plan", plan[LEAD]), *parts, self._words("plan", plan[CLOSE])]

    def objections(self) -> Sequence[Words]:
        product = self._product("objections")
        return [self._words("objection", one["answer"], product, one["ask"]) for one in self.content["objections"]]

    def step(self, product: Product | None) -> Words | None:
        return self._words("next_step", self.content["next_step"], self._product("next_step"))

    def _product(self, name: str, part: str = "") -> Product | None:
        asked = self.wanted.plan[part] if part else self.wanted.texts[name]
        return self.pack.products[asked.product] if asked.product else None


def said_by(composer: Composer, wanted: Wanted, content: Mapping[str, Any]) -> Said:
    """The same call in the model's words. Raises ModelAnswer where one is empty or holds a slot not offered to it."""
    plain = _plain(content, wanted)
    for name, text in texts_of(plain):
        if not text:
            raise ModelAnswer(f"The model's {name} is empty.", fault="empty")
        slots = () if name.endswith(".ask") else _asked(wanted, name).slots
        if wrong := strange(text, slots):
            raise ModelAnswer(f"The model's {name} holds {wrong[0]}, which it was not offered.", fault="unknown_slot")
    own = {one.name: getattr(composer, one.name) for one in fields(Composer)}
    return Said(**own, content=plain, wanted=wanted)


def texts_of(content: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Every text of an answer with its name: `purpose`, `plan.steady`, `objections.ask`."""
    for name, value in content.items():
        if isinstance(value, str):
            yield name, value
        elif isinstance(value, Mapping):
            yield from ((f"{name}.{part}", text) for part, text in value.items())
        else:
            for one in value:
                yield from [(name, one)] if isinstance(one, str) else ((f"{name}.{key}", one[key]) for key in one)


def lacking(said: Said) -> list[Finding]:
    """Parts of a plan that leave out what they are about: the amount, the product's name."""
    found = []
    for part, asked in said.wanted.plan.items():
        missing = [slot for slot in asked.must if slot not in said.content["plan"][part]]
        if missing:
            message = f"plan.{part} does not say {' and '.join(missing)}: the customer must hear what it is about."
            found.append(Finding(rule=LACKS, severity="block", start=0, end=0, text="", message=message, reference=""))
    return found


def _asked(wanted: Wanted, name: str) -> Any:
    first, _, part = name.partition(".")
    return wanted.plan[part] if first == "plan" else wanted.texts[first]


def _plain(content: Mapping[str, Any], wanted: Wanted) -> dict[str, Any]:
    """The answer without control characters and line ends, lists cut to what was asked for."""
    return {name: _cleaned(value, _count(wanted, name)) for name, value in content.items()}


def _count(wanted: Wanted, name: str) -> int:
    return wanted.texts[name].count if name in wanted.texts else 0


def _cleaned(value: Any, count: int = 0) -> Any:
    if isinstance(value, str):
        return " ".join("".join(sign if sign.isprintable() else " " for sign in value).split())
    if isinstance(value, Mapping):
        return {key: _cleaned(one) for key, one in value.items()}
    return [_cleaned(one) for one in value[: count or None]]
