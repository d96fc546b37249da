"""Checks of replies on the screen."""

import json

import pytest
from tests.factories import intake

from stocktaking.intake.models import Check
from stocktaking.intake.operations.shipped_checks import load_checks
from stocktaking.questionnaires.operations import save_definition
from stocktaking.questionnaires.queries.shipped import shipped
from stocktaking.web.forms.questionnaire.conditions import RowForm


@pytest.fixture(autouse=True)
def _call(register):
    intake.call("yearly")


SUBJECT, COMPARISON, VALUE = (f"when-rows-{{}}-{name}" for name in RowForm.base_fields)


def compare(form, place, subject, comparison, value="") -> None:
    form[SUBJECT.format(place)] = subject
    form[COMPARISON.format(place)], form[VALUE.format(place)] = comparison, value


def rows(form) -> list[tuple[str, str, str]]:
    """What stands in the rows of a form."""
    count = int(form["when-rows-TOTAL_FORMS"])
    names = (SUBJECT, COMPARISON, VALUE)
    return [tuple(form[name.format(place)] for name in names) for place in range(count)]


def new(desk):
    form = desk("checks/new/").form(name="slug")
    form["slug"], form["message-en"] = "one", "Look"
    return form


def test_check_of_one_line_is_made_once(desk) -> None:
    form = desk("checks/new/").form(name="slug")
    form["slug"], form["message-en"] = "summary-short", "Write more."
    compare(form, 0, "q:summary", "words_less_than", "40")
    form["place"], form["calls"] = "summary", ["yearly"]
    form.send(act="save"), form.send()
    made = Check.objects.get()
    assert made.condition == {"question": "summary", "words_less_than": 40}
    assert (made.place, made.calls, made.active) == ("summary", ["yearly"], True)
    assert "Write more." in desk("checks/").text


@pytest.mark.parametrize(
    ("question", "comparison", "value", "condition"),
    [
        ("summary", "not_answered", "", {"answered": False}),
        ("summary", "answered", "", {"answered": True}),
        ("summary", "in_capitals", "", {"in_capitals": True}),
        ("summary", "repeats", "title", {"repeats": "title"}),
        ("summary", "is", "x", {"is": "x"}),
        ("start", "after_today", "", {"after_today": True}),
    ],
)
def test_row_is_shown_again_as_it_was_entered(desk, question, comparison, value, condition) -> None:
    form = new(desk)
    compare(form, 0, f"q:{question}", comparison, value)
    form.send()
    assert Check.objects.get().condition == {"question": question, **condition}
    again = desk("checks/one/").form(name="based_on")
    assert rows(again) == [(f"q:{question}", comparison, value)]
    again.send()
    assert Check.objects.get().lock == 1  # nothing changed


def test_rows_are_added_by_a_button_and_nothing_typed_is_judged_or_lost(desk) -> None:
    form = desk("checks/new/").form(name="slug")
    form["message-fr"] = "Voir"
    compare(form, 0, "q:title", "words_less_than", "many")
    page = form.send(act="row")
    assert page.status == 200
    assert "id_when-rows-0-value_error" not in page.ids()
    form = page.form(name="slug")
    assert form["message-fr"] == "Voir"
    assert rows(form) == [("q:title", "words_less_than", "many"), ("", "not_answered", "")]
    assert len(rows(form.send(act="row").form(name="slug"))) == 3
    assert not Check.objects.exists()


@pytest.mark.parametrize("combine", ["all", "any"])
def test_several_comparisons_need_no_json(desk, combine) -> None:
    page = new(desk).send(act="row").form(name="slug").send(act="row")
    form = page.form(name="slug")
    form["when-combine"] = combine
    compare(form, 0, "q:status", "is_not", "COMPLETED")  # the words of an option
    compare(form, 1, "q:summary", "repeats", "Question title")
    compare(form, 2, "f:stakeholder", "in", "academia; government")
    form.send()
    stored = Check.objects.get().condition
    assert stored == {
        combine: [
            {"not": {"question": "status", "is": "completed"}},
            {"question": "summary", "repeats": "title"},
            {"fact": "stakeholder", "in": ["academia", "government"]},
        ]
    }
    again = desk("checks/one/").form(name="based_on")
    assert again["when-combine"] == combine
    assert [row[:2] for row in rows(again)] == [
        ("q:status", "is_not"),
        ("q:summary", "repeats"),
        ("f:stakeholder", "in"),
    ]
    again.send()
    assert Check.objects.get().condition == stored
    again.tick("when-rows-1-DELETE", "on")
    compare(again, 2, "", "is", "")
    again.send()
    assert Check.objects.get().condition == stored[combine][0]


def test_shipped_checks_have_rows(desk) -> None:
    save_definition(definition=shipped("entries"), by=None, at=intake.AT)
    load_checks(by=None, at=intake.AT)
    for check in Check.objects.all():
        form = desk(f"checks/{check.slug}/").form(name="based_on")
        assert form["when-combine"] in ("all", "any"), check.slug


