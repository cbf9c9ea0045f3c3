"""Gradio's document made ours: its language and title, our header, styles and scripts, nothing from elsewhere."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from markupsafe import Markup

from assistant.api.access import Asked
from assistant.api.allowed import PAGES
from assistant.domain.person import ROLES
from assistant.domain.values import Locale
from ui.header import header
from ui.keyboard import keyboard
from ui.late import Late
from ui.parts.html import html, joined
from ui.welcome import welcome
from ui.words import words_of

ASSETS = Path(__file__).with_name("assets")
STYLES = ("tokens.css", "frame.css", "form.css", "matrix.css", "proof.css", "surface.css", "welcome.css")
SCRIPTS = ("theme.js", "desk.js", "surface.js", "keys.js", "welcome.js")
_ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E"
    "%3Crect width='16' height='16' rx='3' fill='%232347c5'/%3E"
    "%3Cpath d='M4 11.5h8M4 8h8M4 4.5h4.5' stroke='white' stroke-width='1.6'/%3E%3C/svg%3E"
)
# Previews for social networks name another host; the manifest is off and would be a 404.
_FOREIGN = re.compile(r'<meta\s+(?:property|name)="(?:og|twitter):.*?/>|<link rel="manifest"[^>]*>', re.DOTALL)


@dataclass(frozen=True)
class Frame:
    """Wraps the documents of the pages. `house`: the institution's name by locale; `product`: the id of one to look at
    on a first visit; `late`: counts overdue calls."""

    pages: tuple[str, ...]
    house: dict[Locale, str]
    product: str = ""
    late: Late | None = None

    def wrap(self, document: str, page: str, locale: Locale, nonce: str, asked: Asked | None = None) -> str:
        """The document with everything of ours, for who asks; every script carries the nonce of the policy."""
        words = words_of(locale)
        document = _FOREIGN.sub("", document)
        document = document.replace('lang="en"', f'lang="{locale}"', 1)
        document = re.sub(r'<base href="[^"]*" />', f'<base href="{page}/{locale}/" />', document, count=1)
        title = html("<title>{page} · Copydesk</title>", page=words(f"page.{page.strip('/')}"))
        document = document.replace("</head>", f"{title}{_head(page)}</head>", 1)
        pages = tuple(one for one in self.pages if asked is None or asked.person.is_a(*PAGES.get(one, ROLES)))
        person = asked.person if asked is not None and asked.how != "local" else None
        late = self.late.of(asked.person, dt.datetime.now(dt.UTC)) if self.late and asked else None
        top = header(words, pages, page, self.house[locale], person, late) + keyboard(words, page.strip("/"))
        top += welcome(words, asked.person.roles if asked is not None else ROLES, self.product)
        top += _waiting(words("page.loading"), words("page.noscript"))
        document = document.replace("<gradio-app", f'{top}<gradio-app id="cd-main" tabindex="-1"', 1)
        document = document.replace("<script", f'<script nonce="{nonce}"')
        return document


def _head(page: str) -> Markup:
    """The styles and scripts of every page, and those that a page has for itself."""
    own = page.strip("/")
    styles = (*STYLES, *(name for name in (f"{own}.css",) if (ASSETS / name).exists()))
    scripts = (*SCRIPTS, *(name for name in (f"{own}.js",) if (ASSETS / name).exists()))
    sheets = (html('<link rel="stylesheet" href="/assets/{url}">', url=versioned(name)) for name in styles)
    # The theme is set before the first paint, so its script is not deferred.
    loaded = (html('<script src="/assets/{url}"></script>', url=versioned(name)) for name in scripts)
    return icon() + joined(sheets) + joined(loaded)


def icon() -> Markup:
    """The desk's own icon."""
    return html('<link rel="icon" href="{icon}">', icon=Markup(_ICON))


def policy(nonce: str) -> str:
    """The content security policy. Gradio compiles its templates, hence `unsafe-eval`; its styles are inline."""
    return (
        f"default-src 'self'; script-src 'self' 'nonce-{nonce}' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; object-src 'none'; "
        "base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
    )


def _waiting(words: str, without: str) -> Markup:
    """What stands in the page's place until Gradio has drawn it; the style shows it after 300 ms."""
    return html(
        '<div class="cd-waiting" aria-hidden="true"><i></i><i></i><i></i><span>{words}</span></div>'
        '<noscript><p class="cd-noscript">{without}</p></noscript>',
        words=words, without=without,
    )  # fmt: skip


@cache
def versioned(name: str) -> str:
    """The asset's address with its digest, so that a browser may keep it for good."""
    return f"{name}?v={hashlib.sha256((ASSETS / name).read_bytes()).hexdigest()[:12]}"
