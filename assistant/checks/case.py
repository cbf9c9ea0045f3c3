"""A lint case: a text and what is known about where it goes and to whom."""

from __future__ import annotations

import datetime as dt
import difflib
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.domain.moments import Day, When
from assistant.errors import InputError

MAX_TEXT = 100_000
"""Characters of one text; the longest e-mail has a tenth."""


class LintCase(BaseModel):
    """One text with any of the inputs that the rules look at; what is None is unknown."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str = "text"
    text: str
    channel: str | None = None
    product: str | None = None
    campaign: str | None = None
    product_type: str | None = None
    product_risk: str | None = Field(default=None, pattern=r"^R[1-5]$")
    principal_guaranteed: bool | None = None
    placement: Literal["public", "private"] | None = None
    locale: str | None = None
    market: str | None = None
    jurisdiction: str | None = None
    age: int | None = Field(default=None, ge=0, le=130)
    risk: str | None = Field(default=None, pattern=r"^C[1-5]$")
    risk_assessed_at: Day | None = None
    professional: bool | None = None
    consent: bool | None = None
    first_contact: bool | None = None
    purpose: Literal["sales", "care"] = "sales"
    send_at: When | Day | None = None
    others: tuple[str, ...] = Field(default=(), max_length=1000)
    """Names and numbers of other customers than the one who is written to."""

    @property
    def send_day(self) -> dt.date | None:
        """The day of sending, where one is given."""
        return self.send_at.date() if isinstance(self.send_at, dt.datetime) else self.send_at


def _readable(text: str, place: str) -> None:
    """InputError for what no message can be: a book, or half a character."""
    if len(text) > MAX_TEXT:
        raise InputError(f"{place}: the text has {len(text):,} characters.", f"Check {MAX_TEXT:,} at most at a time.")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise InputError(
            f"{place}: the text holds half a character (a lone surrogate) at {error.start}.", "Export it again."
        ) from None


def read_case(raw: object, place: str) -> LintCase:
    """A case from a decoded JSON value; InputError names the place, the key and the mend."""
    if not isinstance(raw, dict):
        raise InputError(f"{place}: a case is a JSON object.", 'Write {"id": "…", "text": "…"}.')
    text = raw.get("text")
    if isinstance(text, str):
        _readable(text, place)
    try:
        return LintCase.model_validate(raw)
    except ValidationError as error:
        detail: Any = error.errors(include_url=False)[0]
        key = ".".join(str(step) for step in detail["loc"]) or "the case"
        if detail["type"] == "extra_forbidden":
            close = difflib.get_close_matches(key, LintCase.model_fields, n=1)
            raise InputError(
                f"{place}: there is no key “{key}”.", f"Did you mean “{close[0]}”?" if close else ""
            ) from None
        raise InputError(f"{place}: {key}: {detail['msg']}.", "Give it the form that docs/commands.md names.") from None
