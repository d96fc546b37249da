"""The builder: lists, sections and questions in order, versions, problems, answers."""

import csv
import io
from collections.abc import Callable

import openpyxl
import pytest
from django.test import Client
from tests.factories import accounts
from tests.factories.pages import Page
from tests.factories.questionnaires import (
    AT,
    answers,
    definition,
    frozen_version,
    question,
    section,
)

from stocktaking.accounts.rules.roles import Role
from stocktaking.history.models import HistoryRecord
from stocktaking.questionnaires.models import AnswerSet, Questionnaire
from stocktaking.questionnaires.operations import (
    lock_answers,
    open_draft,
    save_definition,
    start_answers,
)
from stocktaking.questionnaires.queries import definition as read
from stocktaking.questionnaires.queries import draft_of
from stocktaking.questionnaires.rules.definition import Definition
from stocktaking.questionnaires.states import QuestionKind as Kind

Desk = Callable[[str], Page]
HERE = "questionnaires/yearly/"


@pytest.fixture
def draft(register) -> Callable[[], Definition]:
    """The draft as it is stored now."""
    save_definition(definition=definition(), by=None, at=AT)

    def now() -> Definition:
        found = draft_of(Questionnaire.objects.get(slug="yearly").pk)
        assert found is not None
        return read(found.pk)

    return now


@pytest.fixture
def frozen(register):
    return frozen_version()


def order(held: Definition) -> list[str]:
    return [" ".join([s.code, *(q.code for q in s.questions)]) for s in held.sections]


def test_the_list_links_to_each_questionnaire(desk: Desk, frozen) -> None:
    page = desk("questionnaires/")

    assert "Yearly" in page.text
    assert "/en/staff/questionnaires/yearly/" in page.links()


def test_a_questionnaire_is_created_once_and_may_copy_any_version(desk: Desk, frozen) -> None:
    form = desk(f"questionnaires/new/?copy={frozen.pk}").form(name="slug")
    assert form["copy_of"] == str(frozen.pk)
    form["title"], form["slug"] = "Next year", "next-year"
    first, second = form.send(), form.send()

    assert first.path == second.path == "/en/staff/questionnaires/next-year/"
    made = Questionnaire.objects.get(slug="next-year")
    assert made.title == {"en": "Next year"}
    copy = draft_of(made.pk)
    assert copy is not None
    assert read(copy.pk).sections == definition().sections


def test_a_name_that_is_taken_or_malformed_is_refused(desk: Desk, frozen) -> None:
    form = desk("questionnaires/new/").form(name="slug")
    form["title"], form["slug"] = "Again", "yearly"
    answer = form.send()
    assert answer.status == 422
    assert "id_slug_error" in answer.ids()
    form["slug"] = "No Spaces"
    assert form.send().status == 422
    assert Questionnaire.objects.count() == 1


def test_sections_and_questions_stand_in_order_with_their_conditions(desk: Desk, draft) -> None:
    page = desk(HERE)

    assert page.text.index("Question title") < page.text.index("Question summary")
    assert "Shown when: Question status is Completed" in page.text
    assert "/en/staff/questionnaires/yearly/questions/summary/" in page.links()


def test_moving_needs_no_script(desk: Desk, draft) -> None:
    form = desk(HERE).form(name="act", value="down:question:title")
    page = form.send(act="down:question:title")
    assert order(draft())[0].startswith("about summary title")
    page.form(name="act", value="up:section:place").send(act="up:section:place")
    assert [one.split()[0] for one in order(draft())[:2]] == ["place", "about"]


@pytest.mark.usefixtures("draft")
def test_what_is_first_cannot_go_up_nor_what_is_last_down(desk: Desk) -> None:
    page, held = desk(HERE).html, definition()
    last = held.sections[-1].questions[-1].code
    assert 'value="up:question:title" disabled>' in page
    assert f'value="down:question:{last}" disabled>' in page
    assert page.count(" disabled>") == 4  # and the two of sections; questions cross their borders


