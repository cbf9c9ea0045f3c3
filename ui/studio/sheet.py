"""The sheet: the filter, the current page of texts with what can be done to each, and what could not be written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from assistant.domain.draft import Variant
from assistant.domain.item import MOVES
from assistant.domain.pack import Pack
from assistant.domain.person import Person
from ui.choices import Choices, locales, named, verdicts
from ui.parts.cards import Beside, Cards, Told
from ui.parts.difference import difference
from ui.parts.folds import failed, forbidden
from ui.parts.html import NONE, html, joined
from ui.parts.proof import Prover
from ui.studio.editor import editor
from ui.studio.view import PAGE, Seen, Text, View
from ui.words import Words


@dataclass(frozen=True)
class Sheet:
    """Draws a page of a run for somebody."""

    pack: Pack
    words: Words
    person: Person

    def drawn(self, view: View, seen: Seen) -> Markup:
        """The page, with what could not be written below it."""
        cards = self._cards(view, {one.variant.id: one for one in seen.texts})
        last = max(0, (seen.total - 1) // PAGE)
        return html(
            '<div class="cd-sheet">{filters}{shown}{texts}{turn}{failed}{forbidden}</div>',
            filters=self._filters(view), shown=self._shown(seen),
            texts=cards.page([(one.place, one.variant) for one in seen.texts]),
            turn=self._turn(seen.page, last) if last else NONE,
            failed=failed(seen.places, cards), forbidden=forbidden(seen.places, cards),
        )  # fmt: skip

    def one(self, view: View, text: Text) -> Markup:
        """A text alone, as it stands in its region."""
        cards = self._cards(view, {text.variant.id: text})
        return cards.article(text.place, text.variant)

    def _cards(self, view: View, texts: dict[str, Text]) -> Cards:
        own = {one.own: one for one in texts.values()}

        def beside(_done: Told, variant: Variant) -> Beside:
            text = texts[variant.id]
            open_ = text.own in view.open
            words = editor(text, self.words) if open_ else self._fresh(view, text, own)
            return Beside(text.own, self._meta(text), NONE if open_ else self._tools(text), words)

        return Cards(Prover(self.pack, self.words), beside)

    def _fresh(self, view: View, text: Text, others: Mapping[str, Text]) -> Markup | None:
        """A text that came of a wish, told apart from the one that it came of; no markup for all others."""
        note, about = view.fresh.get(text.own, ("", ""))
        if about not in others:
            return None
        return html(
            '<p class="cd-quiet">{mark}</p><p class="cd-text" lang="{locale}">{words}</p>',
            mark=self.words("studio.text.fresh_mark", note=note), locale=text.place.cell.locale,
            words=difference(others[about].variant.text, text.variant.text),
        )  # fmt: skip

    def _meta(self, text: Text) -> Markup:
        if text.state == "draft":
            return NONE
        state = html('<span class="cd-badge">{state}</span>', state=self.words(f"studio.state.{text.state}"))
        if not text.item or not text.item.wave:
            return state
        wave = self.words("studio.text.wave", name=text.item.wave)
        return state + html(' <span class="cd-angle">{wave}</span>', wave=wave)

    def _tools(self, text: Text) -> Markup:
        words, own = self.words, text.own
        mine = text.is_of(self.person.login)
        tick = html(
            '<label class="cd-tick"><input type="checkbox" data-act="tick" data-text="{own}" data-key="tick:{own}">'
            "<span>{tick}</span> <b data-wave></b></label>",
            own=own, tick=words("studio.text.tick"),
        )  # fmt: skip
        edit = self._button("edit", own, words("studio.text.edit"))
        return html(
            '<div class="cd-tools-of">{tick}{edit}{compare}</div>',
            tick=tick if text.free and mine else NONE,
            edit=edit if mine and text.state in MOVES["edit"].sources else NONE,
            compare=self._button("compare", own, words("studio.text.compare"), Markup(' aria-pressed="false"')),
        )  # fmt: skip

    def _button(self, act: str, own: str, label: str, more: Markup = NONE) -> Markup:
        return html(
            '<button type="button" class="cd-link" data-act="{act}" data-text="{own}" data-key="{act}:{own}"{more}>'
            "{label}</button>",
            act=act, own=own, label=label, more=more,
        )  # fmt: skip

    def _filters(self, view: View) -> Markup:
        here = self.words.locale
        tables: tuple[tuple[str, Choices], ...] = (
            ("segment", named(self.pack.segments, here)),
            ("channel", named(self.pack.channels, here)),
            ("locale", locales(self.pack)),
            ("verdict", verdicts(self.words)),
        )
        fields = joined(self._filter(name, choices, getattr(view, name)) for name, choices in tables)
        template = '<div class="cd-filter" id="filters" role="group" aria-label="{title}">{fields}</div>'
        return html(template, title=self.words("filter.title"), fields=fields)

    def _filter(self, name: str, choices: Choices, chosen: str) -> Markup:
        options = joined(
            html(
                '<option value="{own}"{selected}>{label}</option>',
                own=own, label=label, selected=Markup(" selected") if own == chosen else NONE,
            )
            for label, own in [(self.words("filter.all"), ""), *choices]
        )  # fmt: skip
        return html(
            '<label>{label}<select id="filter-{name}" data-act="filter" data-name="{name}" data-key="filter:{name}">'
            "{options}</select></label>",
            label=self.words(f"filter.{name}"), name=name, options=options,
        )  # fmt: skip

    def _shown(self, seen: Seen) -> Markup:
        if not seen.total:
            told = self.words("filter.none") if any(one.draft for one in seen.places) else ""
        else:
            last = seen.first + len(seen.texts)
            told = self.words("filter.shown", first=seen.first + 1, last=last, total=seen.total)
        return html('<p class="cd-shown" role="status">{told}</p>', told=told) if told else NONE

    def _turn(self, page: int, last: int) -> Markup:
        buttons: Sequence[tuple[str, int, bool]] = (("previous", page - 1, page > 0), ("next", page + 1, page < last))
        drawn = joined(
            html(
                '<button type="button" class="cd-button" data-act="turn" data-page="{page}" data-key="{name}"{off}>'
                "{label}</button>",
                page=to, name=name, label=self.words(f"filter.{name}"), off=NONE if can else Markup(" disabled"),
            )
            for name, to, can in buttons
        )  # fmt: skip
        return html('<div class="cd-bar">{drawn}</div>', drawn=drawn)
