"""Other words for a kept text by a person's wish: made by whoever writes here, kept beside the text itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from assistant.domain.call import Call
from assistant.domain.draft import Kept, Variant
from assistant.domain.person import Person
from assistant.review.rules import Wish, judge
from assistant.review.workflow import Workflow
from assistant.writing.drafts import Job
from assistant.writing.rewrite import Rewriter

Rows = Callable[[Sequence[str]], Mapping[str, Mapping[str, Any]]]


class Drafts(Protocol):
    """What keeps drafts."""

    def kept(self, draft: str) -> Kept: ...
    def put_beside(self, kept: Kept, variant: Variant, made: Sequence[Call]) -> Variant: ...


@dataclass(frozen=True)
class Reworded:
    """What became of a wish: the text that it was about, the new one where there is one, else why there is none."""

    kept: Kept
    fresh: Variant | None
    why: str
    faults: Sequence[str] = ()


@dataclass(frozen=True)
class Rewording:
    """Rewords kept texts. `job`: what one was written for, as a writer gets it today."""

    rewriter: Rewriter
    drafts: Drafts
    job: Callable[[Kept], Job]
    rows: Rows
    workflow: Workflow

    async def reword(self, draft: str, note: str, sentence: str = "") -> Reworded:
        """Another wording of a draft, or of one `sentence` of it. Raises UnknownId, InputError, ModelError."""
        kept = self.drafts.kept(draft)
        done = await self.rewriter.rewrite(kept, self.job(kept), note, sentence)
        fresh = self.drafts.put_beside(kept, done.after, done.calls) if done.after else None
        return Reworded(kept, fresh, done.why, done.faults)

    async def wish(self, own: str, note: str, by: Person, now: dt.datetime) -> Reworded:
        """Another wording of an item's present text, for who may change it. Raises as `reword` does, Forbidden,
        Refused."""
        with self.workflow.books.book() as book:
            judge(book.items([own])[own], Wish("edit", by), None, now)
        return await self.reword(self.rows([own])[own]["id"], note)