def test_a_move_from_an_old_page_changes_nothing(desk: Desk, draft) -> None:
    form = desk(HERE).form(name="act", value="down:question:title")
    save_definition(definition=definition("yearly", *definition().sections[:2]), by=None, at=AT)
    answer = form.send(act="down:question:title")

    assert "Somebody else changed this questionnaire" in answer.html
    assert order(draft())[0].startswith("about title summary")


def test_nonsense_moves_nothing(desk: Desk, draft) -> None:
    form = desk(HERE).form(name="act", value="down:question:title")
    for act in ("", "left:question:title", "up:thing:title", "up:question:gone", "up"):
        form.send(act=act)
    assert order(draft()) == order(definition())


def test_a_section_is_added_changed_and_removed(desk: Desk, draft) -> None:
    form = desk(HERE).form(name="title", id="section-title")
    form["title"] = "Money and means"
    form.send()
    form.send()  # once more: one section
    assert order(draft())[-1] == "money-and-means"
    assert len(draft().sections) == 6

    form = desk(f"{HERE}sections/money-and-means/").form(name="based_on")
    form["title-ar"], form["introduction-en"] = "المال", "What it costs."
    form["shown_when-combine"] = "all"
    form["shown_when-rows-0-subject"] = "q:status"
    form["shown_when-rows-0-comparison"] = "in"
    form["shown_when-rows-0-value"] = "Ongoing; completed"
    form.send()
    changed = draft().section("money-and-means")
    assert changed is not None
    assert changed.title == {"en": "Money and means", "ar": "المال"}
    assert changed.shown_when == {"question": "status", "in": ["ongoing", "completed"]}

    page = desk(f"{HERE}sections/money-and-means/")
    page.form(action="/en/staff/questionnaires/yearly/sections/money-and-means/remove/").send()
    assert len(draft().sections) == 5


def test_what_others_ask_about_is_not_removed(desk: Desk, draft) -> None:
    page = desk(f"{HERE}questions/status/")
    answer = page.form(action="/en/staff/questionnaires/yearly/questions/status/remove/").send()
    assert "Something else depends on it" in answer.html
    page = desk(f"{HERE}sections/about/")
    answer = page.form(action="/en/staff/questionnaires/yearly/sections/about/remove/").send()
    assert "Something else depends on it" in answer.html
    assert order(draft()) == order(definition())


def test_problems_lead_to_where_they_are_mended(desk: Desk, register) -> None:
    bad = section(
        "one",
        question("a", Kind.CHOICE),
        question("b", Kind.SHORT, shown_when={"question": "b", "answered": True}),
    )
    save_definition(definition=definition("yearly", bad), by=None, at=AT)
    page = desk(f"{HERE}problems/")

    assert "There is no option to choose." in page.text
    assert "decides about itself in a circle" in page.text
    assert "Not yet translated: 中文, Русский, Español." in page.text
    assert "/en/staff/questionnaires/yearly/questions/a/" in page.links()
    answer = desk(HERE).form(action="/en/staff/questionnaires/yearly/freeze/").send()
    assert answer.path == "/en/staff/questionnaires/yearly/problems/"
    assert "Some problems stop this version" in answer.html


