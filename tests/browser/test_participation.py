"""What comes in from readers and owners, on its way through everybody's pages."""

import re
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Page
from tests.browser.conftest import NewPage, Site
from tests.browser.test_prepared import Tour, in_both_directions

OWNER = "organisation-editor@example.org"  # acts for organisation 1, to which entry 1 belongs
COLLECTIONS = {"en": "covid-19", "ar": "healthy-ageing"}
YEARS = {"en": "2090-01-01", "ar": "2092-01-01"}  # an address is asked once a year


def link_in_mail(page: Page, site: Site, language: str, name: str) -> str:
    """The newest link of this kind in the owner's mails, in the language of the tour."""
    page.goto(site.path("en", f"/mailbox/?address={OWNER}"))
    mails = [one.get_attribute("href") for one in page.locator(".mails a").all()]
    for address in mails:
        page.goto(f"{site.url}{address}")
        if found := re.search(rf"/en/({name}/[\w-]{{20,}}/)", page.content()):
            return site.path(language, f"/{found[1]}")
    raise AssertionError(f"no mail with {name}")


@in_both_directions
def test_suggestion_is_judged_by_its_owner_and_decided_by_staff(
    site: Site, new_page: NewPage, signed_in, language: str, dark: bool, width: int
) -> None:
    look = {"width": width, "dark": dark, "locale": language}
    reader = new_page(**look)
    tour = Tour(reader, width)
    reader.goto(site.path(language, "/entries/1/suggestion/?place=texts.en.summary"))
    with reader.expect_navigation():  # the check against machines takes its moment
        reader.locator("main form[method=post] .btn").last.click()
    tour.look("suggestion that changes nothing", status=422)
    reader.locator("[name=proposed]").fill(f"Young people answer polls ({language}).")
    reader.locator("main form[method=post] .btn").last.click()
    reader.wait_for_url("**/suggestion/?sent=1")
    tour.look("suggestion sent")
    owner = new_page(state=signed_in("organisation_editor"), **look)
    seen = Tour(owner, width)
    owner.goto(site.path(language, "/account/suggestions/"))
    seen.look("suggestions to our entries")
    owner.locator(".rows h2 a").first.click()
    seen.look("one suggestion")
    owner.locator("[name=act][value=agree]").click()
    staff = new_page(state=signed_in("moderator"), **look)
    desk = Tour(staff, width)
    staff.goto(site.path(language, "/staff/suggestions/"))
    desk.look("suggestions at the desk")
    staff.locator("tbody th a").first.click()
    desk.look("a suggestion at the desk")
    staff.locator("[name=act][value=decline]").click()
    desk.look("declined without an answer", status=422)
    staff.locator("[name=act][value=take]").click()
    staff.wait_for_url("**/staff/suggestions/")
    reader.goto(site.path(language, "/entries/1/?text=en"))
    assert f"Young people answer polls ({language})." in reader.locator("main").inner_text()
    assert (tour.found, seen.found, desk.found) == ({}, {}, {})


@in_both_directions
def test_claim_goes_to_owners_and_staff(
    site: Site, new_page: NewPage, signed_in, language: str, dark: bool, width: int
) -> None:
    look = {"width": width, "dark": dark, "locale": language}
    page = new_page(state=signed_in("person"), **look)
    tour = Tour(page, width)
    page.goto(site.path(language, "/organisations/3/claim/"))
    page.locator("main form .btn").last.click()
    tour.look("claim without a statement", status=422)
    page.locator("[name=statement]").fill("I lead it.")
    page.locator("main form .btn").last.click()
    page.wait_for_url("**/claims/*/")
    tour.look("a claim")
    staff = new_page(state=signed_in("moderator"), **look)
    desk = Tour(staff, width)
    staff.goto(site.path(language, "/staff/claims/"))
    desk.look("claims at the desk")
    staff.locator("tbody th a").first.click()
    desk.look("a claim at the desk")
    staff.locator("[name=answer]").fill("Not now.")
    staff.locator("[name=act][value=decline]").click()
    staff.wait_for_url("**/staff/claims/")
    page.reload()
    tour.look("a claim that was declined")
    assert (tour.found, desk.found) == ({}, {})


@in_both_directions
def test_links_of_mails_answer_and_confirm(
    site: Site, new_page: NewPage, signed_in, language: str, dark: bool, width: int
) -> None:
    look = {"width": width, "dark": dark, "locale": language}
    curator = new_page(state=signed_in("organiser"), **look)
    tour = Tour(curator, width)
    curator.goto(site.path(language, f"/collections/{COLLECTIONS[language]}/curate/"))
    curator.locator("[name=number]").first.fill("999999")
    curator.locator("[name=act][value=invite]").click()
    tour.look("invitation of nothing", status=422)
    curator.locator("main form").first.locator("[name=number]").fill("1")
    curator.locator("[name=act][value=invite]").click()
    tour.look("invited")
    owner = new_page(**look)
    seen = Tour(owner, width)
    owner.goto(link_in_mail(owner, site, language, "invitations"))
    seen.look("invitation to a collection")
    owner.locator("[name=act][value=accept]").click()
    seen.look("joined")
    program = str(Path(sys.executable).parent / "stocktaking")
    subprocess.run(
        [program, "entries", "ask-confirmation", "--at", YEARS[language]],
        env=site.environment,
        check=True,
    )
    owner.goto(link_in_mail(owner, site, language, "confirm"))
    seen.look("is it still correct")
    owner.locator("main form .btn").click()
    seen.look("confirmed")
    assert (tour.found, seen.found) == ({}, {})
