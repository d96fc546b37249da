"""Passkeys in a real browser with a made-up authenticator, under the site's own policy."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import ConsoleMessage, Page, expect
from tests.browser.conftest import NewPage, Site
from tests.browser.people import mailed_code


@pytest.fixture
def page(new_page: NewPage) -> Iterator[Page]:
    """A page whose device keeps passkeys; what the policy refused fails the test."""
    made = new_page()
    refused: list[str] = []

    def hear(said: ConsoleMessage) -> None:
        if "Policy" in said.text or "Trusted" in said.text:
            refused.append(said.text)

    made.on("console", hear)
    made.on("pageerror", lambda error: refused.append(str(error)))
    device = made.context.new_cdp_session(made)
    device.send("WebAuthn.enable")
    device.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    yield made
    assert refused == []


def test_passkey_is_added_and_opens_staff_pages(site: Site, page: Page) -> None:
    # a passkey belongs to a name, not to a number
    home = site.url.replace("127.0.0.1", "localhost")
    page.goto(f"{home}/en/account/sign-up/")
    page.get_by_label("Your name").fill("Kim Keyholder")
    page.get_by_label("E-mail address", exact=True).fill("kim@example.org")
    with page.expect_navigation():  # after the proof that no machine signs up
        page.get_by_role("button", name="Make an account").click()
    page.get_by_role("textbox").fill(mailed_code(site, "kim@example.org"))
    page.get_by_role("button", name="Continue").click()
    expect(page).to_have_url(f"{home}/en/account/")
    grant = [str(Path(sys.executable).parent / "stocktaking"), "person", "grant"]
    subprocess.run([*grant, "kim@example.org", "moderator"], env=site.environment, check=True)

    page.goto(f"{home}/en/staff/")
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Sign in with it alone").check()
    page.get_by_role("button", name="Add a passkey").click()
    expect(page).to_have_url(f"{home}/en/account/security/codes/")
    page.get_by_role("link", name="Continue").click()
    expect(page).to_have_url(f"{home}/en/staff/")

    page.goto(f"{home}/en/account/sign-out/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.goto(f"{home}/en/account/sign-in/?next=/en/staff/")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page).to_have_url(f"{home}/en/staff/")


def test_passkey_that_fails_is_told(site: Site, page: Page) -> None:
    home = site.url.replace("127.0.0.1", "localhost")
    page.goto(f"{home}/en/account/sign-in/")
    page.context.set_offline(True)
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("alert")).to_be_visible()


def test_passkeys_are_not_offered_without_a_script(site: Site, new_page: NewPage) -> None:
    made = new_page(script=False)
    made.goto(f"{site.url}/en/account/sign-in/")
    expect(made.get_by_role("button", name="Use a passkey")).to_be_hidden()
    expect(made.get_by_role("button", name="Send me a code")).to_be_visible()
