"""The package that goes to approval: its waves with the texts ticked for each, its name, what measures its success."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, get_args

from markupsafe import Markup
from pydantic import Field

from assistant.api.packages import Criterion
from ui.parts.html import NONE, html, joined
from ui.parts.notice import Worded
from ui.surface import Given
from ui.words import Words

WAVES = 20
Own = Annotated[str, Field(min_length=1, max_length=32)]


class Wave(Given):
    """A wave, and the texts that are ticked for it."""

    name: Annotated[str, Field(max_length=40)] = ""
    texts: Annotated[tuple[Own, ...], Field(max_length=10_000)] = ()


class Basket(Given):
    """What is ticked. `current`: the wave that ticks go into, from 0."""

    waves: Annotated[tuple[Wave, ...], Field(min_length=1, max_length=WAVES)]
    current: int = Field(default=0, ge=0, lt=WAVES)
    name: Annotated[str, Field(max_length=120)] = ""
    criterion: Criterion = "conversions"

    def texts(self) -> list[str]:
        """All that are ticked."""
        return [own for wave in self.waves for own in wave.texts]

    def by_wave(self, words: Words) -> dict[str, Sequence[str]]:
        """The ticked texts by the name of their wave; one that is empty is left out. Raises Worded."""
        if not self.texts():
            raise Worded(words("studio.package.empty"))
        if not self.name.strip():
            raise Worded(words("studio.package.named"))
        found: dict[str, Sequence[str]] = {}
        for n, wave in enumerate(self.waves, 1):
            if wave.texts:
                name = wave.name.strip() or words("studio.package.wave", n=n)
                if name in found:
                    raise Worded(words("studio.package.twice"))
                found[name] = wave.texts
        return found


def package(basket: Basket, blocked: Sequence[tuple[str, Markup]], words: Words) -> Markup:
    """The form of the package. `blocked`: the ticked texts that a finding blocks, each with whom it speaks to."""
    several = len(basket.waves) > 1
    count = len(basket.texts())
    return html(
        '<section class="cd-panel cd-package" aria-labelledby="package-title"><h2 id="package-title">{title}</h2>'
        '<p class="cd-quiet">{hint}</p><div class="cd-bar"><button type="button" class="cd-button" data-act="tick-all"'
        ' data-key="tick-all">{all}</button><button type="button" class="cd-button" data-act="untick" data-key="untick"'
        '{none}>{clear}</button></div>{waves}<div class="cd-pair"><label>{name}<input type="text" id="package-name"'
        ' maxlength="120" data-draft="package-name" data-key="package-name"></label><label>{criterion}'
        '<select id="package-criterion" data-key="package-criterion">{criteria}</select></label></div>{blocked}'
        '<div class="cd-bar"><button type="button" class="cd-button cd-first" id="submit" data-act="submit"'
        ' data-key="submit"{off}>{submit}</button><button type="button" class="cd-button" data-act="wave-add"'
        ' data-key="wave-add">{add}</button></div></section>',
        title=words("studio.package.title"), hint=words("studio.package.hint"), all=words("studio.package.all"),
        clear=words("studio.package.clear"), none=_off(not count), add=words("studio.package.wave_add"),
        waves=_waves(basket, words) if several else NONE, name=words("studio.package.name"),
        criterion=words("studio.package.criterion"), criteria=_criteria(basket, words),
        blocked=_blocked(blocked, words), off=_off(not count or bool(blocked)),
        submit=words.count("studio.package.submit", count),
    )  # fmt: skip


def done(count: int, words: Words) -> Markup:
    """That a package is submitted."""
    return html('<p class="cd-done" role="status">{done}</p>', done=words.count("studio.package.done", count))


def against(why: str, words: Words) -> Markup:
    """What stands against a package. The desk's own words are English."""
    return html(
        '<div class="cd-trouble" role="alert"><p><strong>{against}</strong> <span lang="en">{why}</span></p></div>',
        against=words("studio.package.against"), why=why,
    )  # fmt: skip


def _waves(basket: Basket, words: Words) -> Markup:
    rows = joined(
        html(
            '<li><label class="cd-tick"><input type="radio" name="wave" value="{place}" data-act="wave"'
            ' data-key="wave:{place}"{checked}><span>{here}</span></label><label><span class="cd-unseen">{label}</span>'
            '<input type="text" maxlength="40" placeholder="{name}" data-wave-name="{place}" data-draft="wave:{place}"'
            ' data-key="wave-name:{place}"></label><b>{count}</b></li>',
            place=place, checked=Markup(" checked") if place == basket.current else NONE,
            here=words("studio.package.wave_here", n=place + 1), label=words("studio.package.wave_name"),
            name=words("studio.package.wave", n=place + 1), count=len(wave.texts),
        )
        for place, wave in enumerate(basket.waves)
    )  # fmt: skip
    return html('<ul class="cd-waves">{rows}</ul>', rows=rows)


def _criteria(basket: Basket, words: Words) -> Markup:
    return joined(
        html(
            '<option value="{own}"{selected}>{name}</option>',
            own=own, name=words(f"studio.package.{own}"),
            selected=Markup(" selected") if own == basket.criterion else NONE,
        )
        for own in get_args(Criterion)
    )  # fmt: skip


def _blocked(blocked: Sequence[tuple[str, Markup]], words: Words) -> Markup:
    if not blocked:
        return NONE
    rows = joined(
        html(
            '<li>{where} <button type="button" class="cd-link" data-act="edit" data-text="{own}">{edit}</button></li>',
            where=where, own=own, edit=words("studio.text.edit"),
        )
        for own, where in blocked[:10]
    )  # fmt: skip
    return html(
        '<div class="cd-trouble" role="status"><p>{told}</p><ul>{rows}</ul></div>',
        told=words.count("studio.package.blocked", len(blocked)), rows=rows,
    )  # fmt: skip


def _off(so: bool) -> Markup:
    return Markup(" disabled") if so else NONE
