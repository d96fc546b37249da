"""A reply from the first word to the number: on a phone, offline, by two, without a script."""

import io
import re
from collections.abc import Callable

import pytest
from PIL import Image
from playwright.sync_api import Page, expect
from tests.browser.conftest import NewPage, Site
from tests.browser.people import enter_code, mailed_code, press, sign_up
from tests.browser.test_prepared import Tour, in_both_directions

TITLE = "Lanternfish tablets for island clinics"
ARABIC = "ألواح رقمية لعيادات الجزر"
SUMMARY = (
    "Nurses on small islands ask doctors on the mainland by tablet, so that patients are seen"
    " without a day at sea, and learn from every answer that they get."
)
State = Callable[[str], dict[str, object]]
expect.set_options(timeout=20_000)  # ms: a page saves two seconds after the last key


def begin(page: Page, site: Site, language: str, *, written_in: str = "en") -> str:
    """A new reply to the open call; the address of its overview."""
    page.goto(site.path(language, "/calls/"))
    page.locator("main a[href*='/calls/entries-']").first.click()
    slug = re.search(r"/calls/([^/]+)/", page.url)[1]
    page.goto(site.path(language, f"/calls/{slug}/reply/"))
    page.locator(f"[name=language][value={written_in}]").check()
    page.locator("button[value=new]").click()
    page.wait_for_url(re.compile(r"/replies/[0-9a-f-]{36}/$"))
    return page.url


def go(page: Page, act: str) -> None:
    """Press a button and wait for the page it leads to; a script saves first."""
    with page.expect_navigation():
        page.locator(f".stickbar button[value={act}]").click()


def saved(page: Page) -> None:
    expect(page.locator("#state")).to_have_text(re.compile(r"^Saved \d|^\D*\d\d:\d\d"))


def test_draft_is_written_on_a_phone_in_arabic(
    site: Site, new_page: NewPage, signed_in: State
) -> None:
    page = new_page(state=signed_in("person"), width=390, locale="ar")
    address = begin(page, site, "ar", written_in="ar")
    page.goto(f"{address}basics/")
    title = page.locator("[name=q-title]")
    assert title.get_attribute("dir") == "rtl"
    title.fill(ARABIC)
    page.locator("[name=q-summary]").press_sequentially("تسأل الممرضات الأطباء")
    # counted as one types, in Western digits
    expect(page.locator("[data-for=id_q-summary] [data-count]")).to_have_text("3")
    saved(page)
    page.reload()
    assert page.locator("[name=q-title]").input_value() == ARABIC
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    # a second answer comes into view without asking the server
    go(page, "next")
    page.goto(f"{address}")
    expect(page.get_by_role("heading", level=1)).to_have_text(ARABIC)


def test_text_typed_without_a_connection_is_sent_when_it_is_back(
    site: Site, new_page: NewPage, signed_in: State
) -> None:
    page = new_page(state=signed_in("person"))
    address = begin(page, site, "en")
    page.goto(f"{address}basics/")
    page.context.set_offline(True)
    page.locator("[name=q-title]").fill(TITLE)
    expect(page.locator("#state")).to_contain_text("It is kept on this device")
    # nobody is led to the browser's page for lost connections
    page.locator(".stickbar button[value=next]").click()
    page.wait_for_timeout(500)
    expect(page.locator("[name=q-title]")).to_have_value(TITLE)
    # the browser is closed and opened again, and the connection is back
    page.goto("about:blank")
    page.context.set_offline(False)
    page.goto(f"{address}basics/")
    expect(page.locator("#device")).to_be_visible()
    expect(page.locator("[name=q-title]")).to_have_value(TITLE)
    saved(page)
    page.reload()
    expect(page.locator("#device")).to_be_hidden()
    expect(page.locator("[name=q-title]")).to_have_value(TITLE)


def test_text_typed_while_the_session_ran_out_is_there_after_signing_in(
    site: Site, new_page: NewPage
) -> None:
    page = new_page()
    sign_up(page, site, "en", "Patient Person", "patient@example.org")
    page.wait_for_url("**/sign-up/code/**")
    enter_code(page, mailed_code(site, "patient@example.org"))
    page.wait_for_url("**/account/")
    address = begin(page, site, "en")
    page.goto(f"{address}basics/")
    page.context.clear_cookies(name="session")
    page.locator("[name=q-title]").fill(TITLE)
    expect(page.locator("#state")).to_contain_text("you are signed out")
    expect(page.locator("#state a")).to_have_attribute("target", "_blank")
    go(page, "next")
    page.locator("[name=login], [name=email]").first.fill("patient@example.org")
    press(page)
    page.wait_for_url("**/sign-in/code/**")
    enter_code(page, mailed_code(site, "patient@example.org"))
    page.wait_for_url(re.compile(r"/basics/$"))
    expect(page.locator("#kept")).to_be_visible()
    expect(page.locator("[name=q-title]")).to_have_value(TITLE)
    saved(page)


@pytest.fixture
def two(site: Site, new_page: NewPage, signed_in: State) -> tuple[Page, Page, str]:
    """Two windows of one author at one section."""
    first, second = (new_page(state=signed_in("person")) for _each in range(2))
    address = begin(first, site, "en")
    for page in (first, second):
        page.goto(f"{address}basics/")
    return first, second, address


