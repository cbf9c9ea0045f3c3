"""Which language a page is shown in: the reader's choice, else the browser's, else the desk's."""

from __future__ import annotations

from assistant.domain.values import LOCALES, Locale

COOKIE = "copydesk_language"
NAMES: dict[Locale, str] = {"zh-Hans": "简体", "zh-Hant": "繁體", "en": "English"}
_TRADITIONAL = {"hant", "tw", "hk", "mo"}


def known(tag: str | None) -> Locale | None:
    """The locale of a language tag: `zh-HK` → `zh-Hant`, `zh` → `zh-Hans`; None for a language that we lack."""
    parts = (tag or "").strip().lower().replace("_", "-").split("-")
    if parts[0] == "en":
        return "en"
    if parts[0] != "zh":
        return None
    # A script says more than a region: zh-Hans-HK is simplified.
    if "hans" in parts:
        return "zh-Hans"
    return "zh-Hant" if _TRADITIONAL & set(parts) else "zh-Hans"


def choose(cookie: str | None, accept: str | None, default: str | None = None) -> Locale:
    """The page's language. `accept` is an Accept-Language header; what cannot be read in it is passed over."""
    if cookie in LOCALES:
        return next(locale for locale in LOCALES if locale == cookie)
    wishes = []
    for place, wish in enumerate((accept or "").split(",")):
        tag, _, weight = wish.partition(";q=")
        try:
            wishes.append((-float(weight or 1), place, tag))
        except ValueError:
            continue
    for weight_, _place, tag in sorted(wishes):
        if weight_ < 0 and (found := known(tag)):
            return found
    return known(default) or "en"
