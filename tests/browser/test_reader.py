"""A reader without JavaScript: from the first words to a file on the own disk; and by keyboard."""

import csv
import re
from pathlib import Path

from playwright.sync_api import Page, expect
from tests.browser.conftest import NewPage, Site

WORDS = "تعليم"
FAR = 15  # tab stops after which a reader has given up


def shown(page: Page) -> int:
    """The number in the heading of a list."""
    found = re.search(r"\d+", page.locator("h1").inner_text())
    return int(found.group()) if found else 0


def test_reader_finds_filters_changes_language_and_takes_the_list(
    site: Site, new_page: NewPage
) -> None:
    page = new_page(script=False)
    page.goto(site.path("en", "/"))
    page.get_by_role("searchbox").fill(WORDS)
    page.get_by_role("button", name="Search").click()
    found = shown(page)
    assert found > 1
    expect(page.locator(".rows .say mark").first).to_be_visible()

    page.get_by_role("group", name="Region").get_by_label("Arab States").check()
    page.get_by_role("button", name="Show results").click()
    expect(page.locator(".chip")).to_have_count(2)
    assert 0 < shown(page) <= found

    owned = page.locator(".rows > li", has=page.locator(".by bdi")).first
    title = owned.get_by_role("heading").inner_text()
    owned.get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    number = re.search(r"/en/entries/(\d+)-", page.url)[1]

    page.locator(".langs summary").click()
    page.locator(".langs").get_by_role("link", name="العربية").click()
    assert f"/ar/entries/{number}-" in page.url
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)

    page.locator("aside a[href*='/organisations/']").first.click()
    assert "/ar/organisations/" in page.url
    assert page.locator(f"a[href*='/ar/entries/{number}-']").count() >= 1

    page.locator(".menu a[href='/ar/matrix/']").click()
    cell = page.locator(".plate td a", has_text=re.compile(r"^\d\d$")).first
    count = int(cell.inner_text())
    cell.click()
    assert shown(page) == count

    with page.expect_download() as download:
        page.locator(".take").get_by_role("link", name="CSV").click()
    with Path(download.value.path()).open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file))) == count


def test_keyboard_alone_reaches_the_first_result(site: Site, new_page: NewPage) -> None:
    page = new_page()
    page.goto(site.path("en", "/"))
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    tab_to(page, "input[name=q]")
    page.keyboard.type("school")
    tab_to(page, "button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/entries/?q=school")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    tab_to(page, "[href='#results']")  # past the many filters
    page.keyboard.press("Enter")
    tab_to(page, ".rows h2 a")
    title = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


LOOK = """goal => {
  const on = document.activeElement, box = on.getBoundingClientRect();
  // a box without a picture of its own shows the focus on the label around it
  const drawn = [on, on.closest('label')].filter(Boolean).map(part => getComputedStyle(part));
  const seen = drawn.some(s => s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2)
    && box.width > 0 && box.bottom > 0 && box.top < innerHeight
    && box.right > 0 && box.left < innerWidth;
  return {there: on.matches(goal), seen, what: on.outerHTML.slice(0, 120)};
}"""


def tab_to(page: Page, goal: str) -> None:
    """Tab until ``goal`` has the focus; it must be seen at every stop on the way."""
    for _ in range(FAR):
        page.keyboard.press("Tab")
        stop = page.evaluate(LOOK, goal)
        assert stop["seen"], f"the focus is not to be seen on {stop['what']}"
        if stop["there"]:
            return
    raise AssertionError(f"{FAR} tab stops do not reach {goal}")
