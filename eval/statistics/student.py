"""Student's t for any positive degrees of freedom, whole or not: tail and quantile, without a table or a library."""

from __future__ import annotations

import math
from statistics import NormalDist

TINY = 1e-300
STEPS = 10_000


def beyond(t: float, freedom: float) -> float:
    """P(|T| > |t|), the two-sided p-value: I_x(f/2, 1/2) at x = f/(f+t²) (Abramowitz and Stegun 26.7.1)."""
    if math.isinf(t):
        return 0.0
    return incomplete_beta(freedom / 2, 0.5, freedom / (freedom + t * t), t * t / (freedom + t * t))


def quantile(share: float, freedom: float) -> float:
    """The t that `share` (between 0 and 1) of the distribution lies below.

    Newton's method from the normal's quantile. The tail is convex and that start lies inside: steps go outwards.
    """
    if share == 0.5:
        return 0.0
    tail = 2 * min(share, 1 - share)
    t = NormalDist().inv_cdf(1 - tail / 2)
    scale = math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2) - math.log(freedom * math.pi) / 2
    for _ in range(STEPS):
        density = math.exp(scale - (freedom + 1) / 2 * math.log1p(t * t / freedom))
        step = (beyond(t, freedom) - tail) / (2 * density)
        t += step
        if abs(step) <= 1e-13 * t:
            break
    return math.copysign(t, share - 0.5)


def incomplete_beta(a: float, b: float, x: float, rest: float) -> float:
    """The regularised incomplete beta function I_x(a, b); `rest` is 1 - x, given apart so that it loses no digits.

    The continued fraction of DLMF 8.17.22, evaluated by Lentz's method.
    """
    if x <= 0:
        return 0.0
    if rest <= 0:
        return 1.0
    if x > (a + 1) / (a + b + 2):
        return 1.0 - incomplete_beta(b, a, rest, x)
    scale = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log(rest)
    return math.exp(scale) / (a * _fraction(a, b, x))


def _fraction(a: float, b: float, x: float) -> float:
    """1 + d1/(1 + d2/(1 + …)), by Lentz: a ratio of successive numerators and one of denominators."""
    value, top, bottom = 1.0, 1.0, 0.0
    for step in range(1, STEPS):
        half = step // 2
        if step % 2:
            part = -(a + half) * (a + b + half) * x / ((a + step - 1) * (a + step))
        else:
            part = half * (b - half) * x / ((a + step - 1) * (a + step))
        bottom = 1 + part * bottom
        bottom = 1 / (bottom if abs(bottom) > TINY else TINY)
        top = 1 + part / top
        top = top if abs(top) > TINY else TINY
        value *= top * bottom
        if abs(top * bottom - 1) < 1e-15:
            break
    return value
