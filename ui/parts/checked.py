"""A checked text: the words with their marks, the findings and the proofs beside them."""

from __future__ import annotations

from markupsafe import Markup

from assistant.domain.finding import Checked
from assistant.domain.values import Locale
from ui.parts.html import NONE, html
from ui.parts.marks import marked
from ui.parts.proof import Prover

OWNER = "text"


def checked(text: str, result: Checked, locale: Locale, prover: Prover) -> Markup:
    """What the engine said of a text, as HTML."""
    words = prover.words
    segments = words.count("check.segments", result.sms_segments) if result.sms_segments else ""
    return html(
        '<article class="cd-variant cd-open cd-is-{verdict}" data-id="{own}">'
        '<h2 class="cd-unseen">{title}</h2><div class="cd-main">'
        '<p class="cd-meta" role="status"><span class="cd-badge cd-{verdict}">{label}</span>'
        '<span class="cd-angle">{told}</span><span class="cd-angle">{segments}</span></p>'
        '<p class="cd-text" lang="{locale}">{text}</p></div>'
        '<aside class="cd-proof" id="proof-{own}" aria-label="{title}"><h3>{findings_title}</h3>{findings}'
        "{unchecked}<h3>{claims_title}</h3>{claims}</aside></article>",
        verdict=result.verdict, own=OWNER, label=words(f"verdict.{result.verdict}"),
        told=words.count("card.findings", len(result.findings)), segments=segments or NONE, locale=locale,
        text=marked(text, result.claims, result.findings, OWNER), title=words("proof.title"),
        findings_title=words("proof.findings"), findings=prover.findings(result.findings, locale),
        unchecked=prover.unchecked(result.not_checked), claims_title=words("proof.claims"),
        claims=prover.claims(result.claims, locale, OWNER),
    )  # fmt: skip
