"""Faults in what frames a text: signature, way out, warnings, links, slots, parts of a call."""

from __future__ import annotations

import random
import re

from assistant.checks.case import LintCase
from assistant.writing.frame import disclosures
from eval.mutations.source import Source, kind

_SIGNATURE = re.compile(r"^【[^】]*】")


def _warnings(source: Source) -> list[str]:
    """The warnings that stand in the text, word for word."""
    printed = disclosures(source.pack, source.cell, source.product, source.variant.template)
    return [words.rstrip("。.") for words in printed if "{" not in words and words.rstrip("。.") in source.text]


@kind("warning: dropped")
def dropped(source: Source, draw: random.Random) -> LintCase | None:
    """A warning that the text needs is gone."""
    found = _warnings(source)
    return source.told(source.text.replace(draw.choice(found), "")) if found else None


@kind("warning: altered")
def altered(source: Source, draw: random.Random) -> LintCase | None:
    """A warning with the negation or its second half taken out."""
    found = _warnings(source)
    if not found:
        return None
    words = draw.choice(found)
    weaker = re.sub(r"非|不|並非|\bnot an?\b|\bnot\b|\bnever\b|\bno\b", "", words, count=1)
    if weaker == words or draw.random() < 0.3:
        weaker = words[: len(words) // 2]
    return source.told(source.text.replace(words, weaker))


@kind("signature: removed")
def unsigned(source: Source, draw: random.Random) -> LintCase | None:
    """A text message that does not say who sends it."""
    if source.cell.channel != "sms":
        return None
    return source.told(_SIGNATURE.sub("", source.text))


@kind("signature: another sender's")
def foreign(source: Source, draw: random.Random) -> LintCase | None:
    """A text message in somebody else's name."""
    if source.cell.channel != "sms":
        return None
    brand = source.pack.institution.brand.get(source.cell.locale, "")
    other = draw.choice(["【客服中心】", f"【{brand} VIP】", "【通知】", "【Bank】"])
    return source.told(_SIGNATURE.sub(other, source.text))


@kind("signature: twice")
def signed_twice(source: Source, draw: random.Random) -> LintCase | None:
    """A second signature at the end."""
    match = _SIGNATURE.match(source.text)
    return source.told(source.text + match[0]) if match else None


@kind("way out: removed")
def no_way_out(source: Source, draw: random.Random) -> LintCase | None:
    """A marketing message without the words that end it."""
    if source.cell.channel != "sms" or source.campaign.kind != "sales":
        return None
    out = source.pack.institution.opt_out[source.cell.market][source.cell.locale]
    return source.told(source.text.replace(out, "").rstrip()) if out in source.text else None


@kind("link: another host")
def other_host(source: Source, draw: random.Random) -> LintCase | None:
    """A link that leads away from the institution."""
    figures = source.of_kind("link")
    if not figures:
        return None
    start, end, _ = figures[0]
    own = source.pack.institution.link_hosts[0]
    host = draw.choice(["bit.ly/3xY", "t.cn/A6", f"{own}.top/a", f"{own.replace('.', '-')}.com/x", "url.cn/5a"])
    return source.changed(start, end, f"https://{host}")


@kind("slot: left open")
def open_slot(source: Source, draw: random.Random) -> LintCase | None:
    """A slot that nothing filled."""
    if not source.figures:
        return None
    start, end, fact = draw.choice(source.figures)
    return source.changed(start, end, draw.choice([f"{{{fact.slot}}}", "{product.rate}", "null", "undefined", "NaN"]))


@kind("name: no such product")
def invented(source: Source, draw: random.Random) -> LintCase | None:
    """A product that is in no catalogue."""
    figures = source.of_kind("product")
    if not figures:
        return None
    names = {
        "zh-Hans": ["金满仓理财", "节节高存款", "福满堂年金保险", "优享信用卡"],
        "zh-Hant": ["金滿倉理財", "步步高存款", "樂退年金保險", "優享信用卡"],
        "en": [" Golden Harvest Fund", " Step-Up Deposit", " Prime Card", " Sunrise Wealth Plan"],
    }[source.cell.locale]
    start, end, _ = draw.choice(figures)
    return source.changed(start, end, source.pack.institution.brand[source.cell.locale] + draw.choice(names))


@kind("length: too long for the channel")
def too_long(source: Source, draw: random.Random) -> LintCase | None:
    """The text over and over, past the channel's limit."""
    times = {"sms": 12, "push": 6, "in_app": 14, "robot_call": 6, "call": 6}.get(source.cell.channel)
    if times is None:
        return None
    head, _, body = source.text.rpartition("\n") if source.cell.channel in ("push", "in_app") else ("", "", source.text)
    return source.told((f"{head}\n" if head else "") + body * times)


@kind("script: the other one")
def other_script(source: Source, draw: random.Random) -> LintCase | None:
    """A sentence in the other script."""
    words = {
        "zh-Hans": "詳情請洽櫃檯專員。",
        "zh-Hant": "详情请到网点咨询。",
        "en": "详情请到网点咨询。",
    }[source.cell.locale]
    return source.after_a_sentence(words, draw)


@kind("call: does not say who calls, or let go")
def call_part(source: Source, draw: random.Random) -> LintCase | None:
    """A call without its opening, or one by a colleague without its end; a machine's opening names the way out."""
    if source.cell.channel not in ("call", "robot_call"):
        return None
    stops = [m.end() for m in re.finditer(r"[。？！?!]|\.\s", source.text)]
    if len(stops) < 6:
        return None
    headless = source.cell.channel == "robot_call" or draw.random() < 0.5
    kept = source.text[stops[2] :] if headless else source.text[: stops[-5]]
    return source.told(kept)
