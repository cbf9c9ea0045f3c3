"""Proposals as they lie in a file: written by the harvest, read again when one is to be admitted."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from assistant.errors import FileError, PackError, Problem, UnknownId
from assistant.packs.entries import build
from assistant.packs.source import Unreadable, read
from eval.harvest.terms import Kind

HEAD = """\
# Reviewers' repeated edits. Nothing here has any effect: copydesk eval admit FILE ID tries one on the suites, and files
# it as a change of the knowledge, which a second person then approves.
"""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Evidence(_Part):
    """One time that it was done: in which draft of which text, by whom, when."""

    draft: str
    text: str
    campaign: str
    by: str
    at: str


class Proposed(_Part):
    """One proposal: `old` became `new`. `clause` sets an entry's values, `words` adds to its lists. `digest`: the
    entry's text that it was made from."""

    id: str = Field(min_length=1)
    kind: Kind
    section: str = Field(min_length=1)
    entry: str = Field(min_length=1)
    digest: str
    locale: str
    old: str = Field(min_length=1)
    new: str
    set: dict[str, Any] = Field(default_factory=dict)
    add: dict[str, list[Any]] = Field(default_factory=dict)
    texts: int = Field(ge=1)
    campaigns: tuple[str, ...]
    people: tuple[str, ...]
    evidence: tuple[Evidence, ...]

    @model_validator(mode="after")
    def _does_something(self) -> Proposed:
        if bool(self.set) == bool(self.add):
            raise ValueError("it neither sets nor adds anything, or does both; harvest it anew")
        return self


def id_of(entry: str, old: str, new: str) -> str:
    """A proposal's id, by what it changes."""
    told = "\0".join((entry, old, new))
    return f"p-{hashlib.sha256(told.encode()).hexdigest()[:10]}"


def told(proposals: list[Proposed], unproposed: list[dict[str, Any]]) -> str:
    """The file."""
    kept = [one.model_dump(mode="json", exclude_defaults=True) for one in proposals]
    content = {"proposals": kept, "unproposed": unproposed}
    return HEAD + yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=10_000)


def proposal_of(path: Path, own: str) -> Proposed:
    """A proposal of a file by id. FileError, UnknownId, or PackError with every line that is wrong."""
    if not path.is_file():
        raise FileError(f"There is no file {path}.", "Name the proposals.yaml that copydesk eval harvest wrote.")
    try:
        source = read(path, str(path))
    except Unreadable as error:
        raise PackError([error.problem], what="The proposals") from error
    content = source.content if isinstance(source.content, dict) else {}
    listed = content.get("proposals")
    if not isinstance(listed, list):
        problem = Problem(str(path), 1, "there is no list “proposals”", "harvest anew, or name the right file")
        raise PackError([problem], what="The proposals")
    found: dict[str, Proposed] = {}
    for place, raw in enumerate(listed):
        one = build(Proposed, raw, source, ("proposals", place))
        if one is not None and one.id in found:
            line = source.line(("proposals", place, "id"))
            source.problems.append(Problem(str(path), line, f"the id “{one.id}” stands twice", "remove one of them"))
        elif one is not None:
            found[one.id] = one
    if source.problems:
        raise PackError(source.problems, what="The proposals")
    if own not in found:
        raise UnknownId("proposal", own, found)
    return found[own]
