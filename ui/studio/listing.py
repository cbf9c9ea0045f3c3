"""What a list of customers comes to: how many, of which segments and ages, and the rows that were left out."""

from __future__ import annotations

from typing import Annotated

from markupsafe import Markup
from pydantic import Field

from assistant.domain.pack import Pack
from ui.choices import named
from ui.parts.html import NONE, html, joined
from ui.studio.picture import bar
from ui.surface import Given
from ui.words import Words

Size = Annotated[int, Field(ge=0)] | Annotated[str, Field(max_length=8)]


class Group(Given):
    """A group of a list, and its size."""

    segment: str | None = None
    age: str | None = None
    size: Size


class Fault(Given):
    """A row that was left out."""

    row: int | None = None
    column: str = ""
    what: str = ""


class Listed(Given):
    """What the desk told of a list, as the page's script hands it on to be drawn."""

    customers: Size
    segments: Annotated[tuple[Group, ...], Field(max_length=500)] = ()
    ages: Annotated[tuple[Group, ...], Field(max_length=500)] = ()
    left_out: int = 0
    problems: Annotated[tuple[Fault, ...], Field(max_length=100)] = ()


def listed(given: Listed, pack: Pack, words: Words) -> Markup:
    """The list as HTML."""
    here = words.locale
    segments = {one.segment or "": one.size for one in given.segments}
    ages = {one.age or "": one.size for one in given.ages}
    rows = [
        *((name, segments[own]) for name, own in named(pack.segments, here) if own in segments),
        *((name, ages[own]) for name, own in named(pack.ages, here) if own in ages),
    ]
    if any(own not in pack.segments for own in segments):
        rows.append((words("studio.list.other"), _others(pack, segments)))
    most = max((size if isinstance(size, int) else 1 for _name, size in rows), default=0)
    drawn = joined(
        html('<li><span>{name}</span><span class="cd-size">{bar}</span></li>', name=name, bar=bar(size, most, words))
        for name, size in rows
    )
    return html(
        '<p><b>{counted}</b></p><ul class="cd-audience">{rows}</ul>{take}{faults}',
        counted=words("studio.list.counted", n=given.customers), rows=drawn, take=_take(words, pack, segments, ages),
        faults=_faults(given, words),
    )  # fmt: skip


def _others(pack: Pack, sizes: dict[str, int | str]) -> int | str:
    """Those of no segment of ours. A group too small to be counted out keeps the sum from being one."""
    others = [size for own, size in sizes.items() if own not in pack.segments]
    known = [size for size in others if isinstance(size, int)]
    return sum(known) if len(known) == len(others) or known else "<5"


def _take(words: Words, pack: Pack, segments: dict[str, int | str], ages: dict[str, int | str]) -> Markup:
    known = [own for own in segments if own in pack.segments], [own for own in ages if own in pack.ages]
    if not all(known):
        return NONE
    return html(
        '<button type="button" class="cd-button" data-act="take" data-segments="{segments}" data-ages="{ages}">{take}'
        "</button>",
        segments=" ".join(known[0]), ages=" ".join(known[1]), take=words("studio.list.take"),
    )  # fmt: skip


def _faults(given: Listed, words: Words) -> Markup:
    if not given.left_out:
        return NONE
    rows = joined(_fault(one, words) for one in given.problems if one.row)
    more = given.left_out > len({one.row for one in given.problems if one.row})
    return html(
        '<div class="cd-left-out"><p>{title}</p><ul>{rows}</ul>{more}</div>',
        title=words.count("studio.list.left_out", given.left_out), rows=rows,
        more=html("<p>{more}</p>", more=words("studio.list.more")) if more else NONE,
    )  # fmt: skip


def _fault(one: Fault, words: Words) -> Markup:
    return html(
        '<li>{row}: <code>{column}</code> <span lang="en">{what}</span></li>',
        row=words("studio.list.row", row=one.row), column=one.column, what=one.what,
    )  # fmt: skip
