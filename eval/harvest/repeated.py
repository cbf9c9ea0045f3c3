"""The replacements that reviewers made again and again: of sentences, and of phrases within different sentences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from eval.harvest.differing import columns, phrase, replaced
from eval.harvest.edits import Edits
from eval.harvest.reading import Reading
from eval.harvest.terms import Repeated
from eval.harvest.wording import owners, plain, print_of, sentences_of


@dataclass(frozen=True, slots=True)
class Seen:
    """One time that it was done. `old`, `new`: whole sentences, slots by kind; `foreign`: the new one has a slot of
    somebody whom the text did not speak of."""

    draft: str
    item: str
    campaign: str
    by: str
    at: dt.datetime
    old: str
    new: str
    foreign: bool


@dataclass(frozen=True)
class Change:
    """`old` became `new` (empty where it was struck out). `whole`: they are sentences, else phrases."""

    locale: str
    old: str
    new: str
    whole: bool
    seen: tuple[Seen, ...]

    @property
    def texts(self) -> int:
        """In how many texts."""
        return len({one.item for one in self.seen})

    @property
    def campaigns(self) -> tuple[str, ...]:
        """In which campaigns."""
        return tuple(sorted({one.campaign for one in self.seen}))

    @property
    def people(self) -> tuple[str, ...]:
        """By whom."""
        return tuple(sorted({one.by for one in self.seen}))

    def enough(self, least: Repeated) -> bool:
        """Whether so many texts say so, of so many campaigns or by so many people."""
        apart = len(self.campaigns) >= least.campaigns or len(self.people) >= least.people
        return self.texts >= least.texts and apart


def repeated(reading: Reading, found: Edits, least: Repeated) -> list[Change]:
    """What was replaced often enough, sentences first. A phrase that differs in one such sentence alone says nothing
    beside it."""
    done = list(_seen(reading, found))
    sentences = [one for one in _grouped(done, whole=True) if one.enough(least)]
    told = {(one.locale, seen.item, seen.old) for one in sentences for seen in one.seen}
    phrases = [
        one
        for one in _grouped(done, whole=False)
        if one.enough(least)
        and least.shortest <= columns(one.old) <= least.longest
        and not all((one.locale, seen.item, seen.old) in told for seen in one.seen)
    ]
    return sentences + phrases


def _seen(reading: Reading, found: Edits) -> Iterator[tuple[str, Seen]]:
    pack = reading.desk.pack
    for _pair, edit in found.pairs:
        before, after = reading.kept(edit.before), reading.kept(edit.after)
        cell = after.cell
        raw = [sentences_of(pack, one.variant.template) for one in (before, after)]
        olds, news = ([plain(pack, cell, sentence) for sentence in told] for told in raw)
        known = owners(before.variant.template)
        for place, other in replaced(olds, news):
            new, foreign = "", False
            if other is not None:
                new, foreign = news[other], not owners(raw[1][other]) <= known
            old = olds[place]
            yield cell.locale, Seen(edit.after, edit.item, cell.campaign, edit.by, edit.at, old, new, foreign)


def _grouped(done: Sequence[tuple[str, Seen]], *, whole: bool) -> list[Change]:
    groups: dict[tuple[str, str, str], list[Seen]] = {}
    words: dict[tuple[str, str, str], tuple[str, str]] = {}
    for locale, one in done:
        pair = (one.old, one.new) if whole else phrase(one.old, one.new)
        if pair is None or not pair[0]:
            continue
        key = (locale, print_of(locale, pair[0]), print_of(locale, pair[1]))
        groups.setdefault(key, []).append(one)
        words.setdefault(key, pair)
    found = [Change(key[0], *words[key], whole, tuple(groups[key])) for key in groups]
    return sorted(found, key=lambda one: (-one.texts, one.locale, one.old, one.new))
