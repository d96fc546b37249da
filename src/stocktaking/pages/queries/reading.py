"""Pages as readers see them and as the operator edits them."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from stocktaking.kernel import languages
from stocktaking.pages.models import Page, PageText
from stocktaking.pages.rules.placeholders import fill
from stocktaking.pages.rules.rendering import render


@dataclass(frozen=True)
class PageView:
    """A page in the best language there is; ``html`` is cleaned and may stand as it is."""

    slug: str
    title: str
    html: SafeString
    language: str
    changed_at: dt.datetime


@dataclass(frozen=True)
class PageSource:
    """What the editor of a page opens; ``lock`` goes back with the change.

    ``missing``: there is no text in this language yet; title and body are empty.
    """

    slug: str
    language: str
    title: str
    body: str
    lock: int
    missing: bool
    changed_by_operator: bool
    shipped: bool


@dataclass(frozen=True)
class PageRow:
    """A page in the operator's list, with the languages it has and those changed by hand."""

    slug: str
    title: str
    languages: tuple[str, ...]
    changed: tuple[str, ...]
    lock: int


def page(slug: str, language: str) -> PageView | None:
    """The page in this language or the next best one; None where there is no such page."""
    texts = {text.language: text for text in PageText.objects.filter(page__slug=slug)}
    for code in languages.fallbacks(language):
        if code in texts:
            return _view(slug, texts[code])
    return None


def html_of(body: str, language: str) -> SafeString:
    """A text as readers will see it, saved or not."""
    values = {
        "organiser": getattr(settings, "ORGANISER", ""),
        "contact": getattr(settings, "CONTACT", ""),
    }
    html = render(fill(body, values, language))
    return mark_safe(html)  # noqa: S308 - cleaned by ``render``


def _view(slug: str, text: PageText) -> PageView:
    return PageView(
        slug=slug,
        title=text.title,
        html=html_of(text.body, text.language),
        language=text.language,
        changed_at=text.changed_at,
    )


def page_source(slug: str, language: str) -> PageSource | None:
    """The text as it is written, for its editor; None where there is no such page."""
    row = Page.objects.filter(slug=slug).first()
    if row is None:
        return None
    text = row.texts.filter(language=language).first()
    return PageSource(
        slug=slug,
        language=language,
        title=text.title if text else "",
        body=text.body if text else "",
        lock=row.lock,
        missing=text is None,
        changed_by_operator=bool(text and text.changed_by_operator),
        shipped=row.shipped,
    )


def page_rows(language: str) -> list[PageRow]:
    """All pages by slug, titled in this language or the next best one."""
    found = []
    for row in Page.objects.order_by("slug").prefetch_related("texts"):
        texts = {text.language: text for text in row.texts.all()}
        known = [code for code in languages.fallbacks(language) if code in texts]
        found.append(
            PageRow(
                slug=row.slug,
                title=texts[known[0]].title if known else row.slug,
                languages=tuple(code for code in languages.CODES if code in texts),
                changed=tuple(
                    code
                    for code in languages.CODES
                    if code in texts and texts[code].changed_by_operator
                ),
                lock=row.lock,
            )
        )
    return found
