"""Calls on the desk: drawn up, checked, published, extended, copied; what comes back."""

import datetime as dt
import io
import zipfile

import pytest
from tests.factories import accounts
from tests.factories import calls as make

from stocktaking.accounts.models import Person
from stocktaking.calls import operations
from stocktaking.calls.models import Call
from stocktaking.calls.rules.window import day_ends_anywhere
from stocktaking.calls.states import CallState
from stocktaking.kernel import clock
from stocktaking.questionnaires import queries as questionnaires
from stocktaking.questionnaires.operations import (
    freeze_version,
    migrate_drafts,
    open_draft,
    save_definition,
)

AT = make.AT


@pytest.fixture(autouse=True)
def _calls(register, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: AT)
    questionnaires.forget()


@pytest.fixture
def filled(desk):
    """The form of a new call, filled in."""
    save_definition(definition=make.short_form("asked"), by=None, at=AT)
    form = desk("calls/new/").form(name="slug")
    stated = {
        "slug": "yearly", "kind": "trial", "questionnaire": "asked", "title-en": "Yearly call",
        "zone": "Europe/Zurich", "opens_at_year": "2026", "opens_at_month": "3",
        "opens_at_day": "1", "opens_at_hour": "9:00", "closes_at_year": "2026",
        "closes_at_month": "3", "closes_at_day": "20", "closes_at_hour": "23:00",
        "place-en": "Geneva",
    }  # fmt: skip
    for name, value in stated.items():
        form[name] = value
    return form


def test_a_call_is_drawn_up_once_in_the_time_of_its_place(filled, desk) -> None:
    filled["grace_minutes"], filled["per_person"] = "10", "2"
    filled.tick("stakeholders", "academia")
    first, second = filled.send(), filled.send()
    assert first.path == second.path == "/en/staff/calls/yearly/"
    call = Call.objects.get()
    assert call.closes_at == dt.datetime(2026, 3, 20, 22, tzinfo=dt.UTC)
    assert call.audience["stakeholders"] == ["academia"]
    assert (call.grace_minutes, call.per_person, call.state) == (10, 2, CallState.DRAFT)
    assert "Friday 20 March 2026, 23:00 Geneva (22:00 UTC)" in first.text
    assert "Yearly call" in desk("calls/").text


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title-en": ""}, "id_title-en_error"),
        ({"zone": "Europe/Nowhere"}, "id_zone_error"),
        ({"closes_at_day": ""}, "id_closes_at_year_error"),
        ({"closes_at_day": "32"}, "id_closes_at_year_error"),
        ({"closes_at_month": "2"}, "id_closes_at_year_error"),  # before it opens
        ({"closes_at_hour": "noon"}, "id_closes_at_hour_error"),
        # the night in which clocks are put forward
        ({"closes_at_day": "29", "closes_at_hour": "2:30"}, "id_closes_at_hour_error"),
        ({"slug": "No Slug"}, "id_slug_error"),
    ],
)
def test_a_fault_is_told_at_its_field_and_nothing_typed_is_lost(filled, changes, field) -> None:
    filled["introduction-ar"] = "نص"
    for name, value in changes.items():
        filled[name] = value
    answer = filled.send()
    assert answer.status == 422
    assert field in answer.ids()
    assert answer.form(name="slug")["introduction-ar"] == "نص"
    assert not Call.objects.exists()


def test_anywhere_on_earth_needs_no_hour(filled) -> None:
    filled["closes_at_hour"] = ""
    filled.tick("anywhere", "on")
    page = filled.send()
    assert Call.objects.get().closes_at == day_ends_anywhere(dt.date(2026, 3, 20))
    assert "end of the day anywhere on earth" in page.text


def test_publishing_asks_once_more_with_what_is_missing(desk) -> None:
    make.draft_call("yearly")
    page = desk("calls/yearly/publish/")
    assert "No letter is written" in page.text
    assert "Texts are missing in" in page.text
    answer = page.form(name="csrfmiddlewaretoken").send()
    assert answer.path == "/en/staff/calls/yearly/letters/"
    assert Call.objects.get().state == CallState.PUBLISHED


def test_a_questionnaire_without_questions_stops_the_call(desk) -> None:
    empty = make.forms.definition("empty", make.forms.section("nothing"))
    make.draft_call("yearly", form=empty)
    page = desk("calls/yearly/publish/")
    assert "What is marked as needed is missing." in page.text
    answer = page.form(name="csrfmiddlewaretoken").send()
    assert answer.status == 422
    assert Call.objects.get().state == CallState.DRAFT


def test_two_organisers_see_both_texts(desk) -> None:
    call = make.draft_call("yearly")
    form = desk("calls/yearly/").form(name="based_on")
    operations.revise_call(
        call=call, values=make.values(title={"en": "Theirs"}), based_on=1, by=None, at=AT
    )
    form["title-en"] = "Mine <script>"
    answer = form.send()
    assert answer.status == 409
    assert "Theirs" in answer.text
    assert "Mine <script>" in answer.text
    assert "<script>" not in answer.html.partition("<main")[2]
    answer.form(name="based_on").send()
    assert Call.objects.get().title["en"] == "Mine <script>"


def test_a_published_call_keeps_its_window_and_takes_other_words(desk) -> None:
    make.call("yearly")
    form = desk("calls/yearly/").form(name="based_on")
    assert "closes_at_year" not in form.fields
    form["minutes"] = "45"
    form.send()
    assert Call.objects.get().minutes == 45


