"""Kept texts on the page: for whom, the words with what they state marked, why a change touches them, the mend."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from markupsafe import Markup

from assistant.domain.finding import Claim
from assistant.domain.item import MOVES
from assistant.domain.kept import KeptText
from assistant.domain.knowledge import short_key
from assistant.domain.person import Person
from assistant.domain.proposal import Cause, TouchedText
from ui.knowledge.naming import Naming
from ui.parts.html import NONE, html, joined
from ui.parts.tongues import as_written

_TONES = {"render": "pass", "write": "warn"}


def stating(naming: Naming, fact: str, found: Sequence[KeptText], more: bool) -> Markup:
    """Texts that state a fact."""
    title = naming.words("knowledge.stating", fact=naming.fact(fact.rpartition(".")[2]))
    rows = joined(_text(naming, one, {fact}) for one in found)
    note = html('<p class="cd-quiet">{words}</p>', words=naming.words("knowledge.more_texts", n=len(found)))
    none = html('<p class="cd-quiet">{words}</p>', words=naming.words("knowledge.no_texts"))
    listed = html('<ul class="cd-list kn-texts">{rows}</ul>', rows=rows) if found else none
    return html("<h3>{title}</h3>{listed}{note}", title=title, listed=listed, note=note if more else NONE)


def touched(
    naming: Naming, listed: Iterable[TouchedText], found: Mapping[str, KeptText], by: Person, in_effect: bool
) -> Markup:
    """Texts that a change touches, with what mends each; once it is `in_effect`, those that somebody may mend here."""
    rows = []
    for one in listed:
        text = found.get(one.id)
        if text is None:
            continue
        stated = {why.what for why in one.why if why.kind == "fact"}
        rows.append(_text(naming, text, stated, _why(naming, one.why), _mend(naming, text, one.mend, by, in_effect)))
    return html('<ul class="cd-list kn-texts">{rows}</ul>', rows=joined(rows)) if rows else NONE


def held(found: Iterable[KeptText]) -> list[TouchedText]:
    """Texts that a recall holds, as touched ones."""
    return [TouchedText(id=one.draft, mend=one.frozen.mend, why=one.frozen.why) for one in found if one.frozen]


def _text(naming: Naming, one: KeptText, stated: Collection[str], why: Markup = NONE, mend: Markup = NONE) -> Markup:
    state = html('<span class="cd-badge">{state}</span>', state=naming.words(f"knowledge.state.{one.state}"))
    return html(
        '<li data-key="text:{own}"><p class="kn-where"><span>{where}</span>{state}</p>'
        '<p class="kn-said" lang="{locale}">{words}</p>{why}{mend}</li>',
        own=one.draft, where=naming.cell(one.cell), state=NONE if one.replaced else state, locale=one.cell.locale,
        words=_marked(one.text, one.claims, stated), why=why, mend=mend,
    )  # fmt: skip


def _marked(text: str, claims: Sequence[Claim], stated: Collection[str]) -> Markup:
    """A text with those of its figures marked that come from some facts."""
    parts, at = [], 0
    for claim in sorted(claims, key=lambda one: one.start):
        if claim.fact and short_key(claim.fact) in stated and at <= claim.start < claim.end <= len(text):
            parts += [html("{plain}", plain=text[at : claim.start]),
                      html("<mark>{figure}</mark>", figure=text[claim.start : claim.end])]  # fmt: skip
            at = claim.end
    return joined((*parts, html("{rest}", rest=text[at:])))


def _why(naming: Naming, why: Iterable[Cause]) -> Markup:
    return html('<ul class="kn-why">{rows}</ul>', rows=joined(_cause(naming, one) for one in why))


def _cause(naming: Naming, why: Cause) -> Markup:
    words, spoken = naming.words, naming.pack.locales[0]
    if why.kind == "rule":
        return html("<li>{told} <q>{found}</q></li>", told=words("knowledge.finds", rule=why.what),
                    found=as_written(why.new or "", naming.here))  # fmt: skip
    name = naming.whole_fact(why.what) if why.kind == "fact" else why.what
    new = html('<ins lang="{spoken}">{new}</ins>', spoken=spoken, new=why.new)
    gone = html("<em>{gone}</em>", gone=words("knowledge.gone"))
    return html(
        '<li class="cd-diff">{name}: <del lang="{spoken}">{old}</del> <span aria-hidden="true">→</span> {new}</li>',
        name=name, spoken=spoken, old=why.old or "–", new=new if why.new else gone,
    )  # fmt: skip


def _mend(naming: Naming, text: KeptText, mend: str, by: Person, in_effect: bool) -> Markup:
    words = naming.words
    if text.replaced:
        return html(
            '<p class="kn-mend"><span class="cd-badge cd-pass">{done}</span></p>', done=words("knowledge.mended")
        )
    badge = html('<span class="cd-badge cd-{tone}">{told}</span>', tone=_TONES[mend], told=words(f"knowledge.{mend}"))
    button = NONE
    if in_effect and mend == "render" and may_mend(text, by):
        button = html(
            '<button type="button" class="cd-button" data-today="{own}" data-version="{version}"'
            ' data-key="today:{draft}">{label}</button>',
            own=text.id, version=text.version, draft=text.draft, label=words("knowledge.today"),
        )  # fmt: skip
    elif in_effect and mend == "render":
        button = html('<span class="cd-quiet">{told}</span>', told=words("knowledge.makers_mend"))
    return html('<p class="kn-mend">{badge}{button}</p>', badge=badge, button=button)


def may_mend(text: KeptText, by: Person) -> bool:
    """Whether the button is worth showing; the desk's rules decide when it is pressed."""
    move = MOVES["edit"]
    return by.is_a(*move.roles) and text.state in move.sources and (not text.makers or by.login in text.makers)
