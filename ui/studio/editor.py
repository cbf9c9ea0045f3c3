"""A text under edit: the words to type in, what the checks say of them as one types, a wish for another wording."""

from __future__ import annotations

from markupsafe import Markup

from assistant.domain.draft import Variant
from assistant.domain.values import Locale
from ui.parts.html import NONE, html
from ui.parts.proof import Prover
from ui.studio.view import Text
from ui.words import Words

LONGEST = 10_000
"""Characters of one text; the longest that the desk takes."""


def editor(text: Text, words: Words) -> Markup:
    """What stands in the place of a text's words while it is edited."""
    own, cell = text.own, text.place.cell
    void = html('<p class="cd-quiet">{void}</p>', void=words("studio.text.void"))
    return html(
        '<div class="cd-editor" data-editor="{own}" data-version="{version}">'
        '<label><span class="cd-unseen">{label}</span><textarea rows="5" lang="{locale}" data-draft="edit:{own}"'
        ' data-key="edit:{own}" data-limit="{limit}">{text}</textarea></label>'
        '<div class="cd-checked" data-region="check-{own}" role="status" data-checking="{checking}"></div>{void}'
        '<div class="cd-bar"><button type="button" class="cd-button cd-first" data-act="save" data-text="{own}"'
        ' data-key="save:{own}">{save} <kbd>^⏎</kbd></button><button type="button" class="cd-button" data-act="cancel"'
        ' data-text="{own}" data-key="cancel:{own}">{cancel}</button></div>'
        '<div class="cd-wish"><label>{wish}<input type="text" maxlength="500" placeholder="{hint}"'
        ' data-draft="wish:{own}" data-key="wish:{own}"></label><button type="button" class="cd-button"'
        ' data-act="wish" data-text="{own}" data-key="reword:{own}">{go}</button></div>'
        '<div data-region="wished-{own}" role="status"></div></div>',
        own=own, version=text.version, label=words("studio.text.words"), locale=cell.locale, text=text.variant.text,
        limit=LONGEST, checking=words("studio.text.checking"), void=void if text.state != "draft" else NONE,
        save=words("studio.text.save"), cancel=words("studio.text.cancel"), wish=words("studio.text.wish"),
        hint=words("studio.note_hint"), go=words("studio.text.wish_go"),
    )  # fmt: skip


def checked(variant: Variant, locale: Locale, prover: Prover) -> Markup:
    """What the checks say of words that are being typed: the verdict, the findings, how much is proven."""
    words = prover.words
    proven = sum(one.status == "bound" for one in variant.claims)
    told = words.count("studio.text.proven", proven) if proven else ""
    unproven = [one for one in variant.claims if one.status != "bound"]
    claims = prover.claims(unproven, locale, "typed") if unproven else NONE
    findings = prover.findings(variant.findings, locale) if variant.findings else NONE
    return html(
        '<p class="cd-meta"><span class="cd-badge cd-{verdict}">{label}</span><span class="cd-angle">{told}</span></p>'
        "{findings}{claims}",
        verdict=variant.verdict, label=words(f"verdict.{variant.verdict}"), told=told, findings=findings, claims=claims,
    )  # fmt: skip
