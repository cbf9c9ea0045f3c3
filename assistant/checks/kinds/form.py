"""Checks of a text's form: lengths, signature, left-over slots, script, links."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Set
from urllib.parse import urlsplit

from assistant.checks.context import Context, Hit
from assistant.checks.kinds.base import Check, Match
from assistant.checks.measure import BORNE, parts_of, sentence_length, sentences, size, spoken_seconds
from assistant.domain.base import Listed
from assistant.domain.finding import Mend
from assistant.text.fold import HAN, folded_word, traditional

_LATIN = re.compile(r"[A-Za-z](?<![A-Za-z/.].)[A-Za-z'’-]{0,30}(?:[ ,.;:]{1,2}[A-Za-z][A-Za-z'’-]{0,30}){4,40}")
"""Five Latin words in a row: a sentence, not an app's name."""
_SIGNATURE = re.compile(r"【[^【】]*】")
_SLOT_LEFT = re.compile(r"\{[^{}\n]*\}|\$\{|<[a-z_]+>|%[sd]\b|\[\[|\]\]")
# It begins with a letter and then looks back: a search runs from one such letter to the next.
_NOTHING = re.compile(
    r"[nNuU](?:(?<![a-zA-Z0-9].)(?:(?<=[nN])(?i:ull|an|/a)|(?<=[uU])(?i:ndefined))(?![a-zA-Z0-9-])"
    r"|(?<=[a-z,，] N)one(?![a-z]))",
    re.S,
)
_ADDRESS = re.compile(
    r"https?://[^\s，。；、）)】]+|(?<![a-z0-9_@.-])(?:[a-z0-9-]++\.)+[a-z]{2,}(?![a-z0-9-])(?:/[^\s，。；、）)】]*)?",
    re.I,
)
_DOTTED = re.compile(r"\.[a-z]{2}|://", re.I)
"""What every address holds; few texts do."""
_HAN = re.compile(f"[{HAN}]")


class Length(Check):
    """No part of the text longer than the channel takes, as the channel's own data says."""

    kind = "length"

    def hits(self, context: Context) -> Iterator[Hit]:
        channel = context.channel
        if channel is None:
            return
        for name, start, end in parts_of(channel, context.case.text):
            limit = channel.limits.get(name) or (channel.limits if name == "body" else {})
            used, allowed = size(context.case.text[start:end], limit, context.locale)
            if allowed is not None and used > allowed:
                yield Hit(start, end, f"{name}: {used} > {allowed}")
        body = channel.limits.get(context.case.purpose) or channel.limits.get("body", {})
        seconds = body.get("spoken_seconds") if channel.voice else None
        if seconds:
            spoken = spoken_seconds(context.case.text, channel, context.locale)
            if not seconds[0] <= spoken <= seconds[1]:
                yield context.whole(f"{spoken:.0f} s, not {seconds[0]}–{seconds[1]} s")


class SmsForm(Check):
    """Exactly one signature, at the start; a marketing message ends with its way out, once."""

    kind = "sms_form"

    def hits(self, context: Context) -> Iterator[Hit]:
        text, institution = context.case.text, self.pack.institution
        signatures = list(_SIGNATURE.finditer(text))
        wanted = {folded_word(name) for name in institution.signature.values()}
        own = [s for s in signatures if folded_word(s[0]) in wanted]
        if not own or own[0].start() != 0 or len(own) > 1 or len(signatures) > len(own):
            end = signatures[0].end() if signatures and signatures[0].start() == 0 else 0
            own_name = institution.signature[context.locale]
            yield Hit(0, end, own_name, Mend(start=0, end=end, text=own_name))
        if context.case.purpose == "sales":
            by_locale = institution.opt_out.get(context.market or "", {})
            out = by_locale.get(context.locale) or next(iter(by_locale.values()), "")
            count = text.count(out) if out else 1
            if count != 1 or (out and not text.rstrip(" 。.").endswith(out)):
                gap = " " if context.locale == "en" or not text.endswith(("。", "！", "？")) else ""
                mend = Mend(start=len(text), end=len(text), text=gap + out) if count == 0 else None
                yield Hit(len(text), len(text), out, mend)


class Leftovers(Check):
    """A slot that nothing filled, or the word for nothing."""

    kind = "leftovers"

    def hits(self, context: Context) -> Iterator[Hit]:
        for pattern in (_SLOT_LEFT, _NOTHING):
            for match in pattern.finditer(context.case.text):
                yield Hit(*match.span())


class ScriptMatch(Match):
    """How many characters of a foreign script are borne."""

    tolerance: int = 0


