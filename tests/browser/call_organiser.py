"""What an organiser does with a call in a browser: questions, window, letter, next year's call."""

import datetime as dt
import re

from playwright.sync_api import Page, expect
from tests.browser.conftest import Site

SLUG, CALL = "island-clinics", "Clinics on islands: tell us"


def build_questionnaire(page: Page) -> None:
    page.get_by_role("link", name="Questionnaires", exact=True).click()
    page.get_by_role("link", name="New questionnaire").click()
    page.get_by_label("Title").fill("Clinics on islands")
    page.get_by_label("Name in addresses").fill(SLUG)
    page.get_by_role("button", name="Create the questionnaire").click()
    for title in ("The project", "Lessons", "Goals"):
        page.get_by_label("Title").fill(title)
        page.get_by_role("button", name="Add the section").click()
    add_question(page, "The project", "Its name", "Short text", becomes="Title")
    add_question(
        page, "The project", "What it does", "Long text", becomes="Summary", more={"min_words": "5"}
    )
    add_question(page, "The project", "Does it run?", "One of several options", options="Yes No")
    runs = ("Does it run?", "is", "Yes")
    add_question(page, "The project", "Since when?", "Date", becomes="Start", shown=runs)
    add_question(page, "Lessons", "What was learned?", "Long text")
    page.get_by_role("link", name="Lessons", exact=True).click()
    condition(page, ("Does it run?", "is", "No"))
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("Saved.")
    page.get_by_role("link", name="Clinics on islands").click()
    add_question(
        page,
        "Goals",
        "Goals that it serves",
        "Terms of a scheme",
        becomes="Sustainable Development Goal",
        choose={"scheme": "sdg"},
    )
    expect(page.get_by_role("main")).to_contain_text("Shown when: Does it run? is Yes")
    page.get_by_role("link", name=re.compile("problem")).click()
    expect(page.get_by_role("main")).to_contain_text("Every question can be reached and answered")


def add_question(
    page: Page,
    section: str,
    label: str,
    kind: str,
    *,
    becomes: str = "",
    options: str = "",
    shown: tuple[str, str, str] | None = None,
    more: dict[str, str] | None = None,
    choose: dict[str, str] | None = None,
) -> None:
    page.get_by_role("link", name=f"Add a question to “{section}”").click()
    page.get_by_label("Question").fill(label)
    page.get_by_label("Kind").select_option(label=kind)
    page.get_by_role("button", name="Add the question").click()
    page.get_by_label("The answer is required", exact=True).check()
    for place, option in enumerate(options.split()):
        page.locator(f"[name=options-{place}-label-en]").fill(option)
    for name, value in (more or {}).items():
        page.locator(f"[name=set-{name}]").fill(value)
    for name, value in (choose or {}).items():
        page.locator(f"[name=set-{name}]").select_option(value)
    if becomes:
        page.locator("[name=binds_to]").select_option(label=becomes)
    if shown:
        condition(page, shown)
    page.get_by_role("button", name="Save and go back to the questions").click()
    expect(page.get_by_role("link", name=label, exact=True)).to_be_visible()


def condition(page: Page, row: tuple[str, str, str]) -> None:
    subject, comparison, value = row
    page.locator("[name=shown_when-combine]").select_option(label="When all of these hold")
    page.locator("[name=shown_when-rows-0-subject]").select_option(label=subject)
    page.locator("[name=shown_when-rows-0-comparison]").select_option(label=comparison)
    page.locator("[name=shown_when-rows-0-value]").fill(value)


def open_call(page: Page, site: Site) -> None:
    """Drawn up, with a letter to a list, published: it is open since yesterday."""
    page.goto(site.path("en", "/staff/calls/"))
    page.get_by_role("link", name="New call").click()
    page.get_by_label("Name in addresses").fill(SLUG)
    page.locator("[name=title-en]").fill(CALL)
    page.locator("[name=summary-en]").fill("Tell us how clinics on islands use the net.")
    page.get_by_label("Questionnaire").select_option(SLUG)
    set_window(page)
    page.get_by_role("button", name="Draw up the call").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(CALL)
    page.get_by_role("link", name="Publish the call").click()
    page.get_by_role("button", name="Publish the call").click()
    expect(page.get_by_role("main")).to_contain_text("The call is published.")


def set_window(page: Page) -> None:
    today = dt.datetime.now(dt.UTC).date()
    for name, days in (("opens_at", -1), ("closes_at", 30)):
        day = today + dt.timedelta(days=days)
        for part in ("year", "month", "day"):
            page.locator(f"[name={name}_{part}]").fill(str(getattr(day, part)))


def send_letter(page: Page, reader: str) -> None:
    """From the letters of a call: a group of one, a letter to it."""
    here = page.url
    page.get_by_role("link", name="Groups of recipients").click()
    page.get_by_role("link", name="New group").click()
    page.get_by_label("Short name").fill(SLUG)
    page.locator("[name=title-en]").fill("Clinics")
    page.get_by_role("button", name="Create the group").click()
    page.get_by_label("One person on each line").fill(f"نور <{reader}>")
    page.get_by_label("Language where a line names none").select_option("ar")
    page.get_by_role("button", name="Add them").click()
    expect(page.get_by_role("main")).to_contain_text("1 person on the list")
    page.goto(here)
    page.get_by_role("link", name="New letter").click()
    page.locator("[name=subject-en]").fill("Tell us of your clinic")
    page.locator("[name=body-en]").fill("Dear {name},\n\nreply until {deadline}: {link}")
    page.locator("summary", has_text="العربية").click()
    page.locator("[name=subject-ar]").fill("حدثونا عن عيادتكم")
    page.locator("[name=body-ar]").fill("تحية طيبة {name}،\n\nأجيبوا حتى {deadline}: {link}")
    page.locator("summary", has_text="Groups that get it").click()
    page.get_by_label("Clinics", exact=True).check()
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("link", name="Send …").click()
    expect(page.get_by_role("main")).to_contain_text("1 person gets it")
    page.get_by_role("button", name="Send the letter").click()


def open_next_call(page: Page, site: Site) -> None:
    """A copy of the call; its window is drawn near, as if the year had passed."""
    page.goto(site.path("en", "/staff/calls/"))
    page.locator(f"main a[href$='/calls/{SLUG}/']").click()
    page.get_by_role("link", name="Draw up next year’s call from this one").click()
    page.get_by_label("Name of the new call in addresses").fill(f"{SLUG}-again")
    page.get_by_role("button", name="Draw up the call").click()
    page.locator("[name=title-en]").fill(f"{CALL}, again")
    set_window(page)
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("link", name="Publish the call").click()
    page.get_by_role("button", name="Publish the call").click()
