"""The editor of one question: its texts, settings, options and conditions; and clashes."""

from collections.abc import Callable
from typing import Any

import pytest
from tests.factories.pages import Page
from tests.factories.questionnaires import AT, definition, texts

from stocktaking.questionnaires.models import Questionnaire
from stocktaking.questionnaires.operations import save_definition
from stocktaking.questionnaires.queries import definition as read
from stocktaking.questionnaires.queries import draft_of
from stocktaking.questionnaires.rules import editing
from stocktaking.questionnaires.rules.definition import Definition, QuestionDef
from stocktaking.questionnaires.states import QuestionKind as Kind
from stocktaking.web.forms.questionnaire.conditions import rows_from
from stocktaking.web.forms.questionnaire.values import Values

Desk = Callable[[str], Page]
HERE = "questionnaires/yearly/questions/"


@pytest.fixture
def draft(register) -> Callable[[], Definition]:
    save_definition(definition=definition(), by=None, at=AT)

    def now() -> Definition:
        found = draft_of(Questionnaire.objects.get(slug="yearly").pk)
        assert found is not None
        return read(found.pk)

    return now


def one(held: Definition, code: str) -> QuestionDef:
    found = held.question(code)
    assert found is not None
    return found


@pytest.mark.parametrize("code", [question.code for question in definition().questions()])
def test_an_editor_that_is_saved_as_it_is_changes_nothing(desk: Desk, draft, code: str) -> None:
    answer = desk(f"{HERE}{code}/").form(name="based_on").send(act="stay")

    assert answer.status == 200, answer.text
    assert one(draft(), code) == one(definition(), code)


def test_a_question_is_added_and_the_editor_opens(desk: Desk, draft) -> None:
    form = desk("questionnaires/yearly/sections/place/question/").form(name="label")
    form["label"], form["kind"] = "How many schools?", "number"
    first, second = form.send(), form.send()

    assert (
        first.path == second.path == "/en/staff/questionnaires/yearly/questions/how-many-schools/"
    )
    added = draft().sections[1].questions[-1]
    assert (added.code, added.kind, added.label) == (
        "how-many-schools", Kind.NUMBER, {"en": "How many schools?"},
    )  # fmt: skip


def test_texts_settings_and_bindings_are_saved(desk: Desk, draft) -> None:
    form = desk(f"{HERE}summary/").form(name="based_on")
    form["label-fr"], form["help-en"] = "Résumé", "In a few words."
    form["set-min_words"], form["set-max_words"] = "10", ""
    form["binds_to"] = "section:description"
    form["required"] = "no"
    form.tick("personal", "on")
    form.send(act="back")

    changed = one(draft(), "summary")
    assert changed.label == {**texts("Question summary"), "fr": "Résumé"}
    assert (changed.help, changed.settings) == ({"en": "In a few words."}, {"min_words": 10})
    assert (changed.binds_to, changed.required, changed.personal) == (
        "section:description", False, True,
    )  # fmt: skip


def test_options_are_ordered_added_and_removed(desk: Desk, draft) -> None:
    form = desk(f"{HERE}status/").form(name="based_on")
    form["options-0-place"] = "9"
    form["options-2-DELETE"] = "on"
    form["options-3-label-en"], form["options-3-label-ar"] = "Paused", "متوقف"
    form.send(act="stay")

    options = one(draft(), "status").settings["options"]
    assert [option["code"] for option in options] == ["completed", "ongoing", "option-3"]
    assert options[2]["label"] == {"ar": "متوقف", "en": "Paused"}


def test_a_new_code_is_followed_by_conditions(desk: Desk, draft) -> None:
    form = desk(f"{HERE}status/").form(name="based_on")
    form["code"] = "standing"
    answer = form.send(act="stay")

    assert answer.path.endswith("/questions/standing/")
    assert one(draft(), "end").shown_when == {"question": "standing", "is": "completed"}


