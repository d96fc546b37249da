"""An organiser builds a questionnaire without a script, then looks at it with one."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import NewPage, Site
from tests.browser.test_prepared import Tour, in_both_directions

State = Callable[[str], dict[str, object]]


def create(page: Page, site: Site, slug: str) -> str:
    page.goto(site.path("en", "/staff/questionnaires/new/"))
    page.get_by_label("Title").fill("Schools on line")
    page.get_by_label("Name in addresses").fill(slug)
    page.get_by_role("button", name="Create the questionnaire").click()
    return site.path("en", f"/staff/questionnaires/{slug}/")


def add_question(page: Page, here: str, section: str, label: str, kind: str) -> None:
    page.goto(f"{here}sections/{section}/question/")
    page.get_by_label("Question").fill(label)
    page.get_by_label("Kind").select_option(kind)
    page.get_by_role("button", name="Add the question").click()


def save(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved.")).to_be_visible()


def build(page: Page, site: Site, slug: str) -> str:
    """A section with two questions, the second shown when the first is answered in one way."""
    here = create(page, site, slug)
    page.get_by_label("Title").fill("About the school")
    page.get_by_role("button", name="Add the section").click()
    add_question(page, here, "about-the-school", "Does it have a network?", "choice")
    page.locator("[name=options-0-label-en]").fill("Yes")
    page.locator("[name=options-0-code]").fill("yes")
    page.locator("[name=options-1-label-en]").fill("No")
    page.get_by_label("The answer is required", exact=True).check()
    save(page)
    add_question(page, here, "about-the-school", "Why not?", "long")
    page.locator("[name=set-min_words]").fill("3")
    page.locator("[name=shown_when-combine]").select_option("all")
    page.locator("[name=shown_when-rows-0-subject]").select_option("q:does-it-have-a-network")
    page.locator("[name=shown_when-rows-0-value]").fill("no")
    save(page)
    page.goto(here)
    return here


def test_organiser_builds_freezes_and_changes_without_a_script(
    site: Site, new_page: NewPage, signed_in: State
) -> None:
    page = new_page(script=False, state=signed_in("organiser"))
    build(page, site, "schools")
    expect(page.get_by_text("Shown when: Does it have a network? is No")).to_be_visible()
    page.get_by_role("button", name="Up Why not?").click()
    page.get_by_role("button", name="Down Why not?").click()
    page.get_by_role("button", name="Freeze the version").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Schools on line, version 1")
    page.get_by_role("link", name="Schools on line").first.click()
    page.get_by_role("button", name="Open a new version").click()
    page.get_by_role("link", name="Why not?").click()
    page.get_by_text("Remove this question").click()
    page.get_by_role("button", name="Remove the question").click()
    page.get_by_role("link", name="See what this version changes").click()
    expect(page.get_by_text("have no place any more")).to_be_visible()


@pytest.mark.parametrize("script", [True, False])
def test_preview_shows_and_hides_as_those_who_answer_see_it(
    site: Site, new_page: NewPage, signed_in: State, script: bool
) -> None:
    page = new_page(script=script, state=signed_in("organiser"), width=390)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(
        site.path("en", "/staff/questionnaires/entries/versions/1/preview/?section=time-place")
    )
    end = page.locator("[data-question=end]")
    expect(end).to_be_hidden()
    page.get_by_label("Completed").check()
    if not script:
        page.get_by_role("button", name="See what these answers change").click()
    expect(end).to_be_visible()
    # hidden through several steps: a worldwide activity works in no single country
    page.locator("[data-question=coverage]").get_by_label("International").check()
    if not script:
        page.get_by_role("button", name="See what these answers change").click()
    page.locator("[data-question=worldwide] input").check()
    if not script:
        page.get_by_role("button", name="See what these answers change").click()
    expect(page.locator("[data-question=countries]")).to_be_hidden()
    page.locator("[data-question=coverage]").get_by_label("National", exact=True).check()
    if not script:
        page.get_by_role("button", name="See what these answers change").click()
    expect(page.locator("[data-question=countries]")).to_be_visible()
    assert complaints == []


def test_words_are_counted_while_they_are_typed(
    site: Site, new_page: NewPage, signed_in: State
) -> None:
    page = new_page(state=signed_in("organiser"))
    page.goto(site.path("en", "/staff/questionnaires/entries/versions/1/preview/?section=basics"))
    summary = page.locator("[name=q-summary]")
    told = page.locator("[data-for=id_q-summary] [data-count]")

    summary.fill("Un café, مُحَمَّدٌ and 教育教育")
    expect(told).to_have_text("7")  # 2 + 1 + 1, and four characters of Chinese are 3 (2.5)
    summary.fill("")
    expect(told).to_have_text("0")


@in_both_directions
def test_pages_of_a_draft_are_accessible(
    site: Site,
    new_page: NewPage,
    signed_in: State,
    language: str,
    dark: bool,
    width: int,
) -> None:
    builder = new_page(state=signed_in("organiser"))
    here = build(builder, site, f"tour-{language}")
    page = new_page(state=signed_in("organiser"), width=width, dark=dark, locale=language)
    tour = Tour(page, width)
    here = here.replace("/en/", f"/{language}/")
    page.goto(here)
    tour.look("questions of a draft")
    page.goto(f"{here}title/")
    tour.look("title")
    page.goto(f"{here}sections/about-the-school/")
    tour.look("section")
    page.goto(f"{here}sections/about-the-school/question/")
    page.locator("form.form-main .btn").click()
    tour.look("new question without words", status=422)
    page.goto(f"{here}questions/does-it-have-a-network/")
    tour.look("question with options")
    page.goto(f"{here}questions/why-not/")
    builder.goto(page.url)
    builder.locator(f"[name=help-{language}]").fill("In a sentence.")
    builder.locator("[value=back]").click()
    page.locator(f"[name=help-{language}]").fill("In a word.")
    page.locator("[value=back]").click()
    tour.look("changed by somebody else meanwhile", status=409)
    page.locator("[name=shown_when-rows-0-value]").fill("never")
    page.locator("[value=stay]").click()
    tour.look("question with errors", status=422)
    page.goto(f"{here}problems/")
    tour.look("problems")
    page.goto(f"{here}versions/1/")
    tour.look("version")
    assert tour.found == {}