def test_freezing_opening_and_carrying_drafts_over(desk: Desk, draft) -> None:
    answer = desk(HERE).form(action="/en/staff/questionnaires/yearly/freeze/").send()
    assert answer.path == "/en/staff/questionnaires/yearly/versions/1/"
    first = Questionnaire.objects.get().versions.get()
    sent = start_answers(version_id=first.pk, language="en", answers=answers(), by=None, at=AT)
    lock_answers(answer_set_id=sent.pk, by=None, at=AT)
    begun = start_answers(version_id=first.pk, language="en", answers=answers(), by=None, at=AT)

    desk(HERE).form(action="/en/staff/questionnaires/yearly/draft/").send()
    desk(f"{HERE}questions/start/")
    page = desk(f"{HERE}questions/end/").form(name="set-not_before")
    page["set-not_before"] = ""
    page.send()
    remove = "/en/staff/questionnaires/yearly/questions/start/remove/"
    desk(f"{HERE}questions/start/").form(action=remove).send()
    desk(HERE).form(action="/en/staff/questionnaires/yearly/freeze/").send()

    page = desk(f"{HERE}versions/2/")
    assert "have no place any more" in page.text
    answer = page.form(action="/en/staff/questionnaires/yearly/versions/2/drafts/").send()
    assert "1 draft answers this version now. Answers without a place: 1." in answer.html
    begun.refresh_from_db()
    sent.refresh_from_db()
    assert (begun.version.number, sent.version.number) == (2, 1)
    assert "There are none for earlier versions." in answer.text


def test_a_frozen_version_has_no_way_to_change_it(desk: Desk, frozen) -> None:
    assert "Open a new version" in desk(HERE).text
    assert desk(f"{HERE}questions/title/").status == 404
    assert desk(f"{HERE}title/").status == 404


def _sent(version, **stated) -> AnswerSet:
    made = start_answers(
        version_id=version.pk, language="en", answers=answers(**stated), by=None, at=AT
    )
    return lock_answers(answer_set_id=made.pk, by=None, at=AT)


def test_answers_are_shown_without_drafts_and_without_personal_data(desk: Desk, frozen) -> None:
    _sent(frozen)
    start_answers(
        version_id=frozen.pk, language="en", answers=answers(title="Secret draft"), by=None, at=AT
    )
    page = desk(f"{HERE}versions/1/answers/")

    assert "Village network" in page.text
    assert "Completed" in page.text
    assert "ada@example.org" not in page.html
    assert "Secret draft" not in page.html


def test_files_hold_all_answers_as_harmless_text(browser: Client, frozen) -> None:
    _sent(frozen, title='=HYPERLINK("https://evil.example")')
    _sent(frozen, links=[{"url": "https://a.org", "label": "@SUM(1)"}])
    address = "/en/staff/questionnaires/yearly/versions/1/answers"

    text = b"".join(browser.get(f"{address}.csv").streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert rows[0]["title"].startswith("'=HYPERLINK")
    assert rows[1]["links.label"] == "'@SUM(1)"
    assert rows[0]["goal.note"] == "3: Clinics are reached by the mast."
    assert "contacts.email" not in rows[0]

    book = openpyxl.load_workbook(
        io.BytesIO(b"".join(browser.get(f"{address}.xlsx").streaming_content))
    )
    sheet = list(book.active.iter_rows(values_only=True))
    assert sheet[1][sheet[0].index("title")] == '=HYPERLINK("https://evil.example")'
    cell = book.active.cell(2, sheet[0].index("title") + 1)
    assert cell.data_type == "s"


def test_personal_data_are_taken_knowingly_and_it_is_recorded(browser: Client, frozen) -> None:
    _sent(frozen)
    address = "/en/staff/questionnaires/yearly/versions/1/answers.csv"

    text = b"".join(browser.get(f"{address}?personal=1").streaming_content).decode()
    assert "ada@example.org" in text
    b"".join(browser.get(address).streaming_content)
    taken = HistoryRecord.objects.filter(verb="answers_exported")
    assert [one.detail["personal"] for one in taken] == [True, False]


def test_pages_of_the_builder_take_few_statements(statements, frozen) -> None:
    open_draft(questionnaire_id=frozen.questionnaire_id, by=None, at=AT)
    for page, most in (("questionnaires/", 10), (HERE, 16), (f"{HERE}questions/end/", 14)):
        assert len(statements(page)) <= most, page


def test_only_organisers_build(register, frozen) -> None:
    moderator = accounts.browser(accounts.person(Role.MODERATOR))

    assert moderator.get("/en/staff/questionnaires/").status_code == 403
