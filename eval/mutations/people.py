"""Faults in who is written to and when: age, risk, assessment, consent, hour, channel, personal data."""

from __future__ import annotations

import datetime as dt
import random

from assistant.checks.case import LintCase
from eval.mutations.source import Source, kind


@kind("person: the risk is too high for the customer")
def unsuitable(source: Source, draw: random.Random) -> LintCase | None:
    """A product of a grade above the customer's."""
    if source.product is None or source.product.grade < 2:
        return None
    return source.told(source.text, risk=f"C{draw.randint(1, source.product.grade - 1)}")


@kind("person: a stale assessment")
def stale(source: Source, draw: random.Random) -> LintCase | None:
    """An assessment of more than twelve months ago."""
    if source.product is None or source.product.grade < 1 or source.product.type not in ("wealth", "fund"):
        return None
    assert source.case.send_day is not None
    return source.told(source.text, risk_assessed_at=source.case.send_day - dt.timedelta(days=draw.randint(370, 900)))


@kind("person: a high-risk product from 65 on")
def elder(source: Source, draw: random.Random) -> LintCase | None:
    """A product of grade R4 or R5, offered to somebody of 65 or more."""
    high = [p for p in source.pack.products.values() if p.grade >= 4 and p.placement != "private"]
    return source.told(source.text, product=draw.choice(high).id, age=draw.randint(65, 90), risk="C5")


@kind("person: a private placement in public")
def private(source: Source, draw: random.Random) -> LintCase | None:
    """A privately placed product over a public channel."""
    placed = [p for p in source.pack.products.values() if p.placement == "private"]
    if not placed or not source.pack.channels[source.cell.channel].public:
        return None
    return source.told(source.text, product=draw.choice(placed).id, risk="C5", age=40)


@kind("person: no consent")
def unasked(source: Source, draw: random.Random) -> LintCase | None:
    """Marketing to somebody who did not agree to it."""
    return source.told(source.text, consent=False) if source.campaign.kind == "sales" else None


@kind("hour: at night")
def night(source: Source, draw: random.Random) -> LintCase | None:
    """Sent when people sleep."""
    if source.cell.channel not in ("sms", "call", "robot_call"):
        return None
    assert source.case.send_day is not None
    hour = draw.choice([22, 23, 0, 3, 5, 6])
    return source.told(source.text, send_at=dt.datetime.combine(source.case.send_day, dt.time(hour, 30)))


def _resident(draw: random.Random) -> str:
    born = dt.date(1950, 1, 1) + dt.timedelta(days=draw.randint(0, 20000))
    plain = f"330203{born:%Y%m%d}{draw.randint(0, 999):03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return plain + "10X98765432"[sum(int(d) * w for d, w in zip(plain, weights, strict=True)) % 11]


def _card(draw: random.Random) -> str:
    plain = "622848" + "".join(str(draw.randint(0, 9)) for _ in range(12))
    total = sum(d if i % 2 else sum(divmod(2 * d, 10)) for i, d in enumerate(int(c) for c in reversed(plain)))
    return plain + str(-total % 10)


def _mobile(draw: random.Random) -> str:
    return f"13{draw.randint(0, 9)}{draw.randint(0, 99999999):08d}"


@kind("privacy: a number that identifies")
def identified(source: Source, draw: random.Random) -> LintCase | None:
    """An identity, card or mobile number in the text."""
    number = draw.choice([_resident, _card, _mobile])(draw)
    words = {"zh-Hans": "登记号码{}。", "zh-Hant": "登記號碼{}。", "en": "Registered under {}."}
    return source.after_a_sentence(words[source.cell.locale].format(number), draw)


@kind("privacy: the customer's own balance")
def balance(source: Source, draw: random.Random) -> LintCase | None:
    """What the customer holds, told in the message."""
    amount = f"{draw.randint(1, 99)}{draw.choice(['', '.5', '.37'])}"
    words = {
        "zh-Hans": "您账户里现有{}万元没有动用。",
        "zh-Hant": "您帳戶目前有{}萬元未動用。",
        "en": "You now hold CNY {},000 in your account.",
    }[source.cell.locale]
    return source.after_a_sentence(words.format(amount if source.cell.locale != "en" else amount.split(".")[0]), draw)
