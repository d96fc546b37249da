"""A call from its first question to the second year, through the eyes of everybody in it.

Organiser, two authors and moderator each sit at a browser of their own. Times are the database's:
only the end of the call is moved, as if the hour had come.
"""

import datetime as dt
import re
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.browser.call_organiser import (
    CALL,
    SLUG,
    build_questionnaire,
    open_call,
    open_next_call,
    send_letter,
)
from tests.browser.conftest import NewPage, Site
from tests.browser.people import enter_code, mailed_code, press

TITLE = "ألواح رقمية لعيادات الجزر البعيدة"
SUMMARY = "تسأل الممرضات في الجزر الأطباء على البر عبر الألواح الرقمية كل يوم."
BETTER = "تسأل الممرضات الأطباء عبر الألواح، فيُعالَج المرضى دون سفر."
ISLANDS = "تشارك سبع جزر في هذا العمل."
PHONE = 390  # px
LAST = 8  # seconds before the end in which the reply is sent
State = Callable[[str], dict[str, object]]


@pytest.fixture
def worker(site: Site) -> Iterator[None]:
    """Letters leave by a job: somebody must do it."""
    command = [str(Path(sys.executable).parent / "stocktaking"), "worker"]
    with (site.data_dir / "worker.log").open("wb") as log:
        process = subprocess.Popen(command, env=site.environment, stdout=log, stderr=log)
        yield
        process.terminate()
        process.wait(timeout=20)


# -- the authors -------------------------------------------------------------------------------


def follow_mail(page: Page, site: Site, address: str, part: str) -> None:
    """Click the link with ``part`` in the newest mail to an address that has one."""
    language = re.search(r"/(\w\w)/|$", page.url.removeprefix(site.url))[1] or "en"
    link = page.locator(f"article a[href*='{part}']")
    for _ in range(60):  # a letter comes by the worker
        page.goto(site.path(language, f"/mailbox/?address={address}"))
        if page.locator(".mails a").count():
            page.locator(".mails a").first.click()
            if link.count():
                link.first.click()
                return
        time.sleep(0.5)
    pytest.fail(f"no mail to {address} leads to {part}")


def make_account(page: Page, site: Site, name: str, email: str) -> None:
    """From the page that asks to sign in, to where one wanted to go."""
    page.locator("main a[href*='/account/sign-up/']").click()
    page.locator("[name=name]").fill(name)
    page.locator("[name=email]").fill(email)
    press(page)
    page.wait_for_url(re.compile("/sign-up/code/$"))  # the proof of work takes its time
    enter_code(page, mailed_code(site, email))


def write_reply(page: Page) -> str:
    """On a phone, in Arabic, from the page that begins a reply; the address of its overview."""
    page.locator("[name=language][value=ar]").check()
    page.locator("button[value=new]").click()
    page.wait_for_url(re.compile(r"/replies/[0-9a-f-]{36}/$"))
    address = page.url
    page.locator("main a.btn").first.click()
    title = page.locator("[name=q-its-name]")
    expect(title).to_have_attribute("dir", "rtl")
    title.fill(TITLE)
    page.locator("[name=q-what-it-does]").fill(SUMMARY)
    since = page.locator("[data-question=since-when]")
    expect(since).to_be_hidden()
    page.get_by_label("Yes").check()
    expect(since).to_be_visible()  # without asking the server
    since.locator("input").first.fill("2024")
    narrow(page)
    go_on(page)
    # nothing was learned yet, for it runs: that section is left out
    page.wait_for_url(re.compile("/goals/$"))
    page.locator("[name=q-goals-that-it-serves][value='3']").check()
    narrow(page)
    go_on(page)
    page.wait_for_url(re.compile("/check/$"))
    expect(page.get_by_role("alert")).to_have_count(0)
    narrow(page)
    return address


def invite(page: Page, address: str, email: str) -> None:
    page.goto(address)
    page.locator("main a[href$='/authors/']").click()
    page.locator("main [name=email]").fill(email)
    page.locator("main form[aria-labelledby=invite] button").click()
    expect(page.get_by_role("main")).to_contain_text(email)
    narrow(page)


def join_and_edit(page: Page, site: Site, email: str) -> None:
    """The co-author comes by mail, makes an account, and betters the summary."""
    follow_mail(page, site, email, "/replies/join/")
    page.get_by_role("link", name="English").first.click()  # the mail speaks the inviter's language
    page.wait_for_url(re.compile("/en/"))
    make_account(page, site, "Salma", email)
    page.get_by_role("button", name="Write with them").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    page.get_by_role("link", name="The project").click()
    page.get_by_label("What it does").fill(BETTER)
    page.locator(".stickbar button[value=stay]").click()
    page.wait_for_url(re.compile(r"\?check=1"))  # saved, and back at the section
    expect(page.get_by_label("What it does")).to_have_value(BETTER)


def copy_and_check(page: Page, address: str) -> None:
    """A second reply with the same text, as far as the button that sends it."""
    page.goto(address.replace("/ar/", "/en/"))
    page.get_by_role("link", name="Use the text again").click()
    page.get_by_role("button", name="Begin with this text").click()
    page.get_by_role("link", name="Check and send").last.click()