def test_both_texts_of_a_conflict_are_shown_and_one_is_chosen(two) -> None:
    first, second, address = two
    nasty = "<img src=x onerror=document.title='owned'>"
    first.locator("[name=q-title]").fill(f"First {nasty}")
    saved(first)
    second.locator("[name=q-title]").fill(f"Second {nasty}")
    second.locator("[name=q-summary]").fill("Only here.")
    expect(second.locator("#state")).to_contain_text("Save to see both texts")
    go(second, "next")
    expect(second.get_by_role("heading", level=1)).to_have_text("Two texts for one answer")
    both = second.locator(".both")
    expect(both).to_contain_text(f"First {nasty}")
    expect(both).to_contain_text(f"Second {nasty}")
    second.get_by_label("Mine stays").check()
    second.locator("[name=q-title]").fill("Both of us")
    go(second, "settle")
    second.goto(f"{address}basics/")
    expect(second.locator("[name=q-title]")).to_have_value("Both of us")
    expect(second.locator("[name=q-summary]")).to_have_value("Only here.")
    assert "owned" not in second.title()


def test_what_two_windows_change_in_different_answers_is_merged(two) -> None:
    first, second, address = two
    first.locator("[name=q-title]").fill("From the first window")
    saved(first)
    second.locator("[name=q-summary]").fill("From the second window.")
    saved(second)
    # the second window shows an old title; typing elsewhere must not bring it back
    second.locator("[name=q-summary]").fill("From the second window again.")
    saved(second)
    go(second, "next")
    second.goto(f"{address}basics/")
    expect(second.locator("[name=q-title]")).to_have_value("From the first window")
    expect(second.locator("[name=q-summary]")).to_have_value("From the second window again.")


def png() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (640, 400), (11, 79, 138)).save(file, "PNG")
    return file.getvalue()


def answer_everything(page: Page) -> None:
    """Go through the sections as somebody without a script does: fill in what is asked."""
    for _section in range(15):
        if page.url.endswith("/check/"):
            return
        fill(page)
        go(page, "next")
    raise AssertionError(f"no end of sections: {page.url}")


def fill(page: Page) -> None:
    for question in page.locator("[data-question]:not([hidden])").all():
        code, kind = (question.get_attribute(f"data-{name}") for name in ("question", "kind"))
        control = question.locator(f"[name='q-{code}']")
        if code == "title":
            control.fill(TITLE)
        elif code == "partners":
            control.fill("Ministry of Health of Fiji")
        elif kind == "long":
            control.fill(f"{SUMMARY} {SUMMARY}")
        elif kind in ("choice", "many", "terms"):
            control.and_(page.locator(":not([value=''])")).first.check()
        elif kind == "statement":
            control.check()
        elif kind == "organisation":
            question.get_by_label("Another one").check()
            question.get_by_label("Name", exact=True).fill("Island Clinics")
            question.get_by_label("Country").select_option("FJ")
        elif kind == "date" and code == "start":
            question.get_by_label("Year").fill("2024")
        elif kind == "country":
            question.get_by_label("Add a country by its name").fill("Fiji")
        elif kind == "people":
            question.get_by_label("Name").first.fill("Ada Person")
            question.get_by_label("E-mail address").first.fill("ada@example.org")
        elif kind == "image":
            question.locator("[type=file]").set_input_files(
                {"name": "nurse.png", "mimeType": "image/png", "buffer": png()}
            )
            question.get_by_label("What it shows").fill("A nurse holds a tablet")


def test_reply_is_written_and_sent_without_a_script(
    site: Site, new_page: NewPage, signed_in: State
) -> None:
    page = new_page(script=False, state=signed_in("organisation_editor"), width=390)
    address = begin(page, site, "en")
    page.goto(f"{address}check/")
    assert page.get_by_role("alert").get_by_role("link").count() > 3
    page.get_by_role("alert").get_by_role("link").first.click()
    assert page.locator(
        page.url.partition("#")[2] and f"[id='{page.url.partition('#')[2]}']"
    ).count()
    page.goto(f"{address}basics/")
    answer_everything(page)
    expect(page.get_by_role("alert")).to_have_count(0)
    page.get_by_role("button", name="Send the reply").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your reply has arrived")
    expect(page.get_by_role("main")).to_contain_text(TITLE)
    page.get_by_role("main").locator("a[href*='/sent/1/']").click()
    expect(page.get_by_role("main")).to_contain_text("Island Clinics")
    page.goto(f"{address}withdrawal/")
    page.get_by_role("button", name="Take the reply back").click()
    expect(page.get_by_role("main")).to_contain_text(TITLE)


@in_both_directions
def test_pages_of_a_reply_are_accessible(
    site: Site, new_page: NewPage, signed_in: State, language: str, dark: bool, width: int
) -> None:
    page = new_page(state=signed_in("person"), width=width, dark=dark, locale=language)
    tour = Tour(page, width)
    address = begin(page, site, language, written_in=language)
    tour.look("overview of a new reply")
    page.goto(f"{address}basics/")
    page.locator("[name=q-title]").fill(TITLE)
    page.locator("[name=q-summary]").fill("Too short.")
    go(page, "stay")
    tour.look("section with problems")
    for section in ("time-place", "goals", "media", "agreement"):
        page.goto(f"{address}{section}/")
        tour.look(section)
    page.goto(f"{address}check/")
    tour.look("check")
    page.goto(f"{address}authors/")
    page.locator("main [name=email]").fill("nobody")
    page.locator("main form .btn").last.click()
    tour.look("authors with an error", status=422)
    page.locator("main [name=email]").fill(f"second-{language}@example.org")
    page.locator("main form .btn").last.click()
    tour.look("authors with an invitation")
    for rest in ("copy/", "withdrawal/"):
        page.goto(f"{address}{rest}")
        tour.look(rest)
    other = new_page(state=signed_in("person"))
    other.goto(f"{address}basics/")
    page.goto(f"{address}basics/")
    page.locator("[name=q-title]").fill("From the first window")
    go(page, "stay")
    tour.look("saved section")
    other.locator("[name=q-title]").fill("From the second window")
    clash = Tour(other, width)
    go(other, "next")
    clash.look("conflict", status=409)
    assert tour.found == {}
    assert clash.found == {}
