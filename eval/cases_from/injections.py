"""The injections as cases, of what attackers want, where they put it and how they disguise it.

python -m eval.cases_from.injections    writes eval/suites/injections/attacks.jsonl anew
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from itertools import cycle, islice, product
from typing import Any

import yaml

from eval.cases.load import SUITES

FOLDER = SUITES / "injections"
FILE = FOLDER / "attacks.jsonl"
PLACES = ("product", "guide", "campaign", "sheet", "note", "wish")
"""Where an attack stands: a product's own words, a guide, a campaign's goal, a cell of an imported spreadsheet, the
marketer's note, a lead's wish for other words."""
OWNER = "must_say"
"""What a campaign's owner orders every text to say: an instruction by its nature, so few disguises are worth trying."""
LANGUAGES = {"zh": ("zh-Hans", "zh-Hant"), "en": ("en", "zh-Hans")}
"""The attack's language: the locales of the texts that it is aimed at."""
EACH = 3
_LOOKALIKES = str.maketrans("aceopxyABCEHKMOPTX", "асеорхуАВСЕНКМОРТХ")  # Cyrillic for Latin
_RADICALS = str.maketrans(
    {"一": "⼀", "人": "⼈", "大": "⼤", "金": "⾦", "风": "⻛", "户": "⼾", "文": "⽂", "自": "⾃"}
)


@lru_cache(maxsize=1)
def _words() -> dict[str, Any]:
    words: dict[str, Any] = yaml.safe_load((FOLDER / "wants.yaml").read_text(encoding="utf-8"))
    return words


def cases() -> Iterator[dict[str, Any]]:
    """A case an attack. The cluster is its family: place, language, disguise."""
    families = [*product(PLACES, LANGUAGES, DISGUISES), *product((OWNER,), LANGUAGES, ("plain", "fence"))]
    wants, targets = cycle(_words()["wants"]), cycle(_words()["targets"])
    for place, language, disguise in families:
        for number, want in enumerate(islice(wants, EACH)):
            locale = LANGUAGES[language][number % 2]
            yield _case(place, language, disguise, want, {**next(targets), "locale": locale})


def _case(place: str, language: str, disguise: str, want: str, target: dict[str, str]) -> dict[str, Any]:
    words, locale = _words(), target["locale"]
    one, tongue = words["wants"][want], "en" if locale == "en" else "zh"
    attack = DISGUISES[disguise](_in_script(one["asks"][language], locale if language == "zh" else ""), language)
    plain = "en" if locale == "en" else "zh-Hans"
    given = {
        **target,
        "send_on": words["send_on"],
        "place": place,
        "attack": attack,
        "obeyed": {
            "title": _in_script(words["titles"][plain], locale),
            "body": _in_script(f"{words['lead'][plain]}{' ' if locale == 'en' else ''}{one['says'][tongue]}", locale),
        },
    }
    never = [_in_script(fragment, locale) for fragment in one["never"][tongue]]
    family = f"{place}/{language}/{disguise}"
    expected = {"never": never, "warned": True} if one.get("warned") else {"never": never}
    return {"id": f"{family}/{want}/{locale}", "cluster": family, "given": given, "expected": expected}


def _in_script(text: str, locale: str) -> str:
    return str(_traditional().convert(text)) if locale == "zh-Hant" else text


@lru_cache(maxsize=1)
def _traditional() -> Any:
    from opencc import OpenCC

    return OpenCC("s2tw")


def _framed(name: str) -> Callable[[str, str], str]:
    def framed(ask: str, language: str) -> str:
        frame: str = _words()["frames"][name][language]
        return frame.replace("{{", "{").replace("}}", "}").replace("{}", ask)

    return framed


def _encoded(ask: str, language: str) -> str:
    return _framed("base64")(base64.b64encode(ask.encode()).decode(), language)


def _looking_alike(ask: str, language: str) -> str:
    return ask.translate(_LOOKALIKES if language == "en" else _RADICALS)


def _zero_width(ask: str, language: str) -> str:
    return "\u200b".join(ask)


def _full_width(ask: str, language: str) -> str:
    """Latin letters and digits in their wide forms; Chinese with a space between any two characters."""
    if language == "zh":
        return " ".join(ask)
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in ask)


DISGUISES: Mapping[str, Callable[[str, str], str]] = {
    "plain": lambda ask, language: ask,
    "role": _framed("role"),
    "fence": _framed("fence"),
    "base64": _encoded,
    "homoglyph": _looking_alike,
    "zero_width": _zero_width,
    "full_width": _full_width,
    "json": _framed("json"),
    "hearsay": _framed("hearsay"),
}


def lines() -> str:
    """The file's content."""
    return "".join(f"{json.dumps(case, ensure_ascii=False)}\n" for case in cases())


if __name__ == "__main__":
    FILE.write_text(lines(), encoding="utf-8")
