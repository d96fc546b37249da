"""What people do on the way in: read the code in a mail, read the code of an app, sign up."""

import base64
import hashlib
import hmac
import re
import struct
import time
import urllib.request

from playwright.sync_api import Page
from tests.browser.conftest import Site

PERIOD = 30  # seconds for which an app shows a code


def mailed_code(site: Site) -> str:
    """The code in the newest mail, read in the mailbox of the demonstration."""
    return re.findall(r"^[A-Z0-9]+-?[A-Z0-9]+$", newest_mail(site), re.MULTILINE)[-1]


def newest_mail(site: Site) -> str:
    newest = re.search(r'href="(/en/mailbox/[0-9a-f-]{36}/)"', read(f"{site.url}/en/mailbox/"))
    assert newest, "the mailbox is empty"
    return read(site.url + newest[1])


def read(url: str) -> str:
    with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310 - our own server
        return str(answer.read().decode())


def app_code(key: str, *, ahead: int = 0) -> str:
    """What an authenticator app shows (RFC 6238) now, or ``ahead`` periods later."""
    counter = int(time.time()) // PERIOD + ahead
    digest = hmac.new(base64.b32decode(key), struct.pack(">Q", counter), hashlib.sha1).digest()
    start = digest[-1] & 15
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**6:06}"


def sign_up(page: Page, site: Site, language: str, name: str, email: str) -> None:
    """Make an account, as far as the page that asks for the mailed code."""
    page.goto(site.path(language, "/account/sign-up/"))
    page.locator("[name=name]").fill(name)
    page.locator("[name=email]").fill(email)
    press(page)


def sign_up_by_mail(page: Page, site: Site, language: str, name: str, email: str) -> None:
    """Make an account without a script: one code by mail is proof of both, and signs in."""
    page.goto(site.path(language, "/account/sign-up/"))
    page.locator("[name=name]").fill(name)
    page.locator("[name=email]").fill(email)
    page.locator("main details summary").click()
    with page.expect_navigation():
        page.locator("[name=guard-send]").click()
    code = re.findall(r"\b\d{8}\b", newest_mail(site))[-1]
    page.locator("[name=guard-code]").fill(code)
    press(page)


def enter_code(page: Page, code: str) -> None:
    page.locator("main input[type=text]").fill(code)
    press(page)


def press(page: Page) -> None:
    """The one thing to do on a narrow page. A script may have something to reckon before the
    form leaves: what comes next is looked at when the next page is there."""
    with page.expect_navigation():
        page.locator("main form .btn.full").first.click()
