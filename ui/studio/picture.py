"""A small picture of the customers: a bar beside each segment and age, and the tags that many of them carry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from assistant.domain.pack import Pack
from ui.choices import tag_name
from ui.parts.html import html, joined
from ui.words import Words

Groups = Sequence[Mapping[str, Any]]
TAGS = 8
"""Tags that are offered, those of most customers first."""
_FEW = 1
"""What a group too small to be counted out stands for in a bar."""


def bars(pack: Pack, words: Words, segments: Groups, ages: Groups) -> dict[str, Markup]:
    """The size of each segment and age band, by the region that it belongs in."""
    regions: dict[str, Markup] = {}
    for group, name, found, table in (
        ("segments", "segment", segments, pack.segments),
        ("ages", "age", ages, pack.ages),
    ):
        sizes = {one[name]: one["size"] for one in found}
        most = max((_number(sizes.get(own, 0)) for own in table), default=0)
        regions |= {f"size-{group}-{own}": bar(sizes.get(own, 0), most, words) for own in table}
    return regions


def bar(size: int | str, most: int, words: Words) -> Markup:
    """One group: a bar as long as it is large, and its size in figures."""
    share = round(100 * _number(size) / most) if most else 0
    return html(
        '<i aria-hidden="true"><b style="width:{share}%"></b></i><span title="{told}">{size}</span>',
        share=share, size=f"{size:,}" if isinstance(size, int) else size, told=told(size, words),
    )  # fmt: skip


def told(size: int | str, words: Words) -> str:
    """A size in words."""
    return words.count("studio.picture.size", size) if isinstance(size, int) else words("studio.picture.few")


def tags(pack: Pack, words: Words, found: Groups, segments: Groups, chosen: str) -> Markup:
    """The tags of most customers, each a button that narrows the picture; how many are in it now."""
    many = sorted(found, key=lambda one: (-_number(one["size"]), one["tag"]))[:TAGS]
    if chosen and chosen not in {one["tag"] for one in many}:
        many = [*many[: TAGS - 1], {"tag": chosen, "size": "<5"}]
    buttons = joined(
        html(
            '<button type="button" class="cd-tag" data-act="tag" data-tag="{tag}" data-key="tag:{tag}"'
            ' aria-pressed="{pressed}">{name} <span>{size}</span></button>',
            tag=one["tag"], name=tag_name(pack, one["tag"], words.locale),
            size=f"{one['size']:,}" if isinstance(one["size"], int) else one["size"],
            pressed="true" if one["tag"] == chosen else "false",
        )
        for one in many
    )  # fmt: skip
    here = words("studio.picture.of_tag", n=_total(segments), tag=tag_name(pack, chosen, words.locale))
    return html(
        '<div class="cd-tags"><span class="cd-quiet" title="{hint}">{label}</span> {buttons}'
        '<p class="cd-quiet" role="status">{told}</p></div>',
        hint=words("studio.picture.tags_hint"), label=words("studio.picture.tags"), buttons=buttons,
        told=here if chosen else words("studio.picture.of_all", n=_total(segments)),
    )  # fmt: skip


def unknown(words: Words) -> Markup:
    """Why there is no picture."""
    return html('<p class="cd-quiet">{none}</p>', none=words("studio.picture.none"))


def _total(groups: Iterable[Mapping[str, Any]]) -> str:
    """All of the groups, those too small to be counted out as the least that they can be."""
    sizes = [one["size"] for one in groups]
    known = f"{sum(one for one in sizes if isinstance(one, int)):,}"
    return f"{known}+" if any(isinstance(one, str) for one in sizes) else known


def _number(size: int | str) -> int:
    return size if isinstance(size, int) else _FEW
