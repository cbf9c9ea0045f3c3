"""The brief's form in its three steps: audience, offer, channels and words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from assistant.api.upload import MOST
from assistant.domain.pack import Pack
from assistant.errors import CopydeskError
from assistant.writing.audience import Suited, scenario_of, scenarios, suited
from ui.choices import Choices, locales, named
from ui.parts.html import NONE, html, joined
from ui.studio.asked import MOST_VARIANTS, Asked
from ui.words import Words


@dataclass(frozen=True)
class Form:
    """Draws the form, filled in with what was asked."""

    pack: Pack
    words: Words
    today: dt.date

    def first(self) -> Asked:
        """A form that can be sent at once: the first campaign for the first of those whom it fits."""
        return self.of_campaign(next(iter(self.pack.campaigns)))

    def of_campaign(self, campaign: str, only: int = 1) -> Asked:
        """A campaign, for the first of whom and of what it fits."""
        fits = self._fits(campaign)
        few = {name: getattr(fits, name)[:only] for name in ("segments", "ages", "channels")}
        return Asked(campaign=campaign, locales=(self._language(),), **few)

    def of_scenario(self, own: str) -> Asked:
        """A scenario with all that the pack has for it: its campaign, whoever that fits, its channels. Raises
        UnknownId."""
        one = scenario_of(self.pack, own)
        fits = self._fits(one.campaign)
        over = tuple(channel for channel in fits.channels if channel in one.channels) or fits.channels
        chosen = {"segments": fits.segments, "ages": fits.ages, "channels": over}
        return Asked(campaign=one.campaign, locales=(self._language(),), **chosen)

    def drawn(self, asked: Asked) -> Markup:
        """The three steps."""
        parts = (self._audience(asked), self._offer(asked), self._channels(asked))
        return joined(
            html(
                '<section class="cd-step" aria-labelledby="step-{n}"><h2 id="step-{n}">'
                '<span class="cd-unseen">{step} </span><i aria-hidden="true">{n}</i>{title}</h2>{part}</section>',
                n=n, step=self.words("studio.step", n=n), title=self.words(f"studio.step_{n}"), part=part,
            )
            for n, part in enumerate(parts, 1)
        )  # fmt: skip

    def scenario(self) -> Markup:
        """What fills all of it in."""
        options = joined(
            html('<option value="{own}">{own} · {name}</option>', own=own, name=one.name[self.words.locale])
            for own, one in scenarios(self.pack).items()
        )
        return html(
            '<label>{label}<select id="scenario" data-act="scenario"><option value="">{none}</option>{options}</select>'
            "</label>",
            label=self.words("studio.scenario"), none=self.words("studio.scenario_none"), options=options,
        )  # fmt: skip

    def _audience(self, asked: Asked) -> Markup:
        here, fits = self.words.locale, self._fits(asked.campaign)
        return html(
            '{segments}{ages}<div data-region="tags"></div>{listing}',
            segments=self._rows("segments", named(self.pack.segments, here), asked.segments, fits.segments),
            ages=self._rows("ages", named(self.pack.ages, here), asked.ages, fits.ages),
            listing=self._listing(),
        )  # fmt: skip

    def _offer(self, asked: Asked) -> Markup:
        here = self.words.locale
        groups = groupby(sorted(self.pack.campaigns.values(), key=lambda one: one.scenario), lambda one: one.scenario)
        options = joined(
            html(
                '<optgroup label="{scenario}">{options}</optgroup>',
                scenario=scenario,
                options=joined(_option(one.id, f"{one.name[here]} · {one.id}", asked.campaign) for one in group),
            )
            for scenario, group in groups
        )
        return html(
            '<label>{label}<select id="campaign" name="campaign" data-key="campaign">{options}</select></label>'
            '<div data-region="about"></div>',
            label=self.words("studio.campaign"), options=options,
        )  # fmt: skip

    def _channels(self, asked: Asked) -> Markup:
        words, fits = self.words, self._fits(asked.campaign)
        return html(
            '{channels}{locales}<div class="cd-pair"><label>{variants}<input type="number" id="variants"'
            ' name="variants" min="1" max="{most}" value="{number}" data-key="variants"></label>'
            '<label>{send_on}<input type="date" id="send_on" name="send_on" value="{day}" data-key="send_on"'
            ' aria-describedby="send-hint"></label></div><small id="send-hint">{hint}</small>'
            '<label>{note}<textarea id="note" name="note" rows="2" placeholder="{note_hint}" data-key="note">{said}'
            "</textarea></label>",
            channels=self._chips("channels", named(self.pack.channels, words.locale), asked.channels, fits.channels),
            locales=self._chips("locales", locales(self.pack), asked.locales), variants=words("studio.variants"),
            most=MOST_VARIANTS, number=f"{asked.variants or 3:g}", send_on=words("studio.send_on"),
            day=asked.send_on or "", hint=words("studio.send_on_hint"), note=words("studio.note"),
            note_hint=words("studio.note_hint"), said=asked.note,
        )  # fmt: skip

    def _rows(self, group: str, choices: Choices, chosen: Collection[str], fits: Collection[str]) -> Markup:
        """A group of boxes, each with room for its size."""
        mark = html(
            '<em title="{hint}">{fits}</em>', hint=self.words("studio.fits_hint"), fits=self.words("studio.fits")
        )
        rows = joined(
            html(
                '<li><label class="cd-tick"><input type="checkbox" name="{group}" value="{own}"'
                ' data-key="{group}:{own}"{checked}><span>{name}</span>{mark}</label>'
                '<span class="cd-size" data-region="size-{group}-{own}"></span></li>',
                group=group, own=own, name=name, checked=_if(own in chosen, " checked"),
                mark=mark if own in fits and len(fits) < len(choices) else NONE,
            )
            for name, own in choices
        )  # fmt: skip
        return self._group(group, html('<ul class="cd-audience">{rows}</ul>', rows=rows))

    def _chips(self, group: str, choices: Choices, chosen: Collection[str], fits: Collection[str] = ()) -> Markup:
        chips = joined(
            html(
                '<label class="cd-chip{dim}"><input type="checkbox" name="{group}" value="{own}"'
                ' data-key="{group}:{own}"{checked}><span{lang}>{name}</span></label>',
                group=group, own=own, name=name, checked=_if(own in chosen, " checked"),
                dim=_if(bool(fits) and own not in fits, " cd-dim"),
                lang=html(' lang="{own}"', own=own) if group == "locales" else NONE,
            )
            for name, own in choices
        )  # fmt: skip
        return self._group(group, html('<div class="cd-chips">{chips}</div>', chips=chips))

    def _group(self, group: str, body: Markup) -> Markup:
        words, name = self.words, self.words(f"studio.{group}")
        buttons = joined(
            html(
                '<button type="button" class="cd-link" data-act="{act}" data-group="{group}" data-key="{act}:{group}"'
                ' aria-label="{name}: {label}">{label}</button>',
                act=act, group=group, name=name, label=words(f"studio.{act}"),
            )
            for act in ("all", "none")
        )  # fmt: skip
        return html(
            '<fieldset id="{group}"><legend>{name}</legend><span class="cd-pick">{buttons}</span>{body}</fieldset>',
            group=group, name=name, buttons=buttons, body=body,
        )  # fmt: skip

    def _listing(self) -> Markup:
        words = self.words
        return html(
            '<details class="cd-import"><summary>{title}</summary><p class="cd-quiet" id="list-hint">{hint}</p>'
            '<label>{choose}<input type="file" id="list" accept=".csv,.tsv,.txt,.xlsx,.parquet"'
            ' aria-describedby="list-hint" data-reading="{reading}" data-failed="{failed}"'
            ' data-nothing="{nothing}" data-long="{long}" data-most="{most}"></label>'
            '<div data-region="list" role="status"></div></details>',
            title=words("studio.list.title"), hint=words("studio.list.hint"), choose=words("studio.list.choose"),
            reading=words("studio.list.reading"), failed=words("studio.list.failed"),
            nothing=words("studio.list.nothing"), long=words("studio.list.long", n=MOST // 10**6), most=MOST,
        )  # fmt: skip

    def _fits(self, campaign: str) -> Suited:
        """Whom a campaign fits; nobody where it is over, or is none."""
        try:
            return suited(self.pack, campaign, self.today)
        except CopydeskError:
            return Suited((), (), ())

    def _language(self) -> str:
        here = self.words.locale
        return here if here in self.pack.locales else self.pack.locales[0]


def _option(own: str, name: str, chosen: str) -> Markup:
    return html(
        '<option value="{own}"{selected}>{name}</option>', own=own, name=name, selected=_if(own == chosen, " selected")
    )


def _if(so: bool, words: str) -> Markup:
    return Markup(words) if so else NONE
