"""The plan of a sum: as a picture, one bar in parts, and as a table that says the same."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from assistant.domain.formats import money
from assistant.domain.pack import Pack
from assistant.domain.plan import Part
from ui.parts.html import NONE, html, joined
from ui.words import Words

ROOM = 0.08
"""A part of the bar that is narrower has no room for its share; the table has it."""


def plan(parts: Sequence[Part], pack: Pack, words: Words) -> Markup:
    """Picture and table; nothing where the call goes through no plan."""
    if not parts:
        return NONE
    return html(
        '<section class="cd-panel cd-plan" aria-labelledby="cd-plan-title"><div class="cd-bar">'
        '<h3 id="cd-plan-title">{title}</h3><b class="cd-push">{sum}</b></div>{picture}{table}</section>',
        title=words("calls.plan.title"), sum=money(sum(part.amount for part in parts), words.locale),  # type: ignore[arg-type]
        picture=_picture(parts, pack, words), table=_table(parts, pack, words),
    )  # fmt: skip


def _picture(parts: Sequence[Part], pack: Pack, words: Words) -> Markup:
    drawn, at = [], 0.0
    for part in parts:
        share = html(
            '<text x="{middle}%" y="25" text-anchor="middle">{share}</text>',
            middle=f"{(at + part.share / 2) * 100:.2f}", share=f"{part.share:.0%}",
        )  # fmt: skip
        drawn.append(
            html(
                '<g class="cd-b-{bucket}"><rect x="{x}%" y="0" width="{width}%" height="40"/>{share}</g>',
                bucket=part.bucket, x=f"{at * 100:.2f}", width=f"{part.share * 100:.2f}",
                share=share if part.share >= ROOM else NONE,
            )
        )  # fmt: skip
        at += part.share
    told = ", ".join(f"{_bucket(part, pack, words)} {part.share:.0%}" for part in parts)
    return html(
        '<svg class="cd-shares" role="img" aria-label="{told}" width="100%" height="40">{drawn}</svg>',
        told=told, drawn=joined(drawn),
    )  # fmt: skip


def _table(parts: Sequence[Part], pack: Pack, words: Words) -> Markup:
    names = ("for", "product", "share", "amount")
    heading = joined(
        html('<th scope="col"{kind}>{name}</th>', name=words(f"calls.plan.{name}"), kind=_kind(name)) for name in names
    )
    return html(
        '<div class="cd-scroll" tabindex="0" role="region" aria-labelledby="cd-plan-title"><table class="cd-table">'
        "<thead><tr>{heading}</tr></thead><tbody>{rows}</tbody></table></div>",
        heading=heading, rows=joined(_row(part, pack, words) for part in parts),
    )  # fmt: skip


def _kind(name: str) -> Markup:
    return Markup(' class="cd-number"') if name in ("share", "amount") else NONE


def _row(part: Part, pack: Pack, words: Words) -> Markup:
    product = pack.products.get(part.product or "")
    name = product.name[words.locale] if product else words("calls.plan.account")
    earns = words("calls.plan.interest", sum=money(part.interest, words.locale)) if part.interest else ""
    small = " · ".join(filter(None, [part.risk or "", earns]))
    return html(
        '<tr><th scope="row"><svg class="cd-swatch cd-b-{bucket}" width="12" height="12" aria-hidden="true">'
        '<rect width="12" height="12"/></svg> {bucket_name}</th><td>{name}{small}</td>'
        '<td class="cd-number">{share}</td><td class="cd-number">{amount}</td></tr>',
        bucket=part.bucket, bucket_name=_bucket(part, pack, words), name=name,
        small=html("<br><small>{small}</small>", small=small) if small else NONE,
        share=f"{part.share:.0%}", amount=money(part.amount, words.locale),
    )  # fmt: skip


def _bucket(part: Part, pack: Pack, words: Words) -> str:
    known = pack.plans.buckets if pack.plans else ()
    return next((one.name[words.locale] for one in known if one.id == part.bucket), part.bucket)
