"""A moderator without JavaScript: an entry from the first word to the tombstone."""

import io
import json
import re
import time
import urllib.error
import urllib.parse
import urllib.request

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Page, expect
from tests.browser.conftest import NewPage, Site

TITLE = "Lanternfish tablets for island clinics"
SUMMARY = "Nurses on small islands ask doctors on the mainland."
NOTE = "Patients are seen without a day at sea."
ALT = "A nurse holds a tablet"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def png() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (640, 400), (11, 79, 138)).save(file, "PNG")
    return file.getvalue()


def fetched(url: str) -> tuple[int, str, bytes]:
    """Status, content type and body, as a visitor gets them."""
    try:
        with urllib.request.urlopen(url, timeout=20) as answer:  # noqa: S310 - our own server
            return answer.status, answer.headers["Content-Type"], answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers["Content-Type"], error.read()


def listed(site: Site, form: str, words: str) -> str:
    return fetched(site.path("en", f"/entries{form}?{urllib.parse.urlencode({'q': words})}"))[
        2
    ].decode()


def wait_until_listed(site: Site, words: str, title: str, *, there: bool = True) -> None:
    """The index follows the database by itself, a moment later."""
    for _ in range(50):
        if (title in listed(site, ".csv", words)) is there:
            return
        time.sleep(0.2)
    pytest.fail(f"the search does not follow: {title}, expected there: {there}")


def attach(page: Page, name: str, kind: str, content: bytes) -> None:
    payload: FilePayload = {"name": name, "mimeType": kind, "buffer": content}
    page.locator("[name=images-0-upload]").set_input_files(payload)


def fill(page: Page) -> None:
    """Two languages, a country, a row and a column of the grid, and a note."""
    page.get_by_label("Title").fill(TITLE)
    page.get_by_label("Summary").fill(SUMMARY)
    page.locator("[name=more_language]").select_option("fr")
    page.get_by_role("button", name="Add language").click()
    page.locator("[name=texts-1-title]").fill("Tablettes pour les dispensaires des îles")
    page.get_by_label("Add a country by its name").fill("Fiji")
    page.get_by_role("button", name="Add country").click()
    page.get_by_label("Add a country by its name").fill("Tonga")
    page.get_by_role("button", name="Add country").click()
    page.locator("summary", has_text="Action lines").click()
    page.locator("[name=terms-action-line][value=C2]").check()
    page.locator("summary", has_text="Sustainable Development Goals").click()
    page.locator("[name=terms-sdg][value='3']").check()
    page.locator("[name=note-sdg-3]").fill(NOTE)
    page.locator("[name=images-0-alt]").fill(ALT)


def test_editor_takes_an_entry_from_the_first_word_to_the_tombstone(
    site: Site, new_page: NewPage, signed_in
) -> None:
    page = new_page(script=False, state=signed_in("moderator"))
    page.goto(site.path("en", "/staff/"))
    page.get_by_role("link", name="New entry").click()
    fill(page)

    attach(page, "plan.svg", "image/svg+xml", SVG)
    save(page, "save")
    expect(page.get_by_role("alert")).to_contain_text("svg")
    assert page.locator("[name=texts-0-title]").input_value() == TITLE
    assert page.locator("[name=texts-1-title]").input_value().startswith("Tablettes")
    assert page.locator("[name=note-sdg-3]").input_value() == NOTE
    assert page.locator("[name=images-0-alt]").input_value() == ALT
    assert page.locator("[name=terms-country]:checked").count() == 2

    attach(page, "nurse.png", "image/png", png())
    save(page, "save")
    number = re.search(r"/staff/entries/(\d+)/", page.url)[1]
    assert fetched(site.path("en", f"/entries/{number}/"))[0] == 404
    assert fetched(f"{site.url}/e/{number}")[0] == 404
    assert TITLE not in listed(site, ".csv", "Lanternfish")

    save(page, "publish")
    wait_until_listed(site, "Lanternfish", TITLE)
    assert TITLE in listed(site, ".atom", "Lanternfish")
    page.get_by_role("link", name="Open its page").click()
    address = page.url
    machine = json.loads(fetched(address.rstrip("/") + ".json")[2])
    assert TITLE in json.dumps(machine)
    looks_right(site, new_page, address)

    page.goto(site.path("en", f"/staff/entries/{number}/"))
    page.get_by_label("Summary").first.fill(SUMMARY.replace("Nurses", "Midwives"))
    page.get_by_label("What you changed and why").fill("The owner wrote to us")
    save(page, "save")
    page.get_by_role("link", name="Versions").click()
    page.get_by_role("link", name="since version").first.click()
    expect(page.locator("del", has_text="Nurses")).to_be_visible()
    expect(page.locator("ins", has_text="Midwives")).to_be_visible()
    expect(page.get_by_text("The owner wrote to us")).to_be_visible()

    page.goto(site.path("en", f"/staff/entries/{number}/"))
    page.get_by_role("link", name="Withdraw").click()
    page.get_by_label("Reason").fill("Registered twice")
    page.get_by_role("button", name="Withdraw the entry").click()
    for language in ("en", "ar"):
        status, _, body = fetched(address.replace("/en/", f"/{language}/"))
        assert status == 410
        assert "Registered twice" in body.decode()
    wait_until_listed(site, "Lanternfish", TITLE, there=False)


def save(page: Page, act: str) -> None:
    page.locator(f".stickbar [name=act][value={act}]").click()


def looks_right(site: Site, new_page: NewPage, address: str) -> None:
    """As a visitor sees it: the goal's note, the countries, the picture in words and as webp."""
    page = new_page(script=False)
    page.goto(address)
    expect(page.get_by_text(NOTE)).to_be_visible()
    expect(page.get_by_role("main").get_by_role("link", name="Tonga")).to_be_visible()
    picture = page.get_by_role("img", name=ALT)
    expect(picture).to_be_visible()
    source = urllib.parse.urljoin(site.url, str(picture.get_attribute("src")))
    status, kind, body = fetched(source)
    assert (status, kind) == (200, "image/webp")
    assert Image.open(io.BytesIO(body)).format == "WEBP"
    page.goto(address.replace("/en/", "/fr/"))
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^Tablettes"))