def test_another_kind_drops_what_it_does_not_have(desk: Desk, draft) -> None:
    form = desk(f"{HERE}budget/").form(name="based_on")
    form["kind"] = "short"
    form.send(act="stay")

    changed = one(draft(), "budget")
    assert (changed.kind, changed.settings) == (Kind.SHORT, {})


@pytest.mark.parametrize(
    ("subject", "comparison", "value", "expected"),
    [
        ("q:status", "is", "Ongoing", {"question": "status", "is": "ongoing"}),
        ("q:status", "is", "ongoing", {"question": "status", "is": "ongoing"}),
        ("q:status", "is_not", "ONGOING", {"not": {"question": "status", "is": "ongoing"}}),
        ("q:line", "has", "line L2", {"question": "line", "has": "L2"}),
        ("q:means", "has_not", "Radio", {"not": {"question": "means", "has": "radio"}}),
        ("q:countries", "in", "country KE; FR", {"question": "countries", "in": ["KE", "FR"]}),
        ("q:budget", "more_than", "1000,5", {"question": "budget", "more_than": 1000.5}),
        ("q:summary", "words_less_than", "20", {"question": "summary", "words_less_than": 20}),
        ("q:agreed", "is", "", {"question": "agreed", "is": True}),
        ("q:title", "not_answered", "x", {"question": "title", "answered": False}),
        ("f:stakeholder", "is", "stakeholder academia", {"fact": "stakeholder", "is": "academia"}),
        ("f:language", "in", "العربية; fr", {"fact": "language", "in": ["ar", "fr"]}),
        ("f:occasion", "is_not", "update", {"not": {"fact": "occasion", "is": "update"}}),
    ],
)
def test_a_condition_is_built_of_a_row_and_shown_as_one(
    desk: Desk, draft, subject: str, comparison: str, value: str, expected: dict
) -> None:
    form = desk(f"{HERE}lessons/").form(name="based_on")
    form["shown_when-combine"] = "any"
    form["shown_when-rows-0-subject"] = subject
    form["shown_when-rows-0-comparison"] = comparison
    form["shown_when-rows-0-value"] = value
    answer = form.send(act="stay")

    assert answer.status == 200, answer.text
    assert one(draft(), "lessons").shown_when == expected
    answer.form(name="based_on").send(act="stay")
    assert one(draft(), "lessons").shown_when == expected


def test_rows_are_combined_and_removed(desk: Desk, draft) -> None:
    form = desk(f"{HERE}lessons/").form(name="based_on")
    form["shown_when-rows-1-subject"] = "q:status"
    form["shown_when-rows-1-comparison"] = "is"
    form["shown_when-rows-1-value"] = "Planned"
    page = form.send(act="stay")
    assert one(draft(), "lessons").shown_when == {
        "all": [{"question": "end", "answered": True}, {"question": "status", "is": "planned"}]
    }
    form = page.form(name="based_on")
    form["shown_when-rows-0-DELETE"] = "on"
    page = form.send(act="stay")
    assert one(draft(), "lessons").shown_when == {"question": "status", "is": "planned"}
    form = page.form(name="based_on")
    form["shown_when-combine"] = ""
    form.send(act="stay")
    assert one(draft(), "lessons").shown_when is None


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (("q:status", "is", "Lost"), "Nothing of this name can be chosen there."),
        (("q:status", "is", ""), "Give a value to compare with."),
        (("", "is", "Lost"), "Choose what the value belongs to."),
        (("q:budget", "more_than", "much"), "Enter a number in figures."),
        (("f:country", "has", "KE"), "A fact can only be compared by what it is."),
        (("q:status", "has", "Ongoing"), "in a way its kind does not allow"),
        (("q:gone", "is", "x"), "valid choice"),
    ],
)
def test_a_row_that_says_nothing_is_refused_with_what_was_typed(
    desk: Desk, draft, row: tuple, told: str
) -> None:
    form = desk(f"{HERE}title/").form(name="based_on")
    form["shown_when-combine"], form["help-en"] = "all", "Typed"
    for name, value in zip(("subject", "comparison", "value"), row, strict=True):
        form[f"shown_when-rows-0-{name}"] = value
    answer = form.send(act="stay")

    assert answer.status == 422
    assert told in answer.text
    assert answer.form(name="based_on")["help-en"] == "Typed"
    assert one(draft(), "title").help == {}


