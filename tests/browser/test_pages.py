"""Every page as a person meets it: accessible, light, whole at 320 px, silent to third parties.

One smoke test per page runs in `scripts/test`; the full matrix of languages, themes and widths
runs in `make soak`.
"""

import gzip
import itertools
import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from tests.browser import audit
from tests.browser.conftest import NewPage, Site
from tests.browser.site_page import SitePage
from tests.browser.sites import PAGES

LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")
HTML_BUDGET = 20_000  # bytes, gzip
CSS_BUDGET = 15_000

by_name = pytest.mark.parametrize("sheet", PAGES, ids=lambda sheet: sheet.name)


class Visit:
    """One page opened in one way, with all that it asked for and all that the browser said."""

    def __init__(self, site: Site, page: Page, sheet: SitePage, language: str) -> None:
        self.page, self.sheet = page, sheet
        self.asked: list[str] = []
        self.said: list[str] = []
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        self.own = urllib.parse.urlsplit(site.url).netloc
        answer = page.goto(site.path(language, sheet.path), wait_until="load")
        assert answer is not None
        assert answer.status == sheet.status

    def strangers(self) -> set[str]:
        """Hosts besides our own that the page asked."""
        hosts = {urllib.parse.urlsplit(url).netloc for url in self.asked if url[:4] == "http"}
        return hosts - {self.own}

    def complaints(self) -> list[str]:
        """What the console says: scripts that failed, rules of the policy that were broken."""
        if self.sheet.status >= 400:  # the browser's own note that the page answered so
            return [text for text in self.said if f"status of {self.sheet.status}" not in text]
        return self.said

    def faults(self) -> list[str]:
        return audit.faults(self.page)

    def overhang(self, width: int) -> int:
        return audit.overhang(self.page, width)


@pytest.fixture
def visit(
    site: Site, new_page: NewPage, signed_in: Callable[[str], dict[str, object]]
) -> Callable[..., Visit]:
    def go(sheet: SitePage, language: str, *, width: int = 1280, dark: bool = False) -> Visit:
        state = signed_in(sheet.role) if sheet.role else None
        page = new_page(state=state, locale=language, width=width, dark=dark)
        return Visit(site, page, sheet, language)

    return go


@by_name
def test_page_is_accessible_whole_and_silent(visit, sheet):
    seen = visit(sheet, "en")
    assert seen.complaints() == []
    assert seen.strangers() == set()
    assert seen.page.locator("h1").count() == 1
    assert seen.page.title()
    assert seen.faults() == []
    assert seen.overhang(320) == 0


@by_name
def test_page_in_arabic_dark_on_a_phone_is_accessible(visit, sheet):
    seen = visit(sheet, "ar", width=390, dark=True)
    assert seen.page.locator("html").get_attribute("dir") == "rtl"
    assert seen.faults() == []
    assert seen.overhang(320) == 0


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "sheet", [p for p in PAGES if p.role is None], ids=lambda sheet: sheet.name
)
def test_page_keeps_its_budget(site, sheet, language):
    body, status = fetched(site.path(language, sheet.path))
    assert status == sheet.status
    assert len(gzip.compress(body)) <= HTML_BUDGET


def fetched(url: str) -> tuple[bytes, int]:
    try:
        with urllib.request.urlopen(url, timeout=20) as answer:  # noqa: S310 - our own server
            return answer.read(), answer.status
    except urllib.error.HTTPError as error:
        return error.read(), error.code


def test_style_sheets_keep_their_budget(site):
    home, _ = fetched(site.path("en", "/"))
    sheets = re.findall(r'<link rel="stylesheet" href="([^"]+)"', home.decode())
    assert sheets
    total = sum(
        len(gzip.compress(fetched(urllib.parse.urljoin(site.url, sheet))[0])) for sheet in sheets
    )
    assert total <= CSS_BUDGET


def test_reading_pages_need_no_script(site):
    for sheet in PAGES:
        if sheet.role is None and not sheet.scripted:
            body, _ = fetched(site.path("en", sheet.path))
            assert b"<script" not in body, sheet.name


@pytest.mark.soak
@by_name
@pytest.mark.parametrize(
    ("language", "dark", "width"),
    list(itertools.product(LANGUAGES, (False, True), (1280, 390, 320))),
)
def test_page_in_every_language_theme_and_width(visit, sheet, language, dark, width):
    seen = visit(sheet, language, width=width, dark=dark)
    assert seen.faults() == []
    assert seen.overhang(width) == 0
