"""An import on the screen, every page on its way as accessible and whole as the others."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import NewPage, Site
from tests.browser.import_files import messy
from tests.browser.test_prepared import Tour, in_both_directions

State = Callable[[str], dict[str, object]]


@pytest.fixture(scope="module")
def worker(site: Site) -> Iterator[None]:
    """Imports are jobs: somebody must do them."""
    command = [str(Path(sys.executable).parent / "stocktaking"), "worker", "--no-tick"]
    with (site.data_dir / "importer.log").open("wb") as log:
        process = subprocess.Popen(command, env=site.environment, stdout=log, stderr=log)
        yield
        process.terminate()
        process.wait(timeout=20)


def send(page: Page, name: str, content: bytes, *, script: bool = True) -> None:
    page.locator("#id_file").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": content}
    )
    if script:
        page.locator("[data-upload-told] .hint").wait_for()
        expect(page.locator("input[type=hidden][name$='.file']")).to_have_count(1)
    page.locator("main form .btn").last.click()


def begin_profile(page: Page) -> None:
    """A new one, though another test may have left one that recognises the file."""
    new = page.locator("[name=profile][value='']")
    if new.count():
        new.check()
    page.locator("main form .btn[value=build]").click()


def ended(page: Page) -> None:
    """The import has ended; a script, or the reader, looks again."""
    for _ in range(60):
        if not page.locator(".progress-of").count():
            return
        page.wait_for_timeout(500)
        page.goto(page.url)
    pytest.fail("the import does not end")


def column(page: Page, head: str, part: str = "to") -> str:
    """The name of a control of the column with this head."""
    lead = page.locator(f"input[type=hidden][name$='-column'][value='{head}']")
    return f"[name={str(lead.get_attribute('name')).removesuffix('column')}{part}]"


@in_both_directions
def test_pages_on_the_way_of_an_import_are_accessible(
    site: Site,
    worker: None,
    new_page: NewPage,
    signed_in: State,
    language: str,
    dark: bool,
    width: int,
) -> None:
    page = new_page(state=signed_in("organiser"), width=width, dark=dark, locale=language)
    tour = Tour(page, width)
    page.goto(site.path(language, "/staff/imports/new/"))
    page.locator("main form .btn").last.click()
    tour.look("no file chosen", status=422)
    send(page, f"tour-{language}.csv", messy(language.upper()))
    tour.look("file that nobody knows")
    begin_profile(page)
    tour.look("builder")
    page.locator(".stickbar [value=try]").click()
    tour.look("builder with errors", status=422)
    page.locator("[name=profile-identity_first]").select_option("Réf.")
    page.locator("[name=profile-system]").fill(f"tour-{language}")
    page.locator("[name=profile-slug]").fill(f"tour-{language}")
    page.locator(column(page, "Début")).select_option("start")
    page.locator(column(page, "Début", "order")).select_option("dmy")
    page.locator(column(page, "ODD")).select_option("terms:sdg")
    page.locator(column(page, "Pays")).select_option("terms:country")
    page.locator(column(page, "Organisme")).select_option("partner:name")
    tour.look("builder with other choices", status=422)
    page.locator(".stickbar [value=try]").click()
    tour.look("trial that waits or runs")
    ended(page)
    tour.look("trial")
    trial = page.url
    page.goto(f"{trial}?verdict=refused")
    tour.look("refused rows")
    page.locator(".verdicts .place a").first.click()
    tour.look("refused row")
    page.goto(f"{trial}values/")
    tour.look("values that are no terms")
    page.goto(trial)
    page.locator("form[action$='/run/'] .btn").click()
    ended(page)
    tour.look("import that is done")
    done = page.url
    page.goto(f"{done}undo/")
    tour.look("before it is undone")
    page.locator("main form .btn.danger").click()
    ended(page)
    page.goto(done)
    tour.look("import that is undone")
    page.goto(site.path(language, "/staff/imports/"))
    tour.look("list of imports")
    page.goto(site.path(language, f"/staff/imports/profiles/tour-{language}/"))
    tour.look("profile")
    page.locator("textarea[name=text]").fill("nothing")
    page.locator("main form .btn").last.click()
    tour.look("profile with faults", status=422)
    assert tour.found == {}
