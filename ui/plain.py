"""Pages without a script of their own: a form or a few words under the desk's header. They work without JavaScript."""

from __future__ import annotations

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from assistant.api.access import KEY, Asked
from assistant.bootstrap.desk import Desk
from ui.frame import icon, versioned
from ui.header import header
from ui.languages import COOKIE, choose
from ui.parts.html import NONE, html, joined
from ui.words import Words, words_of

STYLES = ("tokens.css", "frame.css", "plain.css")
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)


def words_for(request: Request) -> Words:
    """The words in the reader's language."""
    desk: Desk = request.app.state.desk
    cookie, accepted = request.cookies.get(COOKIE), request.headers.get("accept-language")
    return words_of(choose(cookie, accepted, desk.settings.lang))


def plain(request: Request, desk: Desk, words: Words, title: str, body: Markup, status: int = 200) -> HTMLResponse:
    """A whole document. `body` stands in one narrow column."""
    asked = request.scope.get(KEY)
    person = asked.person if isinstance(asked, Asked) and asked.how != "local" else None
    house = desk.pack.institution.name[words.locale]
    document = html(
        '<!doctype html><html lang="{lang}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title} · Copydesk</title>'
        '{icon}{sheets}<script src="/assets/{theme}"></script></head><body class="cd-plain">{header}'
        '<main id="cd-main" tabindex="-1"><h1>{title}</h1>{body}</main></body></html>',
        lang=words.locale, title=title, icon=icon(), theme=versioned("theme.js"), body=body,
        sheets=joined(html('<link rel="stylesheet" href="/assets/{url}">', url=versioned(name)) for name in STYLES),
        header=header(words, (), request.url.path, house, person),
    )  # fmt: skip
    headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-store", "Content-Language": words.locale}
    return HTMLResponse(str(document), status, headers)


def field(name: str, label: str, kind: str, complete: str, value: str = "", first: bool = False) -> Markup:
    """A labelled field of a form; `complete` tells the browser's keeper of passwords what it is."""
    return html(
        '<label for="{name}">{label}</label><input id="{name}" name="{name}" type="{kind}" value="{value}" '
        'autocomplete="{complete}" autocapitalize="none" spellcheck="false" maxlength="256" required{first}>',
        name=name, label=label, kind=kind, complete=complete, value=value,
        first=Markup(" autofocus") if first else NONE,
    )  # fmt: skip


def alert(words: str, good: bool = False) -> Markup:
    """What came of a form, read out at once."""
    role = "status" if good else "alert"
    return html('<p class="cd-told" role="{role}">{words}</p>', role=role, words=words) if words else NONE
