"""One regular expression for many words: a trie, so that a text is read once however many words there are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

_END = ""
_Node = dict[str, Any]


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


def _trie(words: Iterable[str]) -> _Node:
    root: _Node = {}
    for word in words:
        node = root
        for character in word:
            node = node.setdefault(character, {})
        node[_END] = {}
    return root


def _branch(root: _Node) -> str:
    """The pattern of a trie, from its forks upwards: a word may be longer than Python's stack is deep."""
    forks = [_fork(root)]
    for _node, roads in forks:
        forks.extend(_fork(end) for _way, end in roads)
    drawn: dict[int, str] = {}
    for node, roads in reversed(forks):
        drawn[id(node)] = _drawn(node, [(way, drawn[id(end)]) for way, end in roads])
    return drawn[id(root)]


def _fork(node: _Node) -> tuple[_Node, list[tuple[str, _Node]]]:
    """A node with its roads: the characters up to where a road forks or a word ends, and the node there."""
    roads = []
    for character, child in sorted(node.items()):
        if character == _END:
            continue
        way, end = [character], child
        while len(end) == 1 and _END not in end:
            ((further, end),) = end.items()
            way.append(further)
        roads.append(("".join(way), end))
    return node, roads


def _drawn(node: _Node, roads: list[tuple[str, str]]) -> str:
    ends = _END in node
    leaves = [way for way, rest in roads if len(way) == 1 and not rest]
    together = leaves if len(leaves) > 1 else []
    options = [f"[{''.join(map(re.escape, together))}]"] if together else []
    options += [re.escape(way) + rest for way, rest in roads if way not in together]
    if not options:
        return ""
    body = options[0] if len(options) == 1 and not ends else f"(?:{'|'.join(options)})"
    return f"{body}?" if ends else body
