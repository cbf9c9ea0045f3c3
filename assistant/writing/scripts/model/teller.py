"""A call in a model's words: asked for, and asked for once more with what the checks found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.domain.call import Call, Cut
from assistant.domain.finding import Finding
from assistant.domain.pack import Pack
from assistant.writing.model.asking import Asking, told
from assistant.writing.model.prompt import Message
from assistant.writing.scripts.model.asked import wanted
from assistant.writing.scripts.model.outline import outline_of
from assistant.writing.scripts.model.prompter import ScriptPrompter
from assistant.writing.scripts.model.said import Said, said_by, texts_of
from assistant.writing.scripts.scene import Scene

MOST_FINDINGS = 12
"""Findings that a repair tells: more of them are the same fault again."""


@dataclass(frozen=True)
class Teller:
    """Asks a model for the words of a scene."""

    pack: Pack
    asking: Asking
    prompter: ScriptPrompter

    @property
    def name(self) -> str:
        """The model and the versions of its prompts."""
        return self.asking.name

    async def write(self, scene: Scene, calls: list[Call], within_s: float) -> Said:
        """The words, within so many seconds; the call is added to `calls`. Raises ModelUnavailable, ModelAnswer."""
        prompt, cut = self.prompter.prompt(outline_of(self.pack, scene))
        return await self._ask("write", scene, prompt.messages, calls, within_s, cut)

    async def repair(
        self, scene: Scene, said: Said, findings: Sequence[Finding], calls: list[Call], within_s: float
    ) -> Said:
        """One round of mending. Raises as `write` does."""
        return await self._ask("repair", scene, self.mending(scene, said, findings), calls, within_s)

    def mending(self, scene: Scene, said: Said, findings: Sequence[Finding]) -> tuple[Message, ...]:
        """The conversation that asks for mended words."""
        own = "\n".join(text for _, text in texts_of(said.content))
        hidden = sorted(scene.voice.private())
        found = [told(one, own, hidden) for one in findings if one.severity == "block"]
        distinct = list({(one["message"], one["span"]): one for one in found}.values())
        first = self.prompter.prompt(outline_of(self.pack, scene))[0].messages
        return self.asking.mending(first, said.content, {"findings": distinct[:MOST_FINDINGS]})

    async def _ask(
        self,
        kind: Literal["write", "repair"],
        scene: Scene,
        messages: Sequence[Message],
        calls: list[Call],
        within_s: float,
        cut: Sequence[Cut] = (),
    ) -> Said:
        asked = wanted(self.pack, outline_of(self.pack, scene))
        schema, accept = asked.schema(exact=True), asked.schema(exact=False)
        content, call = await self.asking.ask(kind, messages, schema, accept, cut, within_s)
        calls.append(call)
        return said_by(scene.composer, asked, content)
