"""Checks of replies on the screen."""

import json

import pytest
from tests.factories import intake

from stocktaking.intake.models import Check


@pytest.fixture(autouse=True)
def _call(register):
    intake.call("yearly")


def test_check_of_one_line_is_made_once(desk) -> None:
    form = desk("checks/new/").form(name="slug")
    form["slug"], form["message-en"] = "summary-short", "Write more."
    form["question"], form["comparison"], form["value"] = "summary", "words_less_than", "40"
    form["place"], form["calls"] = "summary", ["yearly"]
    form.send(), form.send()
    made = Check.objects.get()
    assert made.condition == {"question": "summary", "words_less_than": 40}
    assert (made.place, made.calls, made.active) == ("summary", ["yearly"], True)
    assert "Write more." in desk("checks/").text


@pytest.mark.parametrize(
    ("comparison", "value", "condition"),
    [
        ("answered:no", "", {"answered": False}),
        ("answered:yes", "", {"answered": True}),
        ("in_capitals", "", {"in_capitals": True}),
        ("repeats", "title", {"repeats": "title"}),
        ("is", "x", {"is": "x"}),
    ],
)
def test_line_is_shown_again_as_it_was_entered(desk, comparison, value, condition) -> None:
    form = desk("checks/new/").form(name="slug")
    form["slug"], form["message-en"], form["question"] = "one", "Look", "summary"
    form["comparison"], form["value"] = comparison, value
    form.send()
    assert Check.objects.get().condition == {"question": "summary", **condition}
    again = desk("checks/one/").form(name="based_on")
    assert (again["question"], again["comparison"]) == ("summary", comparison)
    assert again["value"] == value
    assert again["condition"] == ""


def test_condition_in_full_is_kept_and_shown(desk) -> None:
    whole = {
        "all": [{"question": "title", "answered": True}, {"question": "end", "answered": False}]
    }
    form = desk("checks/new/").form(name="slug")
    form["slug"], form["message-en"], form["condition"] = "both", "Look", json.dumps(whole)
    form.send()
    assert Check.objects.get().condition == whole
    assert json.loads(desk("checks/both/").form(name="based_on")["condition"]) == whole


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"message-en": "", "message-fr": "", "message-ar": "  "}, "message-en"),
        ({"question": ""}, "question"),
        ({"value": "many"}, "value"),
        ({"condition": "{"}, "condition"),
        ({"condition": "[" * 100_000}, "condition"),
        ({"condition": '{"question": "nothing", "is": "x"}'}, "condition"),
        ({"slug": "No Spaces"}, "slug"),
    ],
)
def test_errors_stand_at_their_fields_and_nothing_is_lost(desk, typed, field) -> None:
    form = desk("checks/new/").form(name="slug")
    stated = {
        "slug": "one",
        "message-en": "Look",
        "message-fr": "Voir",
        "question": "summary",
        "comparison": "words_less_than",
        "value": "40",
        **typed,
    }
    for name, value in stated.items():
        form[name] = value
    answer = form.send()
    assert answer.status == 422
    assert f"id_{field}_error" in answer.ids()
    assert answer.form(name="slug")["message-fr"] == stated["message-fr"]
    assert not Check.objects.exists()


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
