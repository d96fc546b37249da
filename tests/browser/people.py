"""What people do on the way in: read the code in a mail, read the code of an app, sign up."""

import base64
import hashlib
import hmac
import re
import struct
import time
import urllib.request
from urllib.parse import quote

from playwright.sync_api import Page
from tests.browser.conftest import Site

PERIOD = 30  # seconds for which an app shows a code


def mailed_code(site: Site, email: str, form: str = r"^[A-Z0-9]+-?[A-Z0-9]+$") -> str:
    """The code in the newest mail to an address that has one, in the demonstration's mailbox.

    Others get mail at any moment, and a person other mail: a letter that a worker sends.
    """
    mailbox = read(f"{site.url}/en/mailbox/?address={quote(email)}")
    for mail in re.findall(r'href="(/en/mailbox/[0-9a-f-]{36}/)"', mailbox):
        if codes := re.findall(form, read(site.url + mail), re.MULTILINE):
            return str(codes[-1])
    raise AssertionError(f"no mail to {email} has a code")


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
    page.locator("[name=guard-code]").fill(mailed_code(site, email, r"\b\d{8}\b"))
    press(page)


def enter_code(page: Page, code: str) -> None:
    page.locator("main input[type=text]").fill(code)
    press(page)


def press(page: Page) -> None:
    """The one thing to do on a narrow page. A script may have something to reckon before the
    form leaves: what comes next is looked at when the next page is there."""
    with page.expect_navigation():
        page.locator("main form .btn.full").first.click()
