"""A text with its claims and findings marked; the text itself stays text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from assistant.domain.finding import Claim, Finding
from ui.parts.html import html, joined

SHORT = 10


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text over which the same claim and findings lie; `claim` is a position in the list."""

    start: int
    end: int
    claim: int | None
    findings: tuple[Finding, ...]


def pieces(text: str, claims: Sequence[Claim], findings: Sequence[Finding]) -> list[Piece]:
    """The text cut wherever a claim or a finding begins or ends; spans may overlap in any way."""
    size = len(text)
    every: list[Claim | Finding] = [*claims, *findings]
    spans = [(one.start, one.end) for one in every if one.start < one.end]
    cuts = sorted({0, size} | {min(max(place, 0), size) for span in spans for place in span})
    out = []
    for start, end in pairwise(cuts):
        claim = next((n for n, one in enumerate(claims) if one.start <= start and end <= one.end), None)
        over = tuple(one for one in findings if one.start <= start and end <= one.end)
        out.append(Piece(start, end, claim, over))
    return out


def marked(text: str, claims: Sequence[Claim], findings: Sequence[Finding], owner: str) -> Markup:
    """The text as HTML. A claim is a button that shows its proof in the panel of `owner`."""
    return joined(_piece(text, piece, claims, owner) for piece in pieces(text, claims, findings))


def _piece(text: str, piece: Piece, claims: Sequence[Claim], owner: str) -> Markup:
    words: Markup | str = text[piece.start : piece.end]
    if piece.findings:
        severity = "block" if any(one.severity == "block" for one in piece.findings) else "warn"
        # The code stands once, where the finding ends, so that colour is never the only sign.
        ending = sorted({one.rule for one in piece.findings if one.end == piece.end})
        codes = joined(html('<sup class="cd-code" data-code="{code}"></sup>', code=code) for code in ending)
        words = html(
            '<span class="cd-found cd-{severity}">{words}</span>{codes}', severity=severity, words=words, codes=codes
        )
    if piece.claim is None:
        return html("{words}", words=words)
    claim = claims[piece.claim]
    # A short figure stays on one line; a link or a long name may break.
    short = " cd-short" if claim.end - claim.start <= SHORT else ""
    template = (
        '<span class="cd-fig cd-{status}{short}" role="button" tabindex="0" data-key="{owner}:{n}" data-owner="{owner}"'
        ' data-claim="{n}" aria-controls="proof-{owner}">{words}</span>'
    )
    return html(template, status=claim.status, short=short, owner=owner, n=piece.claim, words=words)