def test_the_deadline_is_moved_with_a_reason(desk) -> None:
    make.call("yearly")
    form = desk("calls/yearly/extend/").form(name="closes_at_year")
    assert form["closes_at_hour"] == "23:00"
    form["closes_at_day"] = "27"
    answer = form.send()
    assert answer.status == 422
    assert "id_reason-en_error" in answer.ids()
    form = answer.form(name="closes_at_year")
    form["reason-en"] = "Many asked"
    form.send()
    assert Call.objects.get().closes_at == dt.datetime(2026, 3, 27, 22, tzinfo=dt.UTC)
    assert "Friday 20 March 2026" in desk("calls/yearly/extend/").text


def test_a_call_is_cancelled_for_a_reason(desk) -> None:
    make.call("yearly")
    form = desk("calls/yearly/cancel/").form(name="reason-en")
    assert form.send().status == 422
    form["reason-en"] = "No money"
    form.send()
    assert Call.objects.get().state == CallState.CANCELLED
    assert "It cannot be changed any more." in desk("calls/yearly/").text


def test_next_years_call_is_drawn_up_once(desk) -> None:
    make.call("call-2026")
    form = desk("calls/call-2026/copy/").form(name="slug")
    assert form["slug"] == "call-2027"
    assert form.send().path == form.send().path == "/en/staff/calls/call-2027/"
    assert Call.objects.count() == 2


def test_more_time_is_given_and_taken_back(desk) -> None:
    call, person = make.call("yearly"), accounts.person()
    form = desk("calls/yearly/more-time/").form(name="email")
    form["email"], form["reason"] = "nobody@example.org", "Power cut"
    form["until_year"], form["until_month"], form["until_day"] = "2026", "3", "25"
    form["until_hour"] = "12:00"
    assert "id_email_error" in form.send().ids()
    form["email"] = person.email.upper()
    page = form.send()
    assert call.allowances.get().until == dt.datetime(2026, 3, 25, 11, tzinfo=dt.UTC)
    assert "Wednesday 25 March 2026, 12:00 Geneva" in page.text
    page.form(value="take_back").send(person=str(person.pk))
    assert not call.allowances.exists()


def test_replies_are_a_table_without_drafts(desk, browser) -> None:
    call = make.call("yearly")
    body = {"name": "=cmd()", "country": "KE", "type": "academia"}
    contacts = [{"name": "Zoe Secret", "email": "z@example.org"}]
    sent = make.sent(call, answers={**make.ANSWERS, "owner": body, "contacts": contacts})
    draft = make.reply(call, answers={**make.ANSWERS, "title": "Hidden draft"})
    page = desk("calls/yearly/replies/")
    assert "1 reply was sent" in page.text
    assert str(sent.number) in page.text
    assert "Hidden draft" not in page.text
    assert str(draft.key) not in page.html
    assert "No reply fits" in desk("calls/yearly/replies/?state=declined").text
    assert desk(f"calls/yearly/replies/?page={'9' * 15}&q=%00x").status == 200

    def sheet(query=""):
        response = browser.get(f"/en/staff/calls/yearly/replies.xlsx{query}")
        book = zipfile.ZipFile(io.BytesIO(response.content))
        return b"".join(book.read(name) for name in book.namelist()).decode(errors="replace")

    assert "Village network" in sheet()
    assert "Hidden draft" not in sheet()
    assert "Zoe Secret" not in sheet()
    assert "Zoe Secret" in sheet("?personal=1")
    assert "<f>" not in sheet()


def test_file_holds_replies_whose_draft_was_carried_over_to_a_newer_version(browser) -> None:
    call = make.call("yearly")
    lead = accounts.person()
    make.sent(call)
    later = make.reply(call, lead, answers={**make.ANSWERS, "title": "Carried over"})
    opened = open_draft(questionnaire_id=call.questionnaire_id, by=None, at=make.AT)
    newer = freeze_version(version_id=opened.pk, by=None, at=make.AT)
    migrate_drafts(version_id=newer.pk, by=None, at=make.AT)
    make.submit(make.fresh(later), lead)
    response = browser.get("/en/staff/calls/yearly/replies.xlsx")
    book = zipfile.ZipFile(io.BytesIO(response.content))
    text = b"".join(book.read(name) for name in book.namelist()).decode(errors="replace")
    assert "Carried over" in text
    assert "Village network" in text


def test_numbers_tell_regions_countries_and_languages(desk) -> None:
    call = make.call("yearly")
    body = {"name": "Body", "country": "KE", "type": "academia"}
    make.sent(call, answers={**make.ANSWERS, "owner": body}, language="fr")
    text = desk("calls/yearly/numbers/").text
    assert "From which regions?" in text
    assert "region AFR" in text
    assert "Français" in text


def test_a_draft_is_seen_by_staff_before_others(desk, client) -> None:
    make.draft_call("yearly")
    assert "we ask all of you" in desk("calls/yearly/preview/").text
    assert client.get("/en/calls/yearly/").status_code == 404


def test_the_list_needs_the_same_few_statements_for_many(desk, statements) -> None:
    make.sent(make.call())
    one = len(statements("calls/"))
    for _ in range(5):
        make.sent(make.call())
    assert len(statements("calls/")) == one
    assert Person.objects.count() > 5
