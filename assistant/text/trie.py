"""One regular expression for many words: a trie, so that a text is read once however many words there are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

_END = ""


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest where several begin; Latin words only as whole words.

    `\\b` would not do: between a Chinese character and a Latin letter there is none.
    """
    plain = {word for word in words if word}
    latin = {word for word in plain if word.isascii() and word[0].isalnum()}
    parts = []
    if latin:
        # A word that ends in a space or a sign ("no ") brings its own boundary.
        whole = {word for word in latin if word[-1].isalnum()}
        parts += [rf"(?<![a-z0-9]){_branch(_trie(whole))}(?![a-z0-9])"] if whole else []
        parts += [rf"(?<![a-z0-9]){_branch(_trie(latin - whole))}"] if latin - whole else []
    if plain - latin:
        parts.append(_branch(_trie(plain - latin)))
    return "|".join(parts) or r"(?!)"


def _trie(words: Iterable[str]) -> dict[str, Any]:
    root: dict[str, Any] = {}
    for word in words:
        node = root
        for character in word:
            node = node.setdefault(character, {})
        node[_END] = {}
    return root


def _branch(node: dict[str, Any]) -> str:
    ends = _END in node
    options = []
    leaves = [character for character, child in node.items() if character != _END and set(child) == {_END}]
    if len(leaves) > 1:
        options.append(f"[{''.join(re.escape(character) for character in sorted(leaves))}]")
    for character, child in sorted(node.items()):
        if character != _END and not (len(leaves) > 1 and character in leaves):
            options.append(re.escape(character) + _branch(child))
    if not options:
        return ""
    body = options[0] if len(options) == 1 and not ends else f"(?:{'|'.join(options)})"
    return f"{body}?" if ends else body
