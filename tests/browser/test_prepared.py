"""Pages that one reaches only by doing something: each is as accessible and whole as the others."""

import io
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page
from tests.browser import audit
from tests.browser.conftest import NewPage, Site
from tests.browser.people import app_code, enter_code, mailed_code, press, sign_up

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"/>'

in_both_directions = pytest.mark.parametrize(
    ("language", "dark", "width"),
    [("en", False, 1280), ("ar", True, 390)],
    ids=["english-light-desk", "arabic-dark-phone"],
)


class Tour:
    """A walk that looks at each page on the way and tells all faults at the end."""

    def __init__(self, page: Page, width: int) -> None:
        self.page, self.width = page, width
        self.found: dict[str, list[str]] = {}
        self.status = 0
        page.on("response", self.note)
        page.on("console", lambda said: self.complain(said.text))
        page.on("pageerror", lambda error: self.complain(str(error)))

    def note(self, response) -> None:
        if response.request.is_navigation_request():
            self.status = response.status

    def complain(self, text: str) -> None:
        if "the server responded with a status of" not in text:
            self.found.setdefault("console", []).append(text)

    def look(self, name: str, *, status: int = 200) -> None:
        self.page.wait_for_load_state()
        found = audit.faults(self.page)
        if self.status != status:
            found.append(f"status {self.status} in place of {status}")
        if self.page.locator("h1").count() != 1:
            found.append("not one heading of the first level")
        if over := audit.overhang(self.page, 320):
            found.append(f"{over} px wider than 320")
        self.page.set_viewport_size({"width": self.width, "height": 900})
        if found:
            self.found[name] = found


@in_both_directions
def test_pages_on_the_way_in_are_accessible(
    site: Site, new_page: NewPage, language: str, dark: bool, width: int
) -> None:
    page = new_page(width=width, dark=dark, locale=language)
    tour = Tour(page, width)
    email = f"tour-{language}@example.org"
    page.goto(site.path(language, "/account/sign-up/"))
    press(page)
    tour.look("sign-up with errors")
    sign_up(page, site, language, "Tour Person", email)
    tour.look("code that confirms the address")
    enter_code(page, "AAAA-AAAA")
    tour.look("code that was wrong")
    enter_code(page, mailed_code(site, email))
    page.goto(site.path(language, "/account/security/app/set-up/"))
    tour.look("setting up an app")
    key = page.locator("main p code").inner_text()
    enter_code(page, "000000")
    tour.look("setting up an app with a wrong code")
    enter_code(page, app_code(key))
    tour.look("recovery codes")
    page.goto(site.path(language, "/account/security/"))
    tour.look("security with a second step")
    page.goto(site.path(language, "/account/security/codes/new/"))
    tour.look("new recovery codes")
    page.goto(site.path(language, "/account/security/app/remove/"))
    tour.look("removing the app")
    page.goto(site.path(language, "/account/security/passkeys/"))
    tour.look("passkeys")
    page.goto(site.path(language, "/account/security/passkeys/add/"))
    tour.look("adding a passkey")
    page.goto(site.path(language, "/staff/"))
    tour.look("the desk is closed", status=403)
    page.goto(site.path(language, "/account/sign-out/"))
    tour.look("signing out")
    press(page)
    page.goto(site.path(language, "/account/sign-in/"))
    page.locator("[name=login], [name=email]").first.fill(email)
    press(page)
    tour.look("code that signs in")
    enter_code(page, mailed_code(site, email))
    tour.look("second step")
    page.goto(site.links["organiser"].replace("/en/", f"/{language}/"))
    tour.look("one-time link")
    page.goto(site.path(language, "/account/once/nothing/"))
    tour.look("one-time link that is no good", status=tour.status)
    assert tour.found == {}


def png() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (900, 600), (11, 79, 138)).save(file, "PNG")
    return file.getvalue()


def attach(page: Page, name: str, content: bytes) -> None:
    page.locator("[name=images-0-upload]").set_input_files(
        {"name": name, "mimeType": "image/png", "buffer": content}
    )


def act(page: Page, value: str) -> None:
    page.locator(f".stickbar [name=act][value={value}]").click()


