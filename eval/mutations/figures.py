"""Faults in figures: another value, another unit, another product's, another name for it."""

from __future__ import annotations

import datetime as dt
import random
from decimal import Decimal
from typing import Any

from assistant.checks.case import LintCase
from assistant.domain.facts import Fact
from assistant.domain.formats import written
from assistant.domain.values import Term, Unit
from eval.mutations.oracle import true_elsewhere
from eval.mutations.source import Mutator, Source, kind

_DIGITS = "零一二三四五六七八九"
_OTHER_UNIT: dict[Unit, Unit] = {
    "year": "month",
    "month": "year",
    "day": "month",
    "week": "day",
    "hour": "day",
    "minute": "hour",
}


def _with_value(source: Source, figure: tuple[int, int, Fact], value: Any) -> LintCase | None:
    start, end, fact = figure
    if value == fact.value or true_elsewhere(source, fact, value):
        return None
    other = Fact(fact.owner, fact.key, fact.kind, value, fact.source)
    return source.changed(start, end, written(other, source.cell.locale))


def _of(source: Source, draw: random.Random, *kinds: str) -> tuple[int, int, Fact] | None:
    figures = source.of_kind(*kinds)
    return draw.choice(figures) if figures else None


def _digit(value: Decimal, draw: random.Random) -> Decimal:
    digits = list(str(value))
    places = [i for i, c in enumerate(digits) if c.isdigit()]
    at = draw.choice(places)
    digits[at] = draw.choice([d for d in "123456789" if d != digits[at]])
    return Decimal("".join(digits))


def _term(number: int, unit: Unit) -> Term:
    return Term(number=number, unit=unit)


def _revalued(name: str, kinds: tuple[str, ...], change: Any) -> Mutator:
    @kind(name)
    def mutate(source: Source, draw: random.Random) -> LintCase | None:
        figure = _of(source, draw, *kinds)
        if figure is None:
            return None
        return _with_value(source, figure, change(figure[2].value, draw))

    return mutate


_revalued("rate: a digit swapped", ("rate", "benchmark"), _digit)
_revalued("rate: ten times", ("rate", "benchmark"), lambda value, draw: value * 10)
_revalued("rate: a tenth", ("rate", "benchmark"), lambda value, draw: value / 10)
_revalued("amount: a digit swapped", ("money",), _digit)
_revalued("amount: ten times", ("money",), lambda value, draw: value * 10)
_revalued("amount: a tenth", ("money",), lambda value, draw: value / 10)
_revalued("count: changed", ("count",), lambda value, draw: int(value) * draw.choice([2, 3, 10]))
_revalued(
    "term: another number",
    ("term",),
    lambda term, draw: Term(number=term.number + draw.choice([1, 2, 3]), unit=term.unit),
)
_revalued("term: another unit", ("term",), lambda term, draw: Term(number=term.number, unit=_OTHER_UNIT[term.unit]))


@kind("rate: a neighbour product's")
def neighbour(source: Source, draw: random.Random) -> LintCase | None:
    """The rate of another product of the same type."""
    figure = _of(source, draw, "rate", "benchmark")
    if figure is None or source.product is None:
        return None
    kin = {f"product:{p.id}" for p in source.pack.products.values() if p.type == source.product.type}
    rates = [f.value for f in source.pack.facts.values() if f.owner in kin and f.kind == figure[2].kind]
    return _with_value(source, figure, draw.choice(rates)) if rates else None


@kind("rate: in basis points as if per cent")
def as_points(source: Source, draw: random.Random) -> LintCase | None:
    """2.2 % becomes 2.2 BP."""
    figure = _of(source, draw, "rate")
    if figure is None:
        return None
    start, end, fact = figure
    return source.changed(start, end, f"{fact.value.normalize():f}BP")


@kind("rate: wrong, in Chinese numerals")
def numerals(source: Source, draw: random.Random) -> LintCase | None:
    """百分之三点七 where the catalogue has another rate."""
    figure = _of(source, draw, "rate", "benchmark")
    if figure is None or source.cell.locale == "en":
        return None
    value = Decimal(f"{draw.randint(1, 9)}.{draw.randint(1, 9)}")
    if true_elsewhere(source, figure[2], value):
        return None
    whole, _, rest = str(value).partition(".")
    point = "点" if source.cell.locale == "zh-Hans" else "點"
    words = f"百分之{_DIGITS[int(whole)]}{point}{_DIGITS[int(rest)]}"
    return source.changed(figure[0], figure[1], words)


