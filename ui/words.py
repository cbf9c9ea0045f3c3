"""The pages' own words, from `locales/<locale>/*.yaml`: a file a page, and some that pages share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from assistant.domain.values import Locale

FOLDER = Path(__file__).with_name("locales")


class Words:
    """The words of one language: `words("write.stop")`, `words.count("messages", 3)`."""

    def __init__(self, locale: Locale, table: Mapping[str, str]) -> None:
        self.locale = locale
        self.table = table

    def __call__(self, key: str, **values: object) -> str:
        """The words of a key with its values filled in; KeyError where the key is missing."""
        return self.table[key].format(**values)

    def count(self, key: str, number: int, **values: object) -> str:
        """The words for so many: `key.one` for one where the language tells one from many, else `key.many`."""
        form = "one" if number == 1 and f"{key}.one" in self.table else "many"
        return self(f"{key}.{form}", n=number, **values)

    def get(self, key: str, other: str) -> str:
        """The words of a key, or `other`: for ids of a pack, which may be newer than the page."""
        return self.table.get(key, other)


@cache
def words_of(locale: Locale) -> Words:
    """The words of a locale, read once. ValueError where two files have one key."""
    table: dict[str, str] = {}
    for path in sorted((FOLDER / locale).glob("*.yaml")):
        found = dict(_flat(yaml.safe_load(path.read_text(encoding="utf-8"))))
        if double := table.keys() & found.keys():
            raise ValueError(f"{path}: {', '.join(sorted(double))} stands in another file, too")
        table |= found
    return Words(locale, table)


def _flat(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", str(value)
