"""A guided first visit: for each role a few steps, each with the address where it is done and what to look for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from assistant.domain.pack import Pack
from assistant.domain.person import ROLES, Role
from ui.parts.html import NONE, html, joined
from ui.words import Words

_REVIEW, _CALLS, _INSIGHTS, _KNOWLEDGE = "/review", "/calls", "/insights", "/knowledge"
STEPS: Mapping[Role, tuple[tuple[str, str], ...]] = {
    "marketer": (
        ("brief", "/studio"), ("proof", "/studio"), ("edit", "/studio"), ("package", "/studio"),
        ("back", f"{_REVIEW}?state=changes_asked"), ("calendar", f"{_INSIGHTS}?view=calendar"),
    ),
    "checker": (
        ("read", _REVIEW), ("decide", _REVIEW), ("package", _REVIEW),
        ("changes", f"{_KNOWLEDGE}?view=changes"), ("check", "/check"),
    ),
    "rm": (
        ("next", _CALLS), ("why", _CALLS), ("script", _CALLS), ("outcome", _CALLS),
        ("look", f"{_KNOWLEDGE}?section=products"),
    ),
    "lead": (
        ("team", f"{_CALLS}?view=team"), ("away", f"{_CALLS}?view=team"), ("release", f"{_REVIEW}?state=approved"),
        ("work", f"{_INSIGHTS}?view=work"), ("reach", f"{_INSIGHTS}?view=reach"),
    ),
    "evaluator": (
        ("score", "/score"), ("results", f"{_INSIGHTS}?view=results"), ("work", f"{_INSIGHTS}?view=work"),
        ("check", "/check"), ("rules", f"{_KNOWLEDGE}?section=rules"),
    ),
    "admin": (
        ("rate", f"{_KNOWLEDGE}?section=products&item={{product}}"), ("changes", f"{_KNOWLEDGE}?view=changes"),
        ("recall", f"{_KNOWLEDGE}?view=recall"), ("calls", f"{_INSIGHTS}?view=calls"),
    ),
}  # fmt: skip
"""By role: the step's key among the words, and where it is done; `{product}` is one that `example` finds."""


def example(pack: Pack) -> str:
    """The id of a product with a rate that a campaign speaks of, so that a change of it touches texts; else nothing."""
    offered = (own for campaign in pack.campaigns.values() for own in campaign.offers)
    return next((own for own in offered if own in pack.products and "rate" in pack.products[own].facts), "")


def welcome(words: Words, roles: Sequence[Role], product: str) -> Markup:
    """The panel, in a template that the page's script brings out: for one role its steps, for several one below the
    other."""
    theirs = [role for role in ROLES if role in roles]
    steps = joined(_part(words, role, product, alone=len(theirs) == 1, first=n == 0) for n, role in enumerate(theirs))
    return html(
        '<template data-welcome><aside class="cd-welcome" id="cd-welcome" aria-labelledby="cd-welcome-title">'
        '<details open><summary><span id="cd-welcome-title">{title}</span></summary>'
        "<p>{lead}</p>{steps}</details>"
        '<button type="button" data-welcome-away>{away}</button></aside></template>',
        title=words("welcome.title"), lead=words("welcome.intro" if len(theirs) == 1 else "welcome.intro_many"),
        steps=steps, away=words("welcome.away"),
    )  # fmt: skip


def opener(words: Words) -> Markup:
    """The header's button that brings the panel back."""
    return html(
        '<button type="button" class="cd-theme" aria-expanded="false" aria-controls="cd-welcome" data-welcome-open>'
        "{name}</button>",
        name=words("welcome.open"),
    )  # fmt: skip


def _part(words: Words, role: Role, product: str, alone: bool, first: bool) -> Markup:
    rows = html("<ol>{rows}</ol>", rows=joined(_step(words, role, key, to, product) for key, to in STEPS[role]))
    if alone:
        return rows
    return html(
        '<details class="cd-role" name="cd-welcome-role"{open}><summary>{role}</summary>{rows}</details>',
        role=words(f"welcome.role.{role}"), rows=rows, open=Markup(" open") if first else NONE,
    )  # fmt: skip


def _step(words: Words, role: Role, key: str, to: str, product: str) -> Markup:
    # Chinese sets no space between a link and what follows it.
    return html(
        '<li><a href="{to}">{go}</a>{gap}{look}</li>',
        gap=" " if words.locale == "en" else "", to=to.format(product=product), go=words(f"welcome.{role}.{key}.go"),
        look=words(f"welcome.{role}.{key}.look"),
    )  # fmt: skip