@kind("rate: wrong, digits spaced or full width")
def disguised(source: Source, draw: random.Random) -> LintCase | None:
    """A wrong rate, written so that a search for digits misses it."""
    figure = _of(source, draw, "rate", "benchmark")
    if figure is None:
        return None
    value = _digit(figure[2].value, draw)
    if value == figure[2].value or true_elsewhere(source, figure[2], value):
        return None
    plain = f"{value.normalize():f}%"
    wide = "".join(chr(ord(c) + 0xFEE0) for c in plain)
    words = draw.choice([wide, plain.replace(".", " . "), "\u200b".join(plain)])
    return source.changed(figure[0], figure[1], words)


@kind("benchmark: called a rate")
def benchmark_as_rate(source: Source, draw: random.Random) -> LintCase | None:
    """A benchmark under the name of a rate that is promised."""
    if source.product is None:
        return None
    own = source.pack.facts.get(f"product:{source.product.id}.benchmark")
    if own is None:
        return None
    value = written(own, source.cell.locale)
    words = {
        "zh-Hans": ("年利率{}。", "利率高达{}。", "年化收益率{}。", "到期收益{}。"),
        "zh-Hant": ("年利率{}。", "年化報酬率{}。", "利率達{}。", "到期報酬{}。"),
        "en": ("The interest rate is {}.", "It pays {} a year.", "It yields {} a year.", "The rate is {}."),
    }[source.cell.locale]
    return source.after_a_sentence(draw.choice(words).format(value), draw)


@kind("two products: the facts of one under the other's name")
def mixed(source: Source, draw: random.Random) -> LintCase | None:
    """A sentence that gives one product's rate to another."""
    rates = [f for f in source.pack.facts.values() if f.kind == "rate" and f.key == "rate"]
    one, other = draw.choice(rates), draw.choice(rates)
    mine = {f.value for f in source.pack.facts.values() if f.owner == one.owner and f.kind in ("rate", "benchmark")}
    if other.value in mine:
        return None
    locale = source.cell.locale
    name = source.pack.facts[f"{one.owner}.name"].text(locale)
    words = {"zh-Hans": "{}的年利率是{}。", "zh-Hant": "{}的年利率是{}。", "en": "The annual rate of {} is {}."}
    return source.after_a_sentence(words[locale].format(name, written(other, locale)), draw)


@kind("structured deposit: only the top of the range")
def top_only(source: Source, draw: random.Random) -> LintCase | None:
    """The highest scenario without the others."""
    kin = [p for p in source.pack.products.values() if p.type == "structured_deposit"]
    product = draw.choice(kin)
    top = source.pack.facts[f"product:{product.id}.rate_high"]
    locale = source.cell.locale
    words = {"zh-Hans": "{}，年利率最高{}。", "zh-Hant": "{}，年利率最高{}。", "en": "{}: up to {} a year."}
    return source.after_a_sentence(words[locale].format(product.name[locale], written(top, locale)), draw)


@kind("day: a wrong date")
def wrong_date(source: Source, draw: random.Random) -> LintCase | None:
    """A last day that no fact gives."""
    day = dt.date(2027, draw.randint(1, 12), draw.randint(1, 28))
    words = {"zh-Hans": "活动到{}为止。", "zh-Hant": "活動至{}止。", "en": "The offer ends on {}."}
    fact = Fact("x", "x", "date", day, "")
    if any(f.value == day for f in source.pack.facts.values()):
        return None
    locale = source.cell.locale
    return source.after_a_sentence(words[locale].format(written(fact, locale)), draw)


@kind("day: the campaign is over")
def over(source: Source, draw: random.Random) -> LintCase | None:
    """Sent on a day on which the campaign does not run."""
    assert source.case.send_day is not None
    for days in draw.sample(range(20, 340), 40):
        day = source.case.send_day + dt.timedelta(days=days)
        if not source.pack.runs(source.campaign, day):
            assessed = day - dt.timedelta(days=30)
            moment = dt.datetime.combine(day, dt.time(10, 0))
            return source.told(source.text, send_at=moment, risk_assessed_at=assessed)
    return None


@kind("phone: a digit swapped")
def wrong_phone(source: Source, draw: random.Random) -> LintCase | None:
    """Another telephone number."""
    figure = _of(source, draw, "phone")
    if figure is None:
        return None
    words = list(source.text[figure[0] : figure[1]])
    words[-1] = draw.choice([d for d in "0123456789" if d != words[-1]])
    return source.changed(figure[0], figure[1], "".join(words))
