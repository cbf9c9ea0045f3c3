"""What the page says when there is nothing yet, and when something cannot be done."""

from __future__ import annotations

from markupsafe import Markup

from assistant.errors import CopydeskError, InputError, Refused, Stale
from ui.parts.html import html
from ui.words import Words


def empty(words: Words, page: str) -> Markup:
    """Why the place is empty, and the next step."""
    template = '<div class="cd-empty"><p class="cd-empty-title">{title}</p><p>{next}</p></div>'
    return html(template, title=words(f"{page}.empty_title"), next=words(f"{page}.empty"))


def trouble(error: CopydeskError, words: Words) -> Markup:
    """An error of ours in words: what is wrong, and the mend. The desk's own words are English."""
    title = words("error.title" if isinstance(error, InputError) else "error.desk")
    return told(title, f"{error.what} {error.mend}", "en")


def refusal(error: CopydeskError, words: Words) -> Markup:
    """A refusal in the page's language, where its rule has words of its own; else as the desk tells it."""
    key = f"refused.{error.code}" if isinstance(error, Refused) else ""
    if key not in words.table:
        return trouble(error, words)
    by = error.by if isinstance(error, Stale) else ""
    return html('<div class="cd-trouble" role="alert"><p>{what}</p></div>', what=words(key, by=by))


def told(title: str, what: str, language: str) -> Markup:
    """A message that something cannot be done, read out at once."""
    template = (
        '<div class="cd-trouble" role="alert"><p><strong>{title}</strong></p><p lang="{language}">{what}</p></div>'
    )
    return html(template, title=title, what=what, language=language)
