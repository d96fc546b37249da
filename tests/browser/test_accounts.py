"""Pages about people that one reaches only by doing something."""

from tests.browser.conftest import NewPage, Site
from tests.browser.people import press
from tests.browser.test_prepared import Tour, in_both_directions


@in_both_directions
def test_pages_about_people_are_accessible(
    site: Site, new_page: NewPage, signed_in, language: str, dark: bool, width: int
) -> None:
    page = new_page(state=signed_in("administrator"), width=width, dark=dark, locale=language)
    tour = Tour(page, width)
    page.goto(site.path(language, "/staff/people/?q=organisation-editor"))
    page.locator("main th a").first.click()
    tour.look("a person with a choice of scopes")
    editor = page.url
    page.locator("[name=scope]").first.select_option("region:AFR")
    page.locator("form:has([name=scope]) [value=grant]").first.click()
    tour.look("a coordinator")
    page.locator("form:has([value='region:AFR']) [value=revoke]").first.click()
    page.goto(f"{editor}merge/?kept=person@example.org")
    tour.look("before two accounts are merged")

    # an owner, as staff make one
    page.goto(site.path(language, "/staff/organisations/1/"))
    page.locator("[name=email]").fill("organisation-editor@example.org")
    page.locator("[name=standing]").select_option("owner")
    page.locator("form:has([name=standing]) button").click()

    assert tour.found == {}

    page = new_page(state=signed_in("organisation_editor"), width=width, dark=dark, locale=language)
    tour = Tour(page, width)
    place = site.path(language, "/account/organisations/1/")
    page.goto(place)
    tour.look("who acts for the organisation, for its owner")
    page.locator("[name=email]").fill("no address")
    press(page)
    tour.look("invitation with an error", status=422)
    page.locator("[name=email]").fill("person@example.org")
    press(page)
    tour.look("somebody is invited")
    invited = new_page(state=signed_in("person"), width=width, dark=dark, locale=language)
    theirs = Tour(invited, width)
    invited.goto(site.path(language, "/account/invitations/"))
    theirs.look("an invitation")
    invited.goto(site.path(language, "/desk/"))
    theirs.look("desk with an invitation")
    page.goto(place)
    page.locator("form[action*='take-back'] button").first.click()
    assert tour.found == {}
    assert theirs.found == {}
