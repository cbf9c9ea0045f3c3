"""What all values that are read from a pack have in common."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict

from assistant.domain.values import LOCALES, Period, Text, Texts, parse_period


class Entry(BaseModel):
    """A frozen value whose unknown keys are errors, so that a typing slip is found and not ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


def _every_locale(text: Text) -> Text:
    missing = [locale for locale in LOCALES if not text.get(locale)]
    if missing:
        raise ValueError(f"the text is missing in {', '.join(missing)}; write it in every locale")
    return text


def _as_list(raw: object) -> object:
    return [raw] if isinstance(raw, str) else raw


FullText = Annotated[Text, AfterValidator(_every_locale)]
"""A text that must exist in every locale."""

Listed = Annotated[tuple[str, ...], BeforeValidator(_as_list)]
"""One word or a list of words."""

Window = Annotated[Period, BeforeValidator(lambda raw: raw if isinstance(raw, Period) else parse_period(raw))]
"""`2026-01-01/` or `2026-01-01/2026-12-31`."""

__all__ = ["Entry", "FullText", "Listed", "Text", "Texts", "Window"]
