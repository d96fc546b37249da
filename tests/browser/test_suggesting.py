"""Suggested lines and goals while a reply is written: without a script, and accessible."""

import pytest
from tests.browser.conftest import NewPage, Site
from tests.browser.test_prepared import Tour, in_both_directions
from tests.browser.test_reply import State, begin

CLINIC = (
    "Nurses in village clinics send pictures of their patients to a hospital over a mobile network,"
    " where doctors diagnose and teach health workers."
)
OFFER = ".offers [role=status] li"


@pytest.fixture
def address(site: Site, new_page: NewPage, signed_in: State) -> str:
    """A reply with a title and a summary."""
    page = new_page(state=signed_in("person"), script=False)
    address = begin(page, site, "en")
    page.goto(f"{address}basics/")
    page.locator("[name=q-title]").fill("Doctors on call")
    page.locator("[name=q-summary]").fill(CLINIC)
    page.locator(".stickbar button[value=stay]").click()
    return address.partition("/en/")[2]


def test_a_suggestion_is_ticked_by_hand_without_a_script(
    site: Site, new_page: NewPage, signed_in: State, address: str
) -> None:
    page = new_page(state=signed_in("person"), script=False)
    page.goto(site.path("en", f"/{address}lines/"))
    page.locator("button[value='suggest:action-lines']").click()
    assert page.locator(f"{OFFER} input:checked").count() == 0
    offer = page.locator(OFFER, has=page.locator("[value=C7-EHEA]"))
    assert "hospital" in offer.inner_text()
    offer.locator("label").click()
    page.locator(".stickbar button[value=stay]").click()
    page.goto(site.path("en", f"/{address}lines/"))
    assert page.locator(".term [value=C7-EHEA]").is_checked()


@in_both_directions
def test_suggestions_are_accessible(
    site: Site,
    new_page: NewPage,
    signed_in: State,
    address: str,
    language: str,
    dark: bool,
    width: int,
) -> None:
    page = new_page(state=signed_in("person"), width=width, dark=dark, locale=language)
    tour = Tour(page, width)
    for section, code in (("lines", "action-lines"), ("goals", "sdgs")):
        page.goto(site.path(language, f"/{address}{section}/"))
        with page.expect_navigation():
            page.locator(f"button[value='suggest:{code}']").click()
        assert page.locator(OFFER).count() > 0
        tour.look(f"suggested {section}")
    assert tour.found == {}