@in_both_directions
def test_pages_in_the_life_of_an_entry_are_accessible(
    site: Site, new_page: NewPage, signed_in, language: str, dark: bool, width: int
) -> None:
    page = new_page(state=signed_in("administrator"), width=width, dark=dark, locale=language)
    tour = Tour(page, width)
    page.goto(site.path(language, "/staff/entries/new/"))
    page.locator("[name=website]").fill("not an address")
    act(page, "save")
    tour.look("entry with errors", status=422)
    page.locator("[name=website]").fill("")
    page.locator("[name=texts-0-title]").fill(f"An entry on tour {language}")
    attach(page, "plan.svg", SVG)
    act(page, "save")
    tour.look("picture refused", status=422)
    attach(page, "plan.png", png())
    page.locator("[name=images-0-alt]").fill("A blue plan")
    act(page, "save")
    tour.look("saved draft")
    number = re.search(r"/entries/(\d+)/", page.url)[1]
    page.goto(site.path(language, f"/entries/{number}/"))
    tour.look("draft as the secretariat sees it")
    page.goto(site.path(language, f"/staff/entries/{number}/publish/"))
    tour.look("before publishing")
    page.goto(site.path(language, "/staff/"))
    tour.look("desk with an entry that waits")

    page.goto(site.path(language, f"/staff/entries/{number}/"))
    meanwhile = page.context.new_page()
    meanwhile.goto(page.url)
    meanwhile.locator("[name=texts-0-title]").fill(f"An entry on tour {language}, corrected")
    act(meanwhile, "publish")
    meanwhile.close()
    page.locator("[name=texts-0-title]").fill(f"An entry on a long tour {language}")
    act(page, "save")
    tour.look("saved by somebody else meanwhile", status=409)
    act(page, "save")
    page.goto(site.path(language, f"/entries/{number}-/history/?from=1&to=3"))
    tour.look("two versions compared")
    page.goto(site.path(language, f"/entries/{number}/"))
    tour.look("entry with a picture")
    page.goto(site.path(language, f"/staff/entries/{number}/withdraw/"))
    page.locator("main form .btn.danger").click()
    tour.look("withdrawn without a reason", status=422)
    page.locator("[name=reason]").fill("It was on tour only")
    page.locator("main form .btn.danger").click()
    page.goto(site.path(language, f"/entries/{number}/"))
    tour.look("withdrawn entry", status=410)
    assert tour.found == {}


def work_until(page: Page, site: Site, gone: Locator) -> None:
    """Run a worker until ``gone`` is not on the page any more."""
    worker = subprocess.Popen(
        [str(Path(sys.executable).parent / "stocktaking"), "worker", "--no-tick"],
        env=site.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(60):
            if not gone.count():
                return
            time.sleep(0.5)
            page.reload()
        pytest.fail("the job does not end")
    finally:
        worker.terminate()
        worker.wait(timeout=20)


@in_both_directions
def test_pages_of_other_acts_at_the_desk_are_accessible(
    site: Site, new_page: NewPage, signed_in, language: str, dark: bool, width: int
) -> None:
    page = new_page(state=signed_in("administrator"), width=width, dark=dark, locale=language)
    tour = Tour(page, width)
    page.goto(site.path(language, "/staff/organisations/2/"))
    page.locator("[name=kept]").fill("3")
    page.locator("form[action*=merge] .btn").click()
    tour.look("before two organisations become one")
    page.goto(site.path(language, "/staff/organisations/new/"))
    page.locator(".stickbar .btn").click()
    tour.look("organisation with errors", status=422)
    page.goto(site.path(language, "/staff/collections/new/"))
    page.locator("main form .btn").last.click()
    tour.look("collection with errors", status=422)
    page.locator("[name=slug]").fill(f"tour-{language}")
    page.locator("main form [name*=title]").first.fill("On tour")
    page.locator("main form .btn").last.click()
    page.goto(site.path(language, f"/staff/collections/tour-{language}/"))
    tour.look("collection")
    page.goto(site.path(language, "/staff/index/"))
    page.locator("main form .btn").click()
    tour.look("job that waits")
    work_until(page, site, page.locator(".desk form"))  # the button that cancels an open job
    tour.look("job that ended")
    page.goto(site.path(language, "/staff/jobs/"))
    tour.look("jobs")
    assert tour.found == {}
