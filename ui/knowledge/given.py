"""What the page's script may send."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from assistant.domain.proposal import LONGEST, ProposalAct
from ui.surface import Given

Section = Annotated[str, Field(max_length=40)]
Own = Annotated[str, Field(max_length=160)]
View = Literal["entries", "changes", "recall"]


class Looks(Given):
    """What is to be shown: an entry of a section, a change, or what a recall holds."""

    view: View = "entries"
    section: Section = ""
    item: Own = ""
    change: Own = ""
    words: str = Field(default="", max_length=200)
    mend: Literal["", "render", "write"] = ""
    after: Own = ""


class OfFact(Given):
    """The texts of a fact (`TD-24M.rate`)."""

    fact: str = Field(min_length=1, max_length=200)


class Opens(Given):
    """A form for an entry, or for a draft of a change of it."""

    section: Section = ""
    item: Own = ""
    change: Own = ""


class Typed(Given):
    """What was typed in one field."""

    path: list[Annotated[str, Field(max_length=160)]] = Field(min_length=1, max_length=8)
    words: str = Field(max_length=LONGEST)


class Proposes(Given):
    """A change: another text, or fields. `digest`: the text that it was made from; `replaces`: a draft of one's own."""

    section: Section
    item: Own
    text: str | None = Field(default=None, max_length=LONGEST)
    fields: list[Typed] | None = Field(default=None, max_length=500)
    digest: str = Field(max_length=32)
    note: str = Field(default="", max_length=2000)
    replaces: Own = ""


class Decides(Given):
    """A decision on a change, and the version of it that was looked at."""

    change: Own
    act: ProposalAct
    version: int = Field(ge=0, le=1_000_000)
    reason: str = Field(default="", max_length=40)
    comment: str = Field(default="", max_length=2000)


class Mends(Given):
    """Texts to put today's values into, each with the version that was looked at, and what is shown."""

    texts: list[tuple[Annotated[str, Field(max_length=32)], int]] = Field(min_length=1, max_length=50)
    change: Own = ""
    mend: Literal["", "render", "write"] = ""
