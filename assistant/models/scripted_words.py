"""The default script: answers the schemas of messages and calls with plain texts made of the request's own slots."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from assistant.models.scripted_calls import call_words
from assistant.models.scripted_reply import Reply

_OFFERED = re.compile(r"^- `\{([a-z0-9_.]+)\}`", re.MULTILINE)
_LOCALE = re.compile(r"\((zh-Hans|zh-Hant|en)\)\.$", re.MULTILINE)
# Per locale: a title and sentences by their end; `{0}` is the thing offered.
_WORDS: dict[str, dict[str, list[str]]] = {
    "en": {
        "title": [
            "Worth a quiet look",
            "When you have a moment",
            "Something that may suit you",
            "A word from your bank",
        ],
        "lead": [
            "Some things are best decided without hurry.",
            "We thought this might suit what you have in mind.",
            "Here is something you can read in your own time.",
            "You may already have wondered about this.",
        ],
        "offer": ["{0} is open for you to look at.", "{0} may be worth comparing.", "See what {0} asks and gives."],
        "action": [
            "The details are in the app.",
            "Ask at a branch if anything is unclear.",
            "Read the terms before you decide.",
        ],
        "thing": ["This offer"],
    },
    "zh-Hans": {
        "title": ["有空可以看看", "慢慢了解也不迟", "一件可以比较的事", "想说给你听的事"],
        "lead": [
            "有些安排不必着急，看明白再定。",
            "想到这件事也许合适。",
            "得空的时候可以了解一下。",
            "这件事或许早就想过。",
        ],
        "offer": ["{0}可以在手机银行查看。", "{0}的条件都写在说明里。", "不妨看看{0}合不合适。"],
        "action": ["有疑问可以到网点问工作人员。", "办理之前请先读完说明。", "详情在手机银行里。"],
        "thing": ["这项服务"],
    },
    "zh-Hant": {
        "title": ["有空可以看看", "慢慢了解也不遲", "一件可以比較的事", "想說給你聽的事"],
        "lead": [
            "有些安排不必著急，看明白再定。",
            "想到這件事也許合適。",
            "有空的時候可以了解一下。",
            "這件事或許早就想過。",
        ],
        "offer": ["{0}可以在行動銀行查看。", "{0}的條件都寫在說明裡。", "不妨看看{0}合不合適。"],
        "action": ["有疑問可以到分行詢問服務人員。", "辦理之前請先讀完說明。", "詳情在行動銀行裡。"],
        "thing": ["這項服務"],
    },
}


def answer(request: Mapping[str, Any]) -> Reply:
    """Variants as many, and by such angles, as the request's schema asks, or the texts of a call; the same request,
    the same words."""
    prompt = "\n".join(str(message.get("content") or "") for message in request.get("messages", []))
    asked = _path(request, "response_format", "json_schema", "schema", "properties")
    variants = asked.get("variants")
    locale = (_LOCALE.findall(prompt) or ["en"])[-1]
    if "purpose" in asked:
        return Reply(call_words(asked, locale))
    if not variants:
        return Reply(json.dumps({"answer": "scripted"}))
    fields = _path(variants, "items", "properties")
    slots = _OFFERED.findall(prompt)
    things = [f"{{{slot}}}" for slot in slots if slot.endswith(".name")][:1] or _WORDS[locale]["thing"]
    seed = int.from_bytes(hashlib.sha256(prompt.encode()).digest()[:6], "big")
    angles = fields.get("angle", {}).get("enum") or ["fit"]
    titled = "enum" not in fields.get("title", {"enum": [""]})
    made = []
    for number in range(int(variants.get("minItems", 1))):
        body, title = _text(locale, things[0], seed + number), _pick(locale, "title", seed + number)
        made.append({"angle": angles[(seed + number) % len(angles)], "title": title if titled else "", "body": body})
    return Reply({"variants": made})


def _text(locale: str, thing: str, seed: int) -> str:
    sentences = [
        _pick(locale, "lead", seed),
        _pick(locale, "offer", seed // 4 + seed).format(thing),
        _pick(locale, "action", seed // 12 + seed),
    ]
    return (" " if locale == "en" else "").join(sentences)


def _pick(locale: str, role: str, seed: int) -> str:
    words = _WORDS[locale][role]
    return words[seed % len(words)]


def _path(value: Mapping[str, Any], *keys: str) -> dict[str, Any]:
    for key in keys:
        value = value.get(key) or {}
    return dict(value)