class Script(Check):
    """Text in another script than its locale's: Traditional in zh-Hans, Simplified in zh-Hant, Han in English."""

    kind = "script"
    Match = ScriptMatch

    def prepare(self) -> None:
        import importlib.resources

        folder = importlib.resources.files("opencc") / "dictionary"
        rows, usual = (
            [row.split("\t") for row in (folder / name).read_text(encoding="utf-8").splitlines()]
            for name in ("STCharacters.txt", "TWVariants.txt")
        )
        # A Simplified form counts only where it is no Traditional character as well (后, 里, 台, 才 are both).
        self._simplified = {row[0] for row in rows if len(row) == 2 and row[0] not in row[1].split(" ")}
        # Nor where Taiwan itself writes it so (羣 is written 群).
        self._simplified -= {form for row in usual if len(row) == 2 for form in row[1].split(" ")}
        self._traditional = traditional()

    def hits(self, context: Context) -> Iterator[Hit]:
        text = context.case.text
        strange = self._foreign(text, context.locale)
        if not strange:
            yield from self._no_han(context)
            return
        names = [context.folded.span(m.start, m.end) for m in context.mentions]
        wrong = [i for i, c in enumerate(text) if c in strange]
        wrong = [i for i in wrong if not any(s <= i < e for s, e in names)]
        if context.locale == "en":
            signed = [m.span() for m in _SIGNATURE.finditer(text)]
            wrong = [i for i in wrong if not any(s <= i < e for s, e in signed)]
        if len(wrong) > self.match.tolerance:
            yield Hit(wrong[0], wrong[0] + 1, text[wrong[0]])
        yield from self._no_han(context)

    def _no_han(self, context: Context) -> Iterator[Hit]:
        text = context.case.text
        if context.locale not in ("zh-Hans", "zh-Hant") or not text.strip():
            return
        if not _HAN.search(text):
            yield context.whole(context.locale)
            return
        found = list(_LATIN.finditer(text))
        names = [context.folded.span(m.start, m.end) for m in context.mentions] if found else []
        for match in found:
            # A name of the catalogue may be English; what stands round it may not.
            if not any(start < match.end() and match.start() < end for start, end in names):
                yield Hit(*match.span(), context.locale)

    def _foreign(self, text: str, locale: str) -> Set[str]:
        if locale == "en":
            return set(_HAN.findall(text))
        return (self._simplified if locale == "zh-Hant" else self._traditional).intersection(text)


class LinkMatch(Match):
    """Hosts of link shorteners, which hide where a link leads."""

    shorteners: Listed = ()


class Links(Check):
    """Every address is on the institution's exact list of hosts; none where the channel takes none."""

    kind = "links"
    Match = LinkMatch

    def hits(self, context: Context) -> Iterator[Hit]:
        text = context.case.text
        for match in _ADDRESS.finditer(text) if _DOTTED.search(text) else ():
            if "/" not in match[0] and "." in match[0] and not _looks_like_host(match[0]):
                continue
            host = _host(match[0])
            if context.channel is not None and not context.channel.link_allowed:
                yield Hit(*match.span(), context.channel.id)
            elif host not in self.pack.institution.link_hosts:
                yield Hit(*match.span(), host)


def _host(address: str) -> str:
    """The host of an address; what is no address has none, and so none of the institution's."""
    try:
        return (urlsplit(address if "://" in address else f"https://{address}").hostname or "").lower()
    except ValueError:
        return ""


def _looks_like_host(word: str) -> bool:
    return bool(re.search(r"\.(?:com|cn|net|org|example|top|xyz|cc|me|io|tw|uk|info|vip|shop|link|ly|co)$", word, re.I))


class SentenceMatch(Match):
    """From which age on sentences must be short."""

    min_age: int = 65


class Sentences(Check):
    """Sentences no longer than the reader's age band bears."""

    kind = "sentences"
    reader = True
    Match = SentenceMatch

    def needs(self, context: Context) -> list[str]:
        return ["age"] if context.case.age is None else []

    def hits(self, context: Context) -> Iterator[Hit]:
        age = context.case.age or 0
        if age < self.match.min_age:
            return
        band = next((b for b in self.pack.ages.values() if b.start <= age <= (b.until or 200)), None)
        limit = band.max_sentence.get(context.locale) if band else None
        if not limit:
            return
        for start, end in sentences(context.case.text):
            words = sentence_length(context.case.text[start:end], context.locale)
            if words > math.ceil(limit * BORNE) and not context.is_exempt(start, end):
                yield Hit(start, end, f"{words} > {limit}")
