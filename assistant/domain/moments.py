"""Days and times as people and programs write them. A bare number is neither: it does not say what it counts."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from pydantic import BeforeValidator


def _written(value: Any) -> Any:
    if isinstance(value, int | float) or (isinstance(value, str) and _is_number(value)):
        raise ValueError("a number is no time; write 2026-11-23T10:00, or 2026-11-23 for a day")
    return value


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


When = Annotated[dt.datetime, BeforeValidator(_written)]
Day = Annotated[dt.date, BeforeValidator(_written)]
