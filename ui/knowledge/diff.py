"""Old → new: the facts that read otherwise, and the lines of an entry's text that differ."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence

from markupsafe import Markup

from assistant.domain.proposal import FactChange
from ui.knowledge.naming import Naming
from ui.parts.html import NONE, html, joined

CONTEXT = 2
"""Lines around a change that stay as they are and are shown."""
MOST = 400
"""Lines that are drawn; who wants more has the file."""
Line = tuple[str, int, Markup]
"""How it differs (`+`, `-`, a space), its number, its words."""


def changed_facts(naming: Naming, facts: Sequence[FactChange]) -> Markup:
    """What reads otherwise, old → new."""
    rows = joined(_fact(naming, one) for one in facts)
    return html('<ul class="kn-changed">{rows}</ul>', rows=rows) if facts else NONE


def _fact(naming: Naming, one: FactChange) -> Markup:
    spoken = naming.pack.locales[0]
    return html(
        '<li class="cd-diff"><span>{name}</span> <del lang="{spoken}">{old}</del> <span aria-hidden="true">→</span> '
        '<ins lang="{spoken}">{new}</ins></li>',
        name=naming.whole_fact(one.fact), spoken=spoken, old=one.old or "–", new=one.new or "–",
    )  # fmt: skip


def changed_lines(naming: Naming, was: str, text: str) -> Markup:
    """The lines that differ, those around them, and within a changed line what changed."""
    before, after = was.splitlines(), text.splitlines()
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    rows = [row for group in matcher.get_grouped_opcodes(CONTEXT) for row in _group(before, after, group)]
    drawn = joined(_line(naming, *row) for row in rows[:MOST])
    cut = naming.words("knowledge.cut", n=len(rows) - MOST) if len(rows) > MOST else ""
    note = html('<p class="cd-quiet">{cut}</p>', cut=cut) if cut else NONE
    return html('<div class="kn-diff cd-diff">{rows}</div>{note}', rows=drawn, note=note)


def _group(before: list[str], after: list[str], group: Iterable[tuple[str, int, int, int, int]]) -> Iterator[Line]:
    for tag, first, last, low, high in group:
        if tag == "equal":
            yield from ((" ", low + n, html("{line}", line=line)) for n, line in enumerate(after[low:high]))
            continue
        if last - first == high - low:
            for n in range(last - first):
                old, new = _within(before[first + n], after[low + n])
                yield ("-", first + n, old)
                yield ("+", low + n, new)
            continue
        yield from (("-", first + n, html("<del>{line}</del>", line=line)) for n, line in enumerate(before[first:last]))
        yield from (("+", low + n, html("<ins>{line}</ins>", line=line)) for n, line in enumerate(after[low:high]))


def _within(old: str, new: str) -> tuple[Markup, Markup]:
    """Two lines with what differs between them marked: all but what they begin and end with alike."""
    head = _alike(old, new)
    tail = min(min(len(old), len(new)) - head, _alike(old[::-1], new[::-1]))
    return _mark("del", old, head, tail), _mark("ins", new, head, tail)


def _alike(one: str, other: str) -> int:
    """How many characters two lines begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _mark(tag: str, line: str, head: int, tail: int) -> Markup:
    end = len(line) - tail
    inner = html(f"<{tag}>{{words}}</{tag}>", words=line[head:end]) if head < end else NONE
    return html("{before}{inner}{after}", before=line[:head], inner=inner, after=line[end:])


def _line(naming: Naming, sign: str, number: int, words: Markup) -> Markup:
    kind = {"+": "new", "-": "old"}.get(sign, "same")
    told = (
        html('<span class="cd-unseen">{told}</span>', told=naming.words(f"knowledge.line.{kind}"))
        if kind != "same"
        else NONE
    )
    return html(
        '<div class="kn-line kn-is-{kind}"><span class="kn-number" aria-hidden="true">{number} {sign}</span>'
        '<code>{told}<span lang="{spoken}">{words}</span></code></div>',
        kind=kind, number=number + 1, sign=sign, told=told, words=words, spoken=naming.pack.locales[0],
    )  # fmt: skip
