"""A letter from its first word to the last look before it goes out; deadlines on one's clock."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, expect
from tests.browser.areas.calls import CALL, SLUG
from tests.browser.conftest import NewPage, Site
from tests.browser.test_prepared import Tour, in_both_directions

State = Callable[[str], dict[str, object]]


@in_both_directions
def test_letters_and_groups_are_accessible_on_the_way(
    site: Site, new_page: NewPage, signed_in: State, language: str, dark: bool, width: int
) -> None:
    page = new_page(width=width, dark=dark, state=signed_in("organiser"), locale=language)
    tour = Tour(page, width)
    page.goto(site.path(language, "/staff/recipients/new/"))
    page.locator("main form button.btn").last.click()
    tour.look("new group with errors", status=422)
    page.locator("[name=slug]").fill(f"friends-{language}")
    page.locator(f"[name=title-{language}]").fill("Friends")
    page.locator("main form button.btn").last.click()
    tour.look("group")
    page.locator("[name=lines]").fill("ada@example.org, Ada\nnobody\nada@example.org")
    page.locator("form[action$='/add/'] button").click()
    tour.look("group with lines left out", status=422)
    page.goto(site.path(language, f"{CALL}/letters/new/"))
    page.locator(f"[name=subject-{language}]").fill("{nothing}")
    page.locator(f"[name=body-{language}]").fill("Dear {name}, until {deadline}: {link}")
    page.locator(".stickbar button").click()
    tour.look("letter with errors", status=422)
    page.locator(f"[name=subject-{language}]").fill("Call: {call}")
    page.locator("details:has([name=groups]) summary").click()
    page.locator(f"[name=groups][value=friends-{language}]").check()
    page.locator(".stickbar button").click()
    tour.look("letter")
    letter = page.url
    page.goto(f"{letter}preview/")
    tour.look("letter as a reader gets it")
    page.goto(f"{letter}preview/?language=zh")
    tour.look("letter in another language")
    page.goto(f"{letter}send/")
    tour.look("letter before it goes out")
    page.goto(site.path(language, f"{CALL}/letters/"))
    tour.look("letters")
    page.goto(site.path(language, f"{CALL}/extend/"))
    page.locator("[name=closes_at_day]").fill("45")
    page.locator("main form button").last.click()
    tour.look("extension with errors", status=422)
    assert tour.found == {}


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_the_deadline_is_told_on_the_readers_own_clock(
    site: Site, browser: Browser, script: bool
) -> None:
    context = browser.new_context(timezone_id="Africa/Nairobi", java_script_enabled=script)
    page = context.new_page()
    page.goto(site.path("en", f"/calls/{SLUG}/"))
    expect(page.locator(".deadline .due")).to_contain_text("Geneva")
    clock = page.locator("[data-clock]")
    if script:
        expect(clock).to_be_visible()
        expect(clock).to_contain_text("(Africa/Nairobi)")
        told = page.evaluate(
            "new Date(document.querySelector('[data-clock]').dataset.clock).getHours()"
        )
        expect(clock).to_contain_text(f"{told:02}:00")
    else:
        expect(clock).to_be_hidden()
    context.close()