def test_nested_condition_is_kept_and_shown_as_it_is_written(desk) -> None:
    answered = {"question": "title", "answered": True}
    whole = {"any": [{"all": [answered, {"question": "end", "answered": False}]}, answered]}
    intake.check("both", condition=whole)
    form = desk("checks/both/").form(name="based_on")
    assert json.loads(form["when-raw"]) == whole
    form["message-en"] = "Other words"
    form.send()
    assert Check.objects.get().condition == whole
    form = desk("checks/both/").form(name="based_on")
    form["when-combine"] = "all"
    page = form.send(act="row")
    form = page.form(name="based_on")
    compare(form, 0, "q:title", "answered")
    form.send()
    assert Check.objects.get().condition == answered


@pytest.mark.parametrize("raw", ["{", "[]", "[" * 100_000, '{"question": "nothing", "is": "x"}'])
def test_nested_condition_that_is_none_is_refused(desk, raw) -> None:
    stored = {"not": {"question": "title", "in_capitals": True}}
    intake.check("one", condition=stored)
    form = desk("checks/one/").form(name="based_on")
    form["when-raw"] = raw
    answer = form.send()
    assert answer.status == 422
    assert "id_when-raw_error" in answer.ids()
    assert Check.objects.get().condition == stored


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"message-en": "", "message-fr": "", "message-ar": "  "}, "message-en"),
        ({"when-rows-0-subject": ""}, "when-rows-0-value"),
        ({"when-rows-0-subject": "", "when-rows-0-value": ""}, "when-rows-0-subject"),
        ({"when-rows-0-subject": "q:none"}, "when-rows-0-subject"),
        ({"when-rows-0-comparison": "like"}, "when-rows-0-comparison"),
        ({"when-rows-0-value": "many"}, "when-rows-0-value"),
        ({"when-rows-0-comparison": "repeats"}, "when-rows-0-value"),
        ({"when-rows-0-subject": "f:role", "when-rows-0-comparison": "in_capitals"},
         "when-rows-0-value"),
        ({"when-rows-0-comparison": "after_today"}, "when-rows-0-value"),
        ({"when-rows-0-comparison": "has"}, "when-rows-0-value"),
        ({"slug": "No Spaces"}, "slug"),
    ],
)  # fmt: skip
def test_errors_stand_at_their_fields_and_nothing_is_lost(desk, typed, field) -> None:
    form = new(desk)
    form["message-fr"] = "Voir"
    compare(form, 0, "q:summary", "words_less_than", "40")
    for name, value in typed.items():
        form[name] = value
    answer = form.send()
    assert answer.status == 422
    assert f"id_{field}_error" in answer.ids()
    assert answer.form(name="slug")["message-fr"] == typed.get("message-fr", "Voir")
    assert not Check.objects.exists()


@pytest.mark.parametrize("count", ["", "x", "-1", "1000", "9" * 400])
def test_number_of_rows_that_is_none_breaks_nothing(desk, count) -> None:
    form = new(desk)
    compare(form, 0, "q:summary", "answered")
    form["when-rows-TOTAL_FORMS"] = count
    for act in ("row", "save"):
        assert form.send(act=act).status in (200, 422)


def test_second_editor_sees_when_the_other_lets_it_speak(desk) -> None:
    intake.check("one")
    form = desk("checks/one/").form(name="based_on")
    intake.check("one", condition={"question": "title", "in_capitals": True}, based_on=1)
    answer = form.send()
    assert answer.status == 409
    assert "Question title (title) is written in capital letters" in answer.text
    assert "Question summary (summary) has fewer words than 100" in answer.text


@pytest.mark.parametrize(
    ("combine", "told"),
    [("all", "When all of these hold"), ("any", "When at least one of these holds")],
)
def test_second_editor_sees_how_rows_are_combined(desk, combine, told) -> None:
    intake.check("one")
    form = desk("checks/one/").form(name="based_on")
    rows = [{"question": "title", "answered": True}, {"question": "title", "in_capitals": True}]
    intake.check("one", condition={combine: rows}, based_on=1)
    answer = form.send()
    assert answer.status == 409
    assert (
        f"{told}<br>Question title (title) is answered"
        "<br>Question title (title) is written in capital letters"
    ) in answer.html


def test_second_editor_sees_both(desk) -> None:
    intake.check("one", severity="hint")
    form = desk("checks/one/").form(name="based_on")
    intake.check("one", severity="error", based_on=1)
    form["message-en"] = "Mine"
    answer = form.send()
    assert answer.status == 409
    assert "Error: stops acceptance" in answer.text
    again = answer.form(name="based_on")
    again.send()
    assert Check.objects.get().message["en"] == "Mine"


def test_unknown_check_is_not_found(desk) -> None:
    assert desk("checks/none/").status == 404