def send_in_the_last_second(page: Page, late: Page, site: Site, address: str) -> None:
    """One is sent while the call is open, and just so; the other when it has closed."""
    page.goto(f"{address}check/")
    expect(page.get_by_role("main")).to_contain_text(BETTER)
    # a machine may be held up for longer than that: the verdict is true all the same
    for _ in range(5):
        end = close_call(site, dt.timedelta(seconds=LAST))
        page.locator("main form .btn:not(.quiet)").last.click()
        page.wait_for_load_state()
        if page.url.endswith("/sent/"):
            break
        close_call(site, dt.timedelta(minutes=5))
        page.reload()
    expect(page).to_have_url(f"{address}sent/")
    arrived = sent_at(site)
    assert end - dt.timedelta(seconds=LAST) <= arrived < end
    while now() < end:
        time.sleep(0.2)
    late.get_by_role("button", name="Send the reply").click()
    expect(late.get_by_role("alert")).to_contain_text("closed")
    expect(late.get_by_role("main")).to_contain_text(BETTER)  # nothing typed is lost
    assert sent_at(site) == arrived


def narrow(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE


def go_on(page: Page) -> None:
    page.locator(".stickbar button[value=next]").click()


# -- the database's clock ----------------------------------------------------------------------


def ask(site: Site, sql: str, *values: str) -> str:
    with closing(sqlite3.connect(site.data_dir / "stocktaking.sqlite3", timeout=30)) as database:
        answer = database.execute(sql, values).fetchone()
        database.commit()
        return str(answer[0]) if answer else ""


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def close_call(site: Site, left: dt.timedelta) -> dt.datetime:
    """The end of the call is near; nobody has touched a clock."""
    end = now() + left
    text = end.replace(tzinfo=None).isoformat(sep=" ")
    ask(site, "update calls_call set closes_at = ? where slug = ?", text, SLUG)
    return end


def sent_at(site: Site) -> dt.datetime:
    """When the newest of all replies arrived."""
    text = ask(site, "select max(at) from calls_replysnapshot")
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


# -- the moderator, and the second year ---------------------------------------------------------


def open_reply(page: Page, site: Site) -> None:
    page.goto(site.path("en", "/staff/queue/"))
    page.get_by_role("link", name=TITLE).click()


def return_with_comment(page: Page, site: Site) -> None:
    open_reply(page, site)
    asking = page.locator("#q-what-it-does")
    asking.locator("summary", has_text="Comment").click()
    asking.get_by_role("textbox").fill("Say how many islands.")
    page.locator("[name=reason]").fill("One thing is missing.")
    page.get_by_role("button", name="Return to its authors").click()
    expect(page.get_by_role("main")).to_contain_text("is returned to its authors.")


def answer_comment(page: Page, site: Site, address: str, email: str) -> None:
    """The author comes by mail, finds the comment at its field, and sends again."""
    follow_mail(page, site, email, "/replies/")
    expect(page).to_have_url(address)
    expect(page.get_by_role("main")).to_contain_text("One thing is missing.")
    page.locator("main a[href$='#id_q-what-it-does']").click()
    field = page.locator("[data-question=what-it-does]")
    expect(field).to_contain_text("Say how many islands.")
    narrow(page)
    field.locator("textarea").fill(f"{BETTER} {ISLANDS}")
    go_on(page)
    page.wait_for_url(re.compile("/goals/$"))
    go_on(page)
    page.wait_for_url(re.compile("/check/$"))
    page.locator("main form .btn:not(.quiet)").last.click()
    expect(page).to_have_url(f"{address}sent/")


def accept(page: Page, site: Site) -> None:
    open_reply(page, site)
    expect(page.get_by_role("main")).to_contain_text(ISLANDS)
    page.get_by_role("button", name="Accept and publish").click()
    expect(page.get_by_role("main")).to_contain_text("is accepted.")


def find_entry(page: Page, site: Site) -> None:
    """As anybody: by words of the summary, in the search on the first page."""
    for _ in range(60):  # the index follows the database by itself, a moment later
        page.goto(site.path("ar", "/"))
        page.get_by_role("searchbox").first.fill("سبع جزر الألواح")
        page.get_by_role("searchbox").first.press("Enter")
        found = page.get_by_role("main").get_by_role("link", name=TITLE)
        if found.count():
            found.first.click()
            break
        time.sleep(0.5)
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(page.get_by_role("main")).to_contain_text(ISLANDS)


def confirm(page: Page, site: Site) -> None:
    page.goto(site.path("ar", "/calls/"))
    page.get_by_role("link", name=f"{CALL}, again").first.click()
    page.locator(f"main a[href$='/calls/{SLUG}-again/entries/']").click()
    narrow(page)
    page.locator("button[name=one]").click()
    expect(page.locator("main [role=status]")).to_be_visible()
    expect(page.locator("button[name=one]")).to_have_count(0)
    narrow(page)


def test_call_is_answered_by_two_and_confirmed_a_year_later(
    site: Site, worker: None, new_page: NewPage, signed_in: State
) -> None:
    organiser = new_page(state=signed_in("organiser"))
    organiser.goto(site.path("en", "/staff/"))
    build_questionnaire(organiser)
    open_call(organiser, site)
    send_letter(organiser, "nour@example.org")

    author = new_page(width=PHONE, locale="ar")
    author.goto(site.path("ar", "/"))
    follow_mail(author, site, "nour@example.org", f"/calls/{SLUG}/")
    author.locator("main a[href$='/reply/']").click()
    make_account(author, site, "نور", "nour@example.org")
    address = write_reply(author)
    invite(author, address, "salma@example.org")
    second = new_page()
    second.goto(site.path("en", "/"))
    join_and_edit(second, site, "salma@example.org")
    copy_and_check(second, address)
    send_in_the_last_second(author, second, site, address)

    moderator = new_page(state=signed_in("moderator"))
    return_with_comment(moderator, site)
    answer_comment(author, site, address, "nour@example.org")
    accept(moderator, site)
    find_entry(new_page(script=False), site)
    open_next_call(organiser, site)
    confirm(author, site)
