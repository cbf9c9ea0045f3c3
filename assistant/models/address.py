"""The address and the key of a server as settings give them: checked before use, shown without secrets."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from assistant.errors import SettingsError

_USER = re.compile(r"(^|//)[^/@]*@")
_QUERY = re.compile(r"\?.*", re.DOTALL)
_HIDDEN = re.compile(r"[\x00-\x20\x7f-\xa0]+")


def shown(url: str) -> str:
    """The address without what may be a secret in it: a user's name and password, a query."""
    return _HIDDEN.sub("␣", _QUERY.sub("?…", _USER.sub(r"\1…@", url)))


def checked(setting: str, url: str, key: str = "") -> None:
    """SettingsError where `url` is no address of a server, or no header can carry `key`.

    `setting` is the family in the environment (`COPYDESK_MODEL`): the message names `…_URL` or `…_KEY`.
    """
    what = f"{setting}_URL is no address: {shown(url) or 'it is empty'}."
    mend = "Write it as http://HOST:PORT/v1, or https://."
    try:
        parts = urlsplit(url)
        known = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        known = False
    if not known or not url.isprintable() or " " in url:
        raise SettingsError(what, mend)
    if not (key.isascii() and key.isprintable() and key == key.strip()):
        what = (
            f"{setting}_KEY holds what no header can carry: a line's end, a blank at its end, or a letter beyond ASCII."
        )
        raise SettingsError(what, "Set it anew without that.")
