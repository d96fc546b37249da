"""Pages about mail that one reaches by a mail: reading one, its tries, stopping its kind."""

import re

from playwright.sync_api import Page
from tests.browser.conftest import NewPage, Site
from tests.browser.people import press
from tests.browser.test_prepared import Tour, in_both_directions

from stocktaking.outbox.registry import KINDS
from stocktaking.outbox.states import Category


def write_to_myself(page: Page, site: Site, language: str) -> None:
    """A test of a mail that can be stopped."""
    kind = min(name for name, kind in KINDS.items() if kind.category is not Category.ACCOUNT)
    page.goto(site.path(language, f"/staff/mail/templates/{kind}/{language}/"))
    page.locator("[name=to]").fill("nobody at all")
    page.locator("[name=act][value=test]").click()


@in_both_directions
def test_pages_in_the_life_of_a_mail_are_accessible(
    site: Site, new_page: NewPage, signed_in, language: str, dark: bool, width: int
) -> None:
    page = new_page(state=signed_in("administrator"), width=width, dark=dark, locale=language)
    tour = Tour(page, width)
    address = f"mail-{language}@example.org"
    write_to_myself(page, site, language)
    tour.look("words with an error", status=422)
    page.locator("[name=to]").fill(address)
    page.locator("[name=act][value=test]").click()
    tour.look("words, after a test")
    page.goto(site.path(language, f"/staff/mail/?address={address}"))
    tour.look("list of mails")
    page.locator("tbody th a").first.click()
    tour.look("a mail at the desk")
    page.goto(site.path(language, f"/mailbox/?address={address}"))
    tour.look("mailbox")
    page.locator(".mails a").first.click()
    tour.look("a mail in the mailbox")
    stop = page.locator("article a[href*='/mail/stop/']").get_attribute("href")
    assert stop
    page.goto(site.url + re.sub(r"^https?://[^/]+", "", stop))
    tour.look("before stopping")
    press(page)
    tour.look("after stopping")
    page.goto(site.path(language, "/staff/mail/stopped/"))
    assert address in page.locator("main").inner_text()
    tour.look("stopped addresses")
    assert tour.found == {}
