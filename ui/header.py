"""The desk's own header: pages, language, theme. Part of the document, so it stands before Gradio does."""

from __future__ import annotations

from markupsafe import Markup

from assistant.domain.person import Person
from assistant.domain.values import LOCALES, Locale
from ui.languages import NAMES
from ui.late import CALLS, badge
from ui.parts.html import NONE, html, joined
from ui.welcome import opener
from ui.words import Words

SHORT: dict[Locale, str] = {"zh-Hans": "简", "zh-Hant": "繁", "en": "EN"}


def header(
    words: Words, pages: tuple[str, ...], here: str, house: str, person: Person | None = None, late: int | None = None
) -> Markup:
    """The header of one page; of one that stands alone without `pages`. `house`: the institution's name; `person`: who
    can sign out; `late`: how many of their calls are overdue."""
    return html(
        '<a class="cd-skip" href="{here}#cd-main">{skip}</a><header class="cd-header">'
        '<a class="cd-brand" href="/"><b>Copydesk</b><span>{house}</span></a>'
        "{pages}"
        '<div class="cd-tools"><nav class="cd-languages" aria-label="{language}">{languages}</nav>{guide}'
        '<button type="button" class="cd-theme" aria-pressed="false" aria-label="{hint}" data-theme-toggle>'
        "{theme}</button>{who}"
        "</div></header>{lost}",
        here=here, skip=words("page.skip"), house=house, language=words("page.language"),
        pages=_pages(words, pages, here, late) if pages else NONE, lost=_lost(words, here) if pages else NONE,
        guide=opener(words) if pages else NONE,
        languages=joined(_language(words, locale, here) for locale in LOCALES),
        hint=words("page.theme_hint"), theme=words("page.theme"), who=_who(words, person) if person else NONE,
    )  # fmt: skip


def _pages(words: Words, pages: tuple[str, ...], here: str, late: int | None) -> Markup:
    return html(
        '<nav class="cd-pages" aria-label="{label}">{pages}</nav>',
        label=words("page.pages"), pages=joined(_page(words, page, here, late) for page in pages),
    )  # fmt: skip


def _lost(words: Words, here: str) -> Markup:
    """What a page's script shows when its calls are answered no more, and when they are again."""
    return html(
        '<div class="cd-banner" role="alert" data-lost hidden>{lost} <a href="{here}">{reload}</a></div>'
        '<div class="cd-back" role="status" data-back="{back}"></div>',
        lost=words("error.signed_out"), here=here, reload=words("error.reload"), back=words("error.back"),
    )  # fmt: skip


def _who(words: Words, person: Person) -> Markup:
    return html(
        '<form class="cd-who" method="post" action="/logout"><a href="/password" title="{password}">{name}</a>'
        '<button type="submit">{out}</button></form>',
        name=person.name, password=words("page.password"), out=words("page.sign_out"),
    )  # fmt: skip


def _page(words: Words, page: str, here: str, late: int | None) -> Markup:
    current = Markup(' aria-current="page"') if page == here else ""
    return html(
        '<a href="{page}"{current}>{name}{badge}</a>',
        page=page, current=current, name=words(f"page.{page.strip('/')}"),
        badge=badge(words, late) if page == CALLS else NONE,
    )  # fmt: skip


def _language(words: Words, locale: Locale, here: str) -> Markup:
    current = Markup(' aria-current="true"') if locale == words.locale else ""
    return html(
        '<a href="/language/{locale}?to={here}" lang="{locale}" hreflang="{locale}" aria-label="{name}"{current}>'
        "{short}</a>",
        locale=locale, here=here, name=NAMES[locale], current=current, short=SHORT[locale],
    )  # fmt: skip
