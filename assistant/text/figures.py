"""Finding the figures of a folded text: rates, amounts, terms, dates, counts, links, phones, with what they mean."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from assistant.domain.values import Kind, Term, Unit
from assistant.text.numbers import ARABIC, CHINESE, EN_WORD, ENGLISH, NUMBER, SCALE, read

_SCALES = "百万|十万|千万|万|亿|千|百"
_EN_MONTHS = "january february march april may june july august september october november december".split()
_EN_UNITS = "minute|hour|day|week|month|year"
_FOREIGN = "新台币|台币|美元|美金|港币|港元|欧元|英镑|日元|日圆"
"""Other money than the catalogue's."""
_ZH_UNITS: dict[str, Unit] = {
    "分钟": "minute",
    "小时": "hour",
    "天": "day",
    "日": "day",
    "周": "week",
    "个星期": "week",
    "星期": "week",
    "个礼拜": "week",
    "个月": "month",
    "月期": "month",
    "年": "year",
    "年期": "year",
}
_COUNTERS = "名|份|次|个|位|笔|张|户|人|项|期|倍|步|件|积分|分|款|条|盒|袋|元起"
_MONTH_NAMES = "|".join(_EN_MONTHS)
_DATE = (
    r"(?:\d{4}年)?\d{1,2}月\d{1,2}[日号]|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}"
    rf"|\d{{1,2}} (?:{_MONTH_NAMES})(?: \d{{4}})?|(?:{_MONTH_NAMES}) \d{{1,2}}(?:,? \d{{4}})?"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in folded text: its kind, its value (as `FactValue.comparable` gives it) and its place."""

    kind: Kind
    value: object
    start: int
    end: int
    loose: bool = False
    """Whether it is a claim only where the words beside it name a field: 三项 may count anything, 三项任务 may not."""


Day = tuple[int | None, int, int]
"""Year (None where the text names none), month, day."""


def _rate(match: re.Match[str]) -> object:
    if match["rate_cn"]:
        return read(match["rate_cn"]) / {"百": 1, "千": 10, "万": 100}[match["rate_base"]]
    if match["rate_en"]:
        return read(match["rate_en"])
    scale = {"bp": 100, "bps": 100, "基点": 100, "‰": 10}.get(match["rate_unit"].strip(), 1)
    return read(match["rate_n"]) / scale


def _money(match: re.Match[str]) -> object:
    if foreign := match["money_fx"] or match["money_xf"]:
        return (foreign, match["money_fn"] or match["money_xn"])
    if spelled := match["money_en"] or match["money_ne"]:
        return read(spelled)
    number = match["money_n"] or match["money_cny"] or match["money_bare"]
    scale = match["money_s"] or match["money_cs"] or match["money_bs"] or ""
    if scale in ("million", "k"):
        return read(number) * (1_000_000 if scale == "million" else 1000)
    return read(number) * SCALE[scale]


def _term(match: re.Match[str]) -> object:
    if match["term_en"]:
        unit: Unit = match["term_eu"]  # type: ignore[assignment]
        return Term(number=int(read(match["term_en"])), unit=unit).measure
    if match["term_a"]:
        return Term(number=1, unit=match["term_a"]).measure
    if match["term_half"]:
        return ("months", 6)
    number = read(match["term_n"])
    whole = int(number)
    if number != whole:
        return ("months", int(number * 12))
    return Term(number=whole, unit=_ZH_UNITS[match["term_u"]]).measure


def read_day(text: str) -> Day:
    """A date in folded text → (year or None, month, day)."""
    name = next((m for m in _EN_MONTHS if m in text), None)
    numbers = [int(n) for n in re.findall(r"\d+", text)]
    if name:
        year = next((n for n in numbers if n > 31), None)
        return (year, _EN_MONTHS.index(name) + 1, next((n for n in numbers if n <= 31), 0))
    if len(numbers) == 3:
        return (numbers[0], numbers[1], numbers[2])
    return (None, numbers[0], numbers[1])


def _period(match: re.Match[str]) -> object:
    days = re.findall(_DATE, match["period"])
    return tuple(read_day(day) for day in days[:2])


def _count(match: re.Match[str]) -> object:
    return int(read(match["count_n"]) * SCALE[match["count_s"] or ""])


_RULES: tuple[tuple[Kind, str, Callable[[re.Match[str]], object]], ...] = (
    (
        "link",
        r"(?P<link>https?://[^\s，。；、）)】]+|\b[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,9}/[^\s，。；、）)】]*)",
        lambda m: m["link"],
    ),
    (
        "phone",
        r"(?<!\d)(?P<phone>400-?\d{3}-?\d{4}|0\d{2,3}-\d{7,8}|1[3-9]\d{9}|95\d{3})(?!\d|\s*元)",
        lambda m: m["phone"],
    ),
    ("period", rf"(?P<period>(?:{_DATE})\s?(?:至|到|[-–—~]|to|until)\s?(?:{_DATE}))", _period),
    ("date", rf"(?P<date>{_DATE})", lambda m: read_day(m["date"])),
    (
        "rate",
        rf"(?P<rate_base>[百千万])分之(?P<rate_cn>{NUMBER})"
        rf"|(?P<rate_en>{ENGLISH})\s(?:per cent|percent)\b"
        rf"|(?P<rate_n>{NUMBER})(?P<rate_unit>\s?%|个?百分点|\s?(?:bps|bp|基点)|‰|\s(?:per cent|percent))",
        _rate,
    ),
    (
        "money",
        rf"(?P<money_fx>{_FOREIGN}|ntd|nt\$|twd|usd|us\$|hkd|hk\$|eur|gbp|jpy|[$€£])\s?(?P<money_fn>{NUMBER})\s?(?:{_SCALES})?元?"
        rf"|(?P<money_xn>{NUMBER}|{ENGLISH})\s?(?:{_SCALES})?"
        rf"(?P<money_xf>{_FOREIGN}|\s(?:us dollars|dollars|pounds|euros?)\b)"
        rf"|(?:cny|rmb|renminbi)\s(?P<money_en>{ENGLISH})|(?P<money_ne>{ENGLISH})\s(?:yuan|renminbi|rmb)\b"
        rf"|(?:(?:人民币|cny|rmb|¥)\s?)(?P<money_cny>{NUMBER})\s?(?P<money_cs>{_SCALES}|million|k)?(?:元|块)?"
        rf"|(?P<money_n>{NUMBER})(?P<money_s>{_SCALES})?\s?(?:多)?(?:元|块钱|(?<=\d)块(?!屏|地|表)|圆|yuan)"
        rf"|(?P<money_bare>{ARABIC}|[二两三四五六七八九十百廿卅]+)(?P<money_bs>百万|千万|万|亿)(?!名|份|次|个|位|人|户|笔|张|分|一|家|里|能|全|事|物|种)",
        _money,
    ),
    (
        "term",
        rf"(?P<term_half>半年)|(?<!第)(?P<term_n>{NUMBER})(?P<term_u>分钟|小时|个月|月期|个?星期(?![一二三四五六日天])|个礼拜|天|日(?!元)|周(?!末|年|岁|到)|年期|年(?!轻|纪|龄|货|味|前|后|来|终|级))"
        rf"|(?P<term_en>\b\d+|{ENGLISH})[\s-](?P<term_eu>{_EN_UNITS})s?\b"
        rf"|\ban?\s(?P<term_a>{_EN_UNITS})(?=(?:['’]s)?\s(?:of\s)?notice\b)",
        _term,
    ),
    (
        "count",
        rf"(?<![\d.a-z+])(?P<count_n>{ARABIC}|{CHINESE}(?=[名份位户人项]))(?P<count_s>{_SCALES})?(?:{_COUNTERS})?(?![\d.]*[a-z+])",
        _count,
    ),
)
_MONEY_SIGNS = "ntd|nt\\$|twd|usd|us\\$|hkd|hk\\$|eur|gbp|jpy|cny|rmb|renminbi"
_FIRST = "\\d零〇一二两俩三四五六七八九十百千廿卅¥$€£"
_BEGINS = (
    rf"(?=[{_FIRST}半万人新台美港欧英日a-z])"
    rf"(?=[{_FIRST}]|半年|万分|人民|{_FOREIGN}"
    rf"|(?<![a-z])(?:{EN_WORD}|{_MONTH_NAMES}|{_MONEY_SIGNS}|an?\s|https?:|[a-z0-9-]{{1,63}}+\.[a-z0-9-]))"
)
"""What a figure may begin with: at most places one look is enough."""
_SCAN = re.compile(_BEGINS + "(?:" + "|".join(f"(?P<_{kind}>{pattern})" for kind, pattern, _ in _RULES) + ")")
_READ = {f"_{kind}": (kind, reader) for kind, _, reader in _RULES}
_HAS_FIGURE = re.compile(rf"\d|[零〇一二两俩三四五六七八九十百千万廿卅半]|\b(?:{ENGLISH})|\ban? |/")
_NUMBERING = re.compile(r"(?m)^\s*\d{1,2}[.、)](?=\s|\D)")
"""The number of a point in a list."""
_LONGEST = 80
"""A figure of more characters is none that a catalogue has, and slow to read."""
_IDLE_COUNT = re.compile(r"[一两二俩]")
_IDLE_TERM = re.compile(r"一(?:天|日|年|周|小时|分钟|个?星期|个礼拜)$|one (?:day|week|month|year)$")


def scan(folded: str) -> list[Figure]:
    """All figures of a folded text, left to right, none inside another."""
    if not _HAS_FIGURE.search(folded):
        return []
    found: list[Figure] = []
    points = {match.start() + len(match[0]) - len(match[0].lstrip()) for match in _NUMBERING.finditer(folded)}
    for match in _SCAN.finditer(folded):
        if match.start() in points:
            continue
        kind, reader = _READ[match.lastgroup] if match.lastgroup in _READ else _which(match)
        words = match[0]
        if kind == "count" and not words[0].isdigit() and _IDLE_COUNT.match(words[0]) and len(words) <= 2:
            continue
        if kind == "term" and _idle(folded, match.start(), match.end()):
            continue
        try:
            value = reader(match) if len(words) <= _LONGEST else words
        except (ValueError, ArithmeticError, KeyError):
            value = words
        found.append(Figure(kind, value, match.start(), match.end(), words.endswith("项") and not words[0].isdigit()))
    return found


def _idle(folded: str, start: int, end: int) -> bool:
    """Whether a length of time is an idiom (一天), no product's (一天期)."""
    return bool(_IDLE_TERM.match(folded[start:end])) and folded[end : end + 1] != "期"


def _which(match: re.Match[str]) -> tuple[Kind, Callable[[re.Match[str]], object]]:
    return next(_READ[name] for name in _READ if match[name] is not None)


def same(figure: Figure, kind: Kind, value: object) -> bool:
    """Whether a figure states a fact's value. Dates without a year match on month and day."""
    if kind == "date":
        return _same_day(figure.value, value)
    if kind == "period" and hasattr(value, "start"):
        ends = figure.value
        return (
            isinstance(ends, tuple)
            and len(ends) == 2
            and _same_day(ends[0], value.start)
            and value.until is not None  # type: ignore[attr-defined]
            and _same_day(ends[1], value.until)  # type: ignore[attr-defined]
        )
    if kind == "count" and figure.kind == "term":
        return figure.value == ("minutes", int(str(value)) * 1440)
    if isinstance(value, int) and isinstance(figure.value, int | Decimal):
        return Decimal(value) == Decimal(figure.value)
    if kind == "link" and isinstance(figure.value, str):
        return figure.value.rstrip("/.") == str(value).lower().rstrip("/.")
    if kind == "phone" and isinstance(figure.value, str):
        return figure.value.replace("-", "") == str(value).replace("-", "")
    return figure.value == (value.measure if isinstance(value, Term) else value)


def _same_day(day: object, date: object) -> bool:
    """Whether a day is a date, or the day of the calendar (`11-11`) that comes round each year."""
    if not (isinstance(day, tuple) and len(day) == 3):
        return False
    year, month, number = day
    if isinstance(date, str):
        return f"{month:02}-{number:02}" == date
    return (
        year in (None, date.year) and month == date.month and number == date.day  # type: ignore[attr-defined]
    )
