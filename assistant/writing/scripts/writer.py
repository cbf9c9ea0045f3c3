"""The script writer: a customer's record and an action in, a checked script out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from assistant.checks.engine import CheckEngine
from assistant.domain.action import Action
from assistant.domain.pack import Pack
from assistant.domain.script import Script
from assistant.domain.values import Locale
from assistant.errors import InputError
from assistant.playbook.record import Record
from assistant.writing.scripts.scene import Scene
from assistant.writing.scripts.talk import Talk, talk_of

LATER = ("one_a_day", "cooldown", "frequency", "quiet_hours")
"""What holds an action back only for now: its script may be read beforehand."""
PERSONAL = ("suitability", "elder", "trust")
"""Kinds of rules that forbid a product to a person, whatever is said of it."""


class WritesScripts(Protocol):
    """What writes scripts, by a model or by the pack's lines."""

    def write(self, record: Record, trigger: str, locale: Locale | None = None) -> Script: ...


@dataclass(frozen=True)
class ScriptWriter:
    """Writes scripts from the pack's lines: without weights, in milliseconds, and the net under a model."""

    pack: Pack
    engine: CheckEngine
    name: str = "phrases"

    def write(self, record: Record, trigger: str, locale: Locale | None = None) -> Script:
        """The script of a trigger that fired for a customer. Raises UnknownId, and InputError where it did not fire."""
        return self.drafted(record, trigger, locale)[1]

    def drafted(self, record: Record, trigger: str, locale: Locale | None = None) -> tuple[Scene | None, Script]:
        """The script, and the scene that it is of; None where a policy keeps the action back. Raises as `write`."""
        action = self.action_of(record, trigger)
        spoken = locale or self.locale_of(record)
        talk = talk_of(self.pack, record, action, spoken)
        if action.suppressed and action.suppressed.by not in LATER:
            return None, _silent(talk, self.name)
        return self.staged(talk)

    def staged(self, talk: Talk) -> tuple[Scene, Script]:
        """The scene of a call that may be held, and its script by the pack's lines."""
        scene = Scene(self.pack, talk)
        script = scene.script(self.engine, scene.words(), self.name)
        if any(self.pack.rules[one.rule].kind in PERSONAL for one in script.findings if one.rule in self.pack.rules):
            # A law that the plan does not know keeps graded products from this customer: what is left has none.
            scene = Scene(self.pack, talk_of(self.pack, talk.record, talk.action, talk.locale, graded=False))
            script = scene.script(self.engine, scene.words(), self.name)
        return scene, script

    def action_of(self, record: Record, trigger: str) -> Action:
        """The action of a trigger, the one of most worth where it fired more than once."""
        self.pack.trigger(trigger)
        found = [one for one in record.actions if one.trigger == trigger]
        if not found:
            fired = ", ".join(sorted({one.trigger for one in record.actions})) or "nothing"
            what = f"{trigger} has not fired for {record.standing.customer} as of {record.now:%Y-%m-%d %H:%M}."
            raise InputError(what, f"Fired: {fired}.")
        return max(found, key=lambda one: (one.suppressed is None, one.score))

    def locale_of(self, record: Record) -> Locale:
        """The customer's own language, else the pack's first."""
        return next((own for own in self.pack.locales if own == record.locale), self.pack.locales[0])


def _silent(talk: Talk, writer: str) -> Script:
    """No script where a policy keeps the action back: the reason stands in its place."""
    assert talk.action.suppressed is not None
    return Script(
        customer_id=talk.record.standing.customer,
        trigger=talk.action.trigger,
        sections=(),
        plan=(),
        spoken_seconds=0.0,
        verdict="block",
        findings=(),
        writer=writer,
        locale=talk.locale,
        why=f"{talk.action.suppressed.by}: {talk.action.suppressed.why}",
        status="not_applicable",
    )
