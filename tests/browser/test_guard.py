"""A visitor's browser proves that no machine sends a form; without a script, a code by mail."""

import re

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer
from tests.browser.audit import faults, overhang
from tests.browser.conftest import NewPage

from stocktaking.guards.models import SpentProof
from stocktaking.outbox.models import Message

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.browser.guarded_form"),
]


@pytest.fixture
def address(live_server: LiveServer, settings: Settings) -> str:
    settings.ALLOWED_HOSTS = ["*"]
    settings.PROOF_COST = 20_000
    return f"{live_server.url}/words/"


def watched(page: Page) -> list[str]:
    """What the browser complains of: the policy, scripts that fail, addresses not found."""
    told: list[str] = []
    page.on(
        "console", lambda message: told.append(message.text) if message.type == "error" else None
    )
    page.on("pageerror", lambda error: told.append(str(error)))
    return told


def test_script_does_the_work_while_people_type(new_page: NewPage, address: str) -> None:
    page = new_page()
    told = watched(page)
    page.goto(address)
    expect(page.get_by_text("Use a code by mail")).to_be_hidden()
    page.get_by_label("Your words").fill("hello")
    expect(page.locator("[name=guard-number]")).to_have_value(re.compile(r"^\d+$"))
    page.get_by_role("button", name="Send words").click()
    expect(page.locator("#done")).to_have_text("Arrived: hello")
    assert told == []
    assert SpentProof.objects.count() == 1


def test_form_sent_at_once_waits_for_the_work_and_says_so(new_page: NewPage, address: str) -> None:
    page = new_page()
    page.goto(address)
    said = page.evaluate(
        """() => {
            const form = document.querySelector("form.stack")
            form.elements.words.value = "quick"
            form.requestSubmit()
            return form.querySelector("[data-proof-told]").textContent
        }"""
    )
    assert said.startswith("Checking that no machine sends this.")
    expect(page.locator("#done")).to_have_text("Arrived: quick")


def test_second_try_after_a_fault_needs_no_more_work(new_page: NewPage, address: str) -> None:
    page = new_page()
    page.goto(address)
    page.get_by_role("button", name="Send words").click()
    expect(page.get_by_role("alert")).to_contain_text("1 thing to correct")
    page.get_by_label("Your words").fill("now")
    page.get_by_role("button", name="Send words").click()
    expect(page.locator("#done")).to_have_text("Arrived: now")


def test_without_a_script_a_code_by_mail_does_it_by_keyboard(
    new_page: NewPage, address: str
) -> None:
    page = new_page(script=False)
    page.goto(address)
    page.get_by_label("Your words").focus()
    page.keyboard.type("by mail")
    page.keyboard.press("Tab")  # the way by mail, closed
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("ada@example.org")
    page.keyboard.press("Enter")  # the first button: send me a code
    expect(page.get_by_text("We have sent a code to ada@example.org.")).to_be_visible()
    expect(page.get_by_label("Your words")).to_have_value("by mail")
    expect(page.get_by_label("Code from the mail")).to_be_focused()
    code = re.search(r"\d{8}", Message.objects.get().text)
    assert code
    page.keyboard.type(code[0])
    page.keyboard.press("Enter")
    expect(page.locator("#done")).to_have_text("Arrived: by mail")


def test_form_sent_without_proof_and_script_shows_the_way(new_page: NewPage, address: str) -> None:
    page = new_page(script=False)
    page.goto(address)
    page.get_by_label("Your words").fill("hello")
    page.get_by_role("button", name="Send words").click()
    expect(page.get_by_role("alert")).to_contain_text("Ask for a code by mail instead.")
    expect(page.get_by_label("E-mail address for the code")).to_be_visible()


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [390, 1280])
def test_guarded_form_is_accessible_both_ways(
    new_page: NewPage, address: str, dark: bool, width: int
) -> None:
    page = new_page(width=width, dark=dark, bypass_csp=True)
    page.goto(address)
    assert faults(page) == []
    # the script did not arrive: the way by mail is there all the same
    page.route("**/proof.js*", lambda route: route.abort())
    page.goto(address)
    page.get_by_text("Use a code by mail").click()
    page.get_by_label("E-mail address for the code").fill("ada@example.org")
    page.get_by_role("button", name="Send me a code").click()
    expect(page.get_by_text("We have sent a code to")).to_be_visible()
    assert faults(page) == []
    assert overhang(page, width) == 0
