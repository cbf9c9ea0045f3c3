"""The check on the day of sending: a text against the one who is to read it, or what it asks of whoever will."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from assistant.checks.case import LintCase
from assistant.checks.engine import CheckEngine
from assistant.domain.finding import Checked
from assistant.domain.pack import Pack
from assistant.playbook.readers import Reader
from assistant.review.exporting.pieces import Piece, filled
from assistant.review.looking import fitting
from assistant.writing.scripts.slots import salutation

_KEPT = 2000
"""Texts whose words have been checked that are remembered; a text with a salutation is another for each name."""


@dataclass
class Recheck:
    """Checks pieces again. What hangs on the words alone is found once for each text."""

    pack: Pack
    engine: CheckEngine
    _known: OrderedDict[tuple[str, str], Callable[[LintCase], Checked]] = field(default_factory=OrderedDict)

    def for_reader(self, piece: Piece, reader: Reader) -> tuple[str, list[tuple[str, str]]]:
        """The text as this customer would read it, and what stands against it: rule and why."""
        text, check = self._check(piece, _own(piece, reader, self.pack))
        update = {
            "id": reader.customer,
            "text": text,
            "age": reader.age,
            "risk": reader.risk,
            "risk_assessed_at": reader.assessed_on,
            "consent": reader.consent,
            "professional": reader.professional,
            # Where nobody knows, what a first contact asks for is asked for.
            "first_contact": reader.first_contact is not False,
        }
        return text, list(against(check(piece.case.model_copy(update=update))))

    def for_anybody(self, piece: Piece) -> tuple[str, list[str], list[tuple[str, str]]]:
        """The text with stand-ins, what it asks of a customer (`consent`, `risk>=R2`), and what stands against it.

        It is checked as for one who gives all that, at both ends of its age band.
        """
        text, check = self._check(piece, lambda slot: self._stand_in(piece, slot))
        band, day = self.pack.ages[piece.item.cell.age], piece.case.send_day
        blank = piece.case.model_copy(update={"text": text, "age": band.start})
        needs = {need for missing in check(blank).not_checked for need in missing.needs}
        given = {name: value for name, value in fitting(day).items() if name in needs}

        def found(**more: bool) -> list[tuple[str, str]]:
            ends = (band.start, band.until or band.start)
            cases = (blank.model_copy(update={**given, **more, "age": age}) for age in ends)
            return list(dict.fromkeys(one for case in cases for one in against(check(case))))

        # A text that may also come first asks for no earlier one.
        if "first_contact" in given and found(first_contact=True) == found():
            del given["first_contact"]
            return text, self._asked(piece, given), found(first_contact=True)
        return text, self._asked(piece, given), found()

    def _asked(self, piece: Piece, needs: Iterable[str]) -> list[str]:
        """What a campaign system must make sure of: `consent`, `risk>=R2`, `not_first_contact`."""
        product = self.pack.products.get(piece.product or "")
        words = {"first_contact": "not_first_contact"}
        if product and product.risk:
            words["risk"] = f"risk>={product.risk}"
        return [words.get(need, need) for need in sorted(needs)]

    def _stand_in(self, piece: Piece, slot: str) -> str:
        """What stands for a customer's own slot while nobody's row is at hand."""
        locale = piece.item.cell.locale
        return self.pack.institution.name[locale] if slot == "rm.name" else salutation("", "", locale)

    def _check(self, piece: Piece, own: Callable[[str], str]) -> tuple[str, Callable[[LintCase], Checked]]:
        text, known = filled(self.pack, piece, own)
        key = (piece.item.id, text if piece.slots else "")
        check = self._known.get(key)
        if check is None:
            check = self._known[key] = self.engine.for_readers(piece.case.model_copy(update={"text": text}), known)
            if len(self._known) > _KEPT:
                self._known.popitem(last=False)
        return text, check


def _own(piece: Piece, reader: Reader, pack: Pack) -> Callable[[str], str]:
    locale = piece.item.cell.locale
    words = {
        "customer.salutation": lambda: salutation(reader.name, reader.sex, locale),
        "rm.name": lambda: reader.manager or pack.institution.name[locale],
    }
    return lambda slot: words[slot]()


def against(checked: Checked) -> Iterator[tuple[str, str]]:
    """What keeps a checked text back: findings that block, and rules that could not be checked."""
    for finding in checked.findings:
        if finding.severity == "block":
            yield finding.rule, finding.message
    for missing in checked.not_checked:
        yield missing.rule, f"it could not be checked without {', '.join(missing.needs)}"
