"""How long a text is, as its channel counts: characters, SMS segments, seconds of speech."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any

from assistant.domain.audience import Channel
from assistant.text.fold import HAN

_WIDE = re.compile(f"[{HAN}\u3000-\u303f\uff00-\uffef]")
_SENTENCE = re.compile(r"(?P<link>https?://\S+)|(?:(?!https?://)[^。！？；!?;.\n]|\.(?=\S)|(?<=\d)[.](?=\d))+")
BORNE = 1.5
"""A sentence may exceed the wished length of its reader's age band by this factor."""
_GSM_DOUBLE = set("|^€{}[]~\\")
_GSM = (
    set(
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
        "abcdefghijklmnopqrstuvwxyzäöñüà"
    )
    | _GSM_DOUBLE
)


def parts_of(channel: Channel, text: str) -> Iterator[tuple[str, int, int]]:
    """Name, start and end of each part; a heading is the first line of a text that has more than one."""
    first = channel.parts[0]
    if first != "body":
        line = text.find("\n")
        if line >= 0:
            yield first, 0, line
            yield "body", line + len(text[line:]) - len(text[line:].lstrip("\n")), len(text)
            return
    yield "body", 0, len(text)


def size(text: str, limit: dict[str, Any], locale: str) -> tuple[int, int | None]:
    """Characters used and allowed. Where `latin` is given, an English text is measured against that."""
    if locale == "en" and isinstance(limit.get("latin"), int):
        return len(text), limit["latin"]
    inner = limit.get("zh" if locale != "en" else "en")
    if isinstance(inner, dict):
        limit = inner
    allowed = limit.get("chars", limit.get("max"))
    return len(text), allowed if isinstance(allowed, int) else None


def sms_segments(text: str, locale: str) -> int:
    """Segments of a short message: mainland rules for Chinese, GSM-7 or UCS-2 for the rest."""
    if locale.startswith("zh"):
        return 1 if len(text) <= 70 else math.ceil(len(text) / 67)
    if all(character in _GSM for character in text):
        units = sum(2 if character in _GSM_DOUBLE else 1 for character in text)
        return 1 if units <= 160 else math.ceil(units / 153)
    units = len(text.encode("utf-16-le")) // 2
    return 1 if units <= 70 else math.ceil(units / 67)


def spoken_seconds(text: str, channel: Channel, locale: str) -> float:
    """Seconds that a text takes to say: characters a minute in Chinese, words a minute in English."""
    if locale == "en":
        return len(text.split()) / channel.spoken_rate.get("en", 150) * 60
    spoken = len(_WIDE.findall(text)) + sum(_said(number) for number in re.findall(r"[\d.,]+%?|[A-Za-z]+", text))
    return spoken / channel.spoken_rate.get("zh", 260) * 60


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence; a link ends one and belongs to none."""
    for match in _SENTENCE.finditer(text):
        if match[0].strip() and not match["link"]:
            yield match.span()


def sentence_length(sentence: str, locale: str) -> int:
    """Words of an English sentence, characters of a Chinese one."""
    return len(sentence.split()) if locale == "en" else len(sentence.strip())


def _said(token: str) -> int:
    """Characters of a number spoken out: 2.2% is 百分之二点二, 400-555-0135 digit by digit."""
    return len(token) + 3 if token.endswith("%") else len(token)