def test_a_condition_without_rows_is_refused(desk: Desk, draft) -> None:
    form = desk(f"{HERE}title/").form(name="based_on")
    form["required"] = "when"
    answer = form.send(act="stay")

    assert answer.status == 422
    assert "Fill in a row" in answer.text


NESTED = {
    "any": [
        {"all": [{"question": "status", "is": "ongoing"}, {"fact": "country", "is": "KE"}]},
        {"question": "title", "answered": True},
    ]
}


def test_a_nested_condition_is_edited_as_it_is_written(desk: Desk, draft) -> None:
    held = definition()
    changed = editing.replace_question(
        held, "lessons", QuestionDef("lessons", Kind.LONG, texts("L"), shown_when=NESTED)
    )
    save_definition(definition=changed, by=None, at=AT)
    page = desk(f"{HERE}lessons/")
    form = page.form(name="based_on")
    assert "This condition is nested" in page.text
    form.send(act="stay")
    assert one(draft(), "lessons").shown_when == NESTED

    form["shown_when-raw"] = '{"any": ['
    assert "This is not JSON" in form.send(act="stay").text
    form["shown_when-raw"] = '{"question": "gone", "is": "x"}'
    assert "there is no such question" in form.send(act="stay").text
    form["shown_when-raw"] = '{"not": {"not": {"question": "title", "answered": true}}}'
    form.send(act="stay")
    assert one(draft(), "lessons").shown_when == {
        "not": {"not": {"question": "title", "answered": True}}
    }


def test_wrong_settings_are_told_at_their_fields(desk: Desk, draft) -> None:
    form = desk(f"{HERE}summary/").form(name="based_on")
    form["set-min_words"], form["set-max_words"] = "50", "40"
    answer = form.send(act="stay")
    assert answer.status == 422
    assert "id_set-min_words_error" in answer.ids()
    form = desk(f"{HERE}summary/").form(name="based_on")
    form["code"] = "title"
    answer = form.send(act="stay")
    assert "id_code_error" in answer.ids()
    assert one(draft(), "summary") == one(definition(), "summary")


def test_a_question_moves_to_another_section(desk: Desk, draft) -> None:
    form = desk(f"{HERE}title/").form(name="section")
    form["section"] = "people"
    form.send()
    assert [q.code for q in draft().sections[2].questions][-1] == "title"


def test_a_clash_shows_both_texts_and_then_lets_the_person_decide(desk: Desk, draft) -> None:
    form = desk(f"{HERE}title/").form(name="based_on")
    theirs = QuestionDef("title", Kind.SHORT, {"en": "Theirs"})
    save_definition(
        definition=editing.replace_question(definition(), "title", theirs), by=None, at=AT
    )
    form["label-en"] = "<b>Mine</b>"
    clash = form.send(act="stay")

    assert clash.status == 409
    assert "Theirs" in clash.text
    assert one(draft(), "title").label == {"en": "Theirs"}
    clash.form(name="based_on").send(act="stay")
    assert one(draft(), "title").label["en"] == "<b>Mine</b>"


def test_every_condition_of_the_rules_has_a_form_or_is_nested(draft) -> None:
    values = Values(draft(), "en")
    simple: dict[str, Any] = {"question": "status", "is": "ongoing"}

    assert rows_from(None, values) == ("", [])
    assert rows_from({"any": [simple, {"not": simple}]}, values) is not None
    for nested in ({"not": {"all": [simple]}}, {"all": [{"any": [simple]}]},
                   {"not": {"question": "budget", "more_than": 3}}):  # fmt: skip
        assert rows_from(nested, values) is None
