"""What the page says when there is nothing yet, and when something cannot be done."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from assistant.errors import (
    CopydeskError,
    DiskFull,
    IndexDamaged,
    InputError,
    ModelError,
    Refused,
    Stale,
    StoreError,
    UnknownId,
)
from ui.parts.html import NONE, html
from ui.words import Words

LONGEST = 80
"""Characters that are shown of an id that is in no list."""
KINDS: Mapping[type[CopydeskError], str] = {
    UnknownId: "unknown", ModelError: "model", StoreError: "store", DiskFull: "disk", IndexDamaged: "index",
}  # fmt: skip
"""What the words of an error without a code stand under."""


class Worded(InputError):
    """What a page refuses by itself: it is worded in the page's language."""


def empty(words: Words, page: str) -> Markup:
    """Why the place is empty, and the next step."""
    template = '<div class="cd-empty"><p class="cd-empty-title">{title}</p><p>{next}</p></div>'
    return html(template, title=words(f"{page}.empty_title"), next=words(f"{page}.empty"))


def trouble(error: CopydeskError, words: Words) -> Markup:
    """An error of ours in words: what is wrong, and the mend. The desk's own words are English."""
    title = words("error.title" if isinstance(error, InputError) else "error.desk")
    return told(title, f"{error.what} {error.mend}", "en")


def refusal(error: CopydeskError, words: Words) -> Markup:
    """A refusal in the page's language, where its rule or its kind has words of its own; else as the desk tells it."""
    if isinstance(error, Worded):
        return told(words("error.title"), error.what, words.locale)
    if not (key := _key(error, words)):
        return trouble(error, words)
    by = error.by if isinstance(error, Stale) else ""
    given = error.given[:LONGEST] if isinstance(error, UnknownId) else ""
    return html(
        '<div class="cd-trouble" role="alert"><p>{what}{where}</p>{detail}</div>',
        what=words(key, by=by, given=given),
        where=_where(error, words),
        detail=NONE if _said(error) else _detail(error),
    )


def _key(error: CopydeskError, words: Words) -> str | None:
    """The key of the words of a refusal; a rule about who may be offered what has them where the matrix tells it."""
    if isinstance(error, Refused):
        return next((key for key in (f"refused.{error.code}", f"refusal.{error.code}") if key in words.table), None)
    return next((f"refused.{own}" for kind, own in KINDS.items() if isinstance(error, kind)), None)


def _said(error: CopydeskError) -> bool:
    """Whether the words of a kind say all that there is; a fault of the desk has more, for whoever runs it."""
    return isinstance(error, (Refused, UnknownId))


def _where(error: CopydeskError, words: Words) -> Markup:
    """The ids that say what exactly, or those that were perhaps meant."""
    if isinstance(error, UnknownId):
        return html(" {near}", near=words("refused.near", names=", ".join(error.close))) if error.close else NONE
    where = error.where if isinstance(error, Refused) else ""
    return html(" <code>{where}</code>", where=where) if where else NONE


def _detail(error: CopydeskError) -> Markup:
    return html('<p class="cd-quiet" lang="en">{what}</p>', what=f"{error.what} {error.mend}".strip())


def told(title: str, what: str, language: str) -> Markup:
    """A message that something cannot be done, read out at once."""
    template = (
        '<div class="cd-trouble" role="alert"><p><strong>{title}</strong></p><p lang="{language}">{what}</p></div>'
    )
    return html(template, title=title, what=what, language=language)
