"""A register moves in: from a messy spreadsheet to entries that are found, and back again.

Once as a browser with scripts does it, once without any.
"""

import time

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import NewPage, Site
from tests.browser.import_files import messy
from tests.browser.test_imports import State, begin_profile, column, ended, send, worker

__all__ = ["worker"]


def build(page: Page, mark: str) -> None:
    """From the proposal to the profile: what was not understood is said."""
    expect(page.get_by_role("main")).to_contain_text("This is a proposal")
    expect(page.locator(column(page, "Nom du projet"))).to_have_value("title")
    page.locator(column(page, "Résumé")).select_option("summary")
    page.locator(column(page, "Pays")).select_option("terms:country")
    page.locator(column(page, "Pays", "separators")).select_option(";")
    page.locator(column(page, "ODD")).select_option("terms:sdg")
    page.locator(column(page, "ODD", "separators")).select_option(";")
    page.locator(column(page, "Début")).select_option("start")
    page.locator(column(page, "Début", "order")).select_option("dmy")
    page.locator(column(page, "Organisme")).select_option("owner:name")
    page.get_by_label("Column of the identifier").select_option("Réf.")
    page.get_by_label("Whose identifier it is").fill(f"ministry-{mark}")
    page.get_by_label("Short name").fill(f"ministry-{mark}")
    page.get_by_role("button", name="Save and try it out").click()
    ended(page)


def map_values(page: Page) -> None:
    page.get_by_role("link", name="Say what they mean").first.click()
    page.get_by_label("ODD 4").select_option("4")
    page.get_by_label("Pays de Galles").select_option("GB")
    page.get_by_role("button", name="Save and try again").click()
    ended(page)


def find(page: Page, site: Site, title: str) -> None:
    """As anybody: the index follows the database by itself, a moment later."""
    for _ in range(60):
        page.goto(site.path("en", f"/entries/?q={title.replace(' ', '+')}"))
        found = page.locator(".rows").get_by_role("link", name=title)
        if found.count():
            found.first.click()
            break
        time.sleep(0.5)
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_messy_spreadsheet_is_moved_in_corrected_and_taken_back(
    site: Site, worker: None, new_page: NewPage, signed_in: State, script: bool
) -> None:
    mark = "SCR" if script else "NOS"
    page = new_page(state=signed_in("organiser"), script=script)
    main = page.get_by_role("main")
    page.goto(site.path("en", "/staff/"))
    page.get_by_role("link", name="Import", exact=True).click()
    page.get_by_role("link", name="Import a file").first.click()
    send(page, "registre.csv", messy(mark), script=script)
    expect(main).to_contain_text("windows-1252")
    begin_profile(page)
    build(page, mark.lower())

    expect(main).to_contain_text("“ODD 4” is no term of Sustainable Development Goal.")
    map_values(page)
    expect(main).to_contain_text("“31/02/2022” cannot be read as a date.")
    expect(main).not_to_contain_text("ODD 4")
    page.get_by_role("button", name="Import these 3 records").click()
    ended(page)
    expect(page.locator(".tiles")).to_contain_text("Created")
    imported = page.url
    find(new_page(script=script), site, f"École à l’écran {mark}")

    with page.expect_download() as taken:
        page.get_by_role("link", name="as CSV").click()
    report = taken.value.path().read_text("utf-8-sig")
    assert "cannot be read as a date" in report
    page.get_by_role("link", name="Import the corrected file").click()
    send(page, "corrected.csv", report.replace("31/02/2022", "28/02/2022").encode(), script=script)
    page.get_by_role("button", name="Try it out").click()
    ended(page)
    page.get_by_role("button", name="Import this 1 record").click()
    ended(page)
    find(new_page(script=script), site, f"Ciel clair {mark}")

    page.goto(imported)
    page.get_by_role("link", name="Undo the import").click()
    expect(main).to_contain_text("3 entries are put back")
    page.get_by_role("button", name="Put 3 entries back").click()
    ended(page)
    page.goto(imported)
    expect(main).to_contain_text("3 entries were put back.")
    page.get_by_role("link", name=f"École à l’écran {mark}").click()
    expect(main).to_contain_text("Withdrawn")
