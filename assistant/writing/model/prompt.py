"""Prompts on disk: YAML front matter and sandboxed Jinja, `prompts/<task>/<name>.v<N>.md`."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.domain.values import Locale
from assistant.errors import FileError

if TYPE_CHECKING:
    from jinja2 import Template

Message = dict[str, str]
_FILE = re.compile(r"\.v(\d+)\.md$")
_FRONT = re.compile(r"\A---\n(.*?)^---\n(.*)\Z", re.DOTALL | re.MULTILINE)
_USER = re.compile(r"^---user---\n", re.MULTILINE)
_SECTION = re.compile(r"^---([a-z ]+)---\n", re.MULTILINE)
FIRST = "rules"
"""The name of what stands before the first mark."""


class Front(BaseModel):
    """The front matter. `answer` names the answer's schema; `budget` holds tokens by what they are spent on."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str
    version: int = Field(ge=1)
    locales: tuple[Locale, ...]
    answer: str = Field(alias="schema")
    budget: dict[str, int] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Prompt:
    """A rendered prompt. `version` is eight hexadecimal digits over the file's content; `sections` are its parts in
    order: role, name, text."""

    id: str
    version: str
    sections: tuple[tuple[str, str, str], ...]

    @property
    def messages(self) -> tuple[Message, ...]:
        """What is sent; a message without words is left out."""
        turns = groupby(self.sections, key=lambda section: section[0])
        told = [(role, "".join(text for _, _, text in parts).strip()) for role, parts in turns]
        return tuple({"role": role, "content": text} for role, text in told if text)

    def then(self, *sections: tuple[str, str, str]) -> Prompt:
        """This prompt with more turns behind it: word for word the same before them, as a prefix cache wants it."""
        return Prompt(self.id, self.version, (*self.sections, *sections))


@dataclass(frozen=True)
class PromptFile:
    """A prompt as it stands in its file, ready to be rendered any number of times."""

    front: Front
    version: str
    sections: tuple[tuple[str, str, Template], ...]
    text: str = ""

    @property
    def named(self) -> str:
        """Id, version and content: `write.v1@1a2b3c4d`."""
        return f"{self.front.id}.v{self.front.version}@{self.version}"

    def about(self, count_tokens: Callable[[str], int]) -> int:
        """Tokens that a prompt has, about: the file's, and as many of evidence as its budget lets in."""
        return count_tokens(self.text) + self.front.budget.get("evidence_tokens", 0)

    def render(self, values: Mapping[str, Any]) -> Prompt:
        """The messages; an empty system section gives none. FileError where the template asks for what is not there."""
        from jinja2 import TemplateError

        try:
            sections = tuple((role, name, template.render(values)) for role, name, template in self.sections)
        except TemplateError as error:
            raise FileError(f"The prompt {self.front.id} cannot be rendered: {error}.", "Mend its template.") from error
        return Prompt(self.front.id, self.version, sections)


def load_prompt(root: Path, task: str, version: int | None = None) -> PromptFile:
    """The prompt of a task below `root`, in the version asked for, else in its highest.

    Raises FileError, with the file's name, where there is none or it cannot be read.
    """
    found = {int(match[1]): path for path in (root / task).glob("*.md") if (match := _FILE.search(path.name))}
    number = version if version is not None else max(found, default=0)
    if number not in found:
        raise FileError(f"There is no prompt for {task} in {root}.", f"Write {task}/{task}.v{number or 1}.md.")
    return _read(found[number])


def _read(path: Path) -> PromptFile:
    from jinja2 import StrictUndefined, TemplateSyntaxError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    try:
        text = path.read_text("utf-8").replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError) as error:
        raise FileError(f"{path} cannot be read: {error}.") from error
    parts = _FRONT.match(text)
    roles = _USER.split(parts[2]) if parts else []
    if parts is None or len(roles) != 2:
        raise FileError(f"{path} is no prompt.", "It needs front matter and one line ---user--- between two sections.")
    room = ImmutableSandboxedEnvironment(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    try:
        front = Front.model_validate(yaml.safe_load(parts[1]))
        sections = tuple(
            (role, name, room.from_string(section))
            for role, text in zip(("system", "user"), roles, strict=True)
            for name, section in _parts(text)
        )
    except (yaml.YAMLError, ValidationError, TemplateSyntaxError) as error:
        raise FileError(f"{path} cannot be used: {error}.", "Mend it.") from error
    return PromptFile(front, hashlib.sha256(text.encode()).hexdigest()[:8], sections, parts[2])


def _parts(text: str) -> list[tuple[str, str]]:
    """The named parts of a message: `---name---` on a line of its own begins one."""
    first, *rest = _SECTION.split(text)
    return [(FIRST, first), *zip(rest[::2], rest[1::2], strict=True)]
