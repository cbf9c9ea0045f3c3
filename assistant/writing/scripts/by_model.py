"""A script by the model: its words through the same proof, one round of mending, the pack's lines under it as a net."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from typing import Any

from assistant.domain.call import Call
from assistant.domain.finding import Finding, verdict_of
from assistant.domain.script import Script, Section
from assistant.domain.values import Locale
from assistant.errors import ModelError, ModelUnavailable
from assistant.playbook.record import Record
from assistant.writing.scripts.model.said import Said, lacking
from assistant.writing.scripts.model.teller import Teller
from assistant.writing.scripts.scene import Scene
from assistant.writing.scripts.writer import ScriptWriter

FIGURE = "HOUSE-FIGURE"
OWN_SHARE = 0.9
"""Of the deadline, what a call of the model may take: it can then say itself what was wrong, before the wait ends."""
Wait = Callable[[Coroutine[Any, Any, None], float], None]
"""Runs a coroutine and is back within so many seconds, whatever it does. Raises ModelUnavailable where it is late."""


@dataclass
class Tried:
    """What the model gave: a script that may be said, its calls, its faults by name, what was wrong in the end."""

    script: Script | None = None
    calls: list[Call] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    why: str = ""


@dataclass(frozen=True)
class ModelScripts:
    """Writes scripts by a model. The pack's lines are ready before it is asked, so nobody waits for more than it.

    `deadline_s`: seconds that the model has in all, its repair included.
    """

    phrases: ScriptWriter
    teller: Teller
    wait: Wait
    deadline_s: float

    def write(self, record: Record, trigger: str, locale: Locale | None = None) -> Script:
        """The script of a trigger that fired; by the lines, marked, where the model's cannot be said.

        Raises UnknownId, and InputError where the trigger did not fire; nothing for what the model did.
        """
        scene, net = self.phrases.drafted(record, trigger, locale)
        if scene is None:
            return net
        tried = Tried()
        try:
            self.wait(self._try(scene, tried, time.monotonic() + OWN_SHARE * self.deadline_s), self.deadline_s)
        except ModelError as error:
            tried.faults += [*error.met, error.fault]
            tried.why = "; ".join(filter(None, [tried.why, str(error)]))
        kept = {"calls": tuple(tried.calls), "faults": tuple(tried.faults)}
        if tried.script is not None:
            return tried.script.model_copy(update=kept)
        why = "; ".join(filter(None, [net.why, tried.why]))
        return net.model_copy(update={"status": "fallback", "why": why, **kept})

    async def _try(self, scene: Scene, tried: Tried, until: float) -> None:
        """Ask, prove, have it mended once; `until` in monotonic seconds. Raises ModelError."""
        said = await self.teller.write(scene, tried.calls, _left(until))
        script = self._proved(scene, said)
        if script.verdict == "block":
            tried.faults += tried.calls[-1].met
            tried.why = _blocked(script.findings)
            said = await self.teller.repair(scene, said, script.findings, tried.calls, _left(until))
            script = self._proved(scene, said)
        tried.faults += tried.calls[-1].met
        if script.verdict == "block":
            tried.faults.append("blocked")
            tried.why = _blocked(script.findings)
            return
        tried.script, tried.why = script, ""

    def _proved(self, scene: Scene, said: Said) -> Script:
        """The model's words as a script, held to what any script is held to, and to what only a model may forget."""
        script = scene.script(self.phrases.engine, scene.words(said), self.teller.name)
        findings = [*script.findings, *lacking(said), *_figures(script.sections)]
        return script.model_copy(update={"findings": tuple(findings), "verdict": verdict_of(findings)})


def _left(until: float) -> float:
    """Seconds until a moment. ModelUnavailable where there are none: no server is to blame for a question too late."""
    left = until - time.monotonic()
    if left <= 0:
        raise ModelUnavailable("No time is left to ask the model once more.", fault="late")
    return left


def _figures(sections: Sequence[Section]) -> list[Finding]:
    """Figures of the model's own making: nothing in the catalogue or of the customer's carries them."""
    message = "A figure that no slot carries. Say it in words without a figure, or use a slot."
    loose = [claim.text for section in sections for claim in section.claims if claim.status != "bound"]
    return [
        Finding(rule=FIGURE, severity="block", start=0, end=0, text=text, message=message, reference="")
        for text in dict.fromkeys(loose)
    ]


def _blocked(findings: Sequence[Finding]) -> str:
    rules = Counter(finding.rule for finding in findings if finding.severity == "block")
    named = ", ".join(f"{rule} ({count})" for rule, count in rules.most_common())
    return f"the model's script did not pass the checks: {named}"
