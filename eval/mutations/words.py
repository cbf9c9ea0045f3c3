"""Faults in words: a forbidden word of the rules, as it is and in disguise; gifts and sure prizes made up."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import lru_cache
from itertools import product

from assistant.checks.case import LintCase
from assistant.checks.engine import detect_locale
from assistant.domain.pack import Pack
from assistant.text.fold import simplify
from eval.mutations.source import Source, kind

_FRAMES = {
    "zh-Hans": ("我们可以告诉您：{}。", "这就是{}。", "说到底，{}。", "{}，欢迎了解。", "真正的{}。"),
    "zh-Hant": ("我們可以告訴您：{}。", "這就是{}。", "說到底，{}。", "{}，歡迎了解。", "真正的{}。"),
    "en": ("We can tell you: {}.", "That means {}.", "In a word, {}.", "{}, and you are welcome.", "Truly {}."),
}
_GIVE = {
    "zh-Hans": ("办理就送{}。", "来就送{}。", "开户即赠{}。", "存满即可领{}。"),
    "zh-Hant": ("辦理就送{}。", "來就送{}。", "開戶即贈{}。", "存滿即可領{}。"),
    "en": ("Everybody who signs up gets {} free.", "Sign up and receive {} as a gift.", "We give you {} for applying."),
}
_GIFTS = {
    "zh-Hans": ("一袋大米", "一桶食用油", "保温杯", "行李箱", "电饭煲", "蓝牙耳机", "加油卡"),
    "zh-Hant": ("一袋白米", "一桶沙拉油", "保溫瓶", "行李箱", "電子鍋", "藍牙耳機", "加油卡"),
    "en": ("a suitcase", "a rice cooker", "a pair of headphones", "a bag of rice", "a fuel card"),
}


@lru_cache(maxsize=4)
def _forbidden(pack: Pack) -> dict[tuple[str, str], list[str]]:
    """Words that block wherever they stand, by law and locale."""
    found: dict[tuple[str, str], list[str]] = {}
    for rule in pack.rules.values():
        scope = rule.applies_to
        narrow = scope.product_types or scope.channels or scope.purpose or rule.match.get("min_age")
        if rule.kind != "phrase" or rule.severity != "block" or narrow or rule.match.get("unless_flag"):
            continue
        for word in rule.match.get("terms", ()):
            for law in rule.jurisdictions or ("CN", "TW", "UK", "US"):
                for locale in _locales(word):
                    found.setdefault((law, locale), []).append(word)
    return found


def _locales(word: str) -> tuple[str, ...]:
    """A Chinese word is meant in either script; the rules write one."""
    return ("en",) if detect_locale(word) == "en" else ("zh-Hans", "zh-Hant")


def _slipped_in(source: Source, draw: random.Random, disguise: Callable[[str], str]) -> LintCase | None:
    law = source.pack.jurisdiction(source.cell.market)
    words = _forbidden(source.pack).get((law, source.cell.locale))
    if not words:
        return None
    frame = draw.choice(_FRAMES[source.cell.locale])
    return source.after_a_sentence(frame.format(disguise(draw.choice(words))), draw)


@kind("word: forbidden")
def plain(source: Source, draw: random.Random) -> LintCase | None:
    """A word of the rules as it is written there."""
    return _slipped_in(source, draw, str)


@kind("word: forbidden, zero-width signs inside")
def zero_width(source: Source, draw: random.Random) -> LintCase | None:
    """Signs that nobody sees between the characters."""
    return _slipped_in(source, draw, draw.choice(["\u200b", "\u2060", "\ufeff", "\u00ad"]).join)


@kind("word: forbidden, full width")
def full_width(source: Source, draw: random.Random) -> LintCase | None:
    """Latin letters and digits in their wide forms."""
    if source.cell.locale != "en":
        return None
    return _slipped_in(source, draw, lambda word: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in word))


@kind("word: forbidden, signs or spaces inside")
def starred(source: Source, draw: random.Random) -> LintCase | None:
    """兴业银*行."""
    if source.cell.locale == "en":
        return None
    return _slipped_in(source, draw, draw.choice(["*", ".", " ", "·", "-"]).join)


@kind("word: forbidden, in the other script")
def other_script(source: Source, draw: random.Random) -> LintCase | None:
    """Traditional characters in a Simplified text, Simplified ones in a Traditional text."""
    if source.cell.locale == "en":
        return None
    from opencc import OpenCC

    to_traditional = OpenCC("s2t")
    hans = source.cell.locale == "zh-Hans"
    return _slipped_in(source, draw, lambda word: str(to_traditional.convert(word)) if hans else simplify(word))


@kind("gift: made up")
def gift(source: Source, draw: random.Random) -> LintCase | None:
    """A gift that no campaign gives."""
    locale = source.cell.locale
    frame, thing = draw.choice(list(product(_GIVE[locale], _GIFTS[locale])))
    return source.after_a_sentence(frame.format(thing), draw)
