"""Briefs that are kept: what each was for, how far it is, and a button that opens it again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from assistant.domain.pack import Pack
from ui.parts.html import html, joined
from ui.words import Words

MOST = 20
"""Briefs that are offered, the newest first."""


def kept(briefs: Sequence[Mapping[str, Any]], pack: Pack, words: Words) -> Markup:
    """The briefs as the desk tells them."""
    rows = joined(_row(one, pack, words) for one in briefs)
    none = html('<p class="cd-quiet">{none}</p>', none=words("studio.kept.none"))
    listed = html('<ul class="cd-list">{rows}</ul>', rows=rows)
    return html(
        '<details class="cd-kept"><summary>{title}</summary>{rows}</details>',
        title=words("studio.kept.title"), rows=listed if briefs else none,
    )  # fmt: skip


def _row(one: Mapping[str, Any], pack: Pack, words: Words) -> Markup:
    brief = one["brief"]
    campaign = pack.campaigns.get(brief["campaign"])
    name = campaign.name[words.locale] if campaign else brief["campaign"]
    parts = [
        words.count("studio.kept.texts", one["estimate"].get("texts", 0)),
        words(f"studio.kept.state_{one['state']}"),
    ]
    parts += [part for part in (one["maker"], str(one["made_at"])[:10], brief["note"]) if part]
    return html(
        '<li><span class="cd-top"><button type="button" class="cd-row" data-act="open" data-brief="{own}"'
        ' data-key="open:{own}" aria-label="{open}: {name}">{name}</button></span><small>{told}</small></li>',
        own=one["id"], open=words("studio.kept.open"), name=name, told=" · ".join(parts),
    )  # fmt: skip
