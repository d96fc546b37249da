"""What the report of a collection counts."""

import datetime as dt

import pytest
from tests.factories import accounts, calls, questionnaires
from tests.factories.entries import AT

from stocktaking.entries import operations as entries
from stocktaking.entries.operations import create_collection
from stocktaking.insight.queries import collected
from stocktaking.questionnaires.states import QuestionKind as Kind
from stocktaking.search import operations as search

SLUG = "health"
FORM = "health-form"


def ask(code, kind, **stated):
    return questionnaires.question(code, kind, **stated)


QUESTIONS = (
    ask("led", Kind.CHOICE, settings={"options": questionnaires.options("women", "men")}),
    ask("uses", Kind.MANY, settings={"options": questionnaires.options("radio", "phone")}),
    ask("lines-too", Kind.TERMS, settings={"scheme": "line"}),
    ask("reached", Kind.NUMBER, settings={"unit": {"en": "people"}}),
    ask("since", Kind.DATE),
    ask("story", Kind.LONG),
    ask("phone", Kind.SHORT, personal=True),
    ask("plan", Kind.FILE),
    ask("agreed", Kind.STATEMENT),
)


@pytest.fixture
def place(register):
    create_collection(slug=SLUG, title={"en": "Health"}, by=None, at=AT)
    title = ask("title", Kind.SHORT, binds_to="title")
    form = questionnaires.definition(FORM, questionnaires.section("about", title, *QUESTIONS))
    calls.call("health-call", form=form, kind="entries", collection=SLUG)
    return register


def add(place, *, answers=None, **stated):
    extra = {FORM: answers} if answers else {}
    return place.add(collections=(SLUG,), extra=extra, **stated)


def report(language="en"):
    search.catch_up()
    return collected(SLUG, language)


def test_only_published_members_count_each_at_every_term_it_carries(place):
    body = accounts.organisation()
    add(place, lines="L1 L2", goals="3", countries="KE FR", organisation=body.pk)
    add(place, lines="L1", goals="1", countries="SD", organisation=body.pk)
    add(place, publish=False)
    place.add("Elsewhere")
    found = report()
    assert (found.total, found.organisations, found.countries) == (2, 1, 3)
    assert {term.code: n for term, n in found.rows.counts} == {"L1": 2, "L2": 1}
    assert {term.code: n for term, n in found.columns.counts} == {"1": 1, "2": 0, "3": 1}
    assert {term.code: n for term, n in found.region.counts} == {"AFR": 1, "EUR": 1, "ARB": 1}
    assert found.squares == {("L1", "1"): 1, ("L1", "3"): 1, ("L2", "3"): 1}
    assert (found.rows.most[0].code, found.rows.most[1]) == ("L1", 2)
    assert [term.code for term in found.columns.empty] == ["2"]
    assert not found.building


def test_years_of_registration_have_no_holes_and_assumed_days_are_told(place):
    for year, assumed in ((2021, False), (2024, True), (2024, True)):
        add(place, registered_on=dt.date(year, 5, 1), registered_on_assumed=assumed)
    found = report()
    assert found.years == ((2021, 1), (2022, 0), (2023, 0), (2024, 2))
    assert found.assumed == 2


def test_choices_are_counted_and_own_words_are_not_repeated(place):
    add(
        place,
        answers={
            "led": "women",
            "uses": ["radio", "phone"],
            "lines-too": [{"code": "L2"}],
            "reached": 10,
            "since": "2019-05",
            "story": "Our secret story",
            "phone": "0123",
        },
    )
    add(place, answers={"led": "women", "uses": ["radio"], "reached": 40, "since": "2021"})
    add(place)
    asked = {one.code: one for one in report().asked}
    assert list(asked) == ["led", "uses", "lines-too", "reached", "since", "story"]
    assert [(c.label, c.count) for c in asked["led"].choices] == [("Women", 2), ("Men", 0)]
    assert [(c.code, c.count) for c in asked["uses"].choices] == [("radio", 2), ("phone", 1)]
    assert [(c.label, c.count) for c in asked["lines-too"].choices] == [("line L2", 1)]
    numbers = asked["reached"].numbers
    assert (numbers.answers, numbers.sum, numbers.middle) == (2, 50, 25)
    assert asked["reached"].unit == "people"
    assert asked["since"].years == ((2019, 1), (2020, 0), (2021, 1))
    assert asked["story"].answers == 1
    assert "secret" not in repr(asked)


def test_labels_are_in_the_language_asked_for(place):
    add(place, answers={"led": "men"})
    asked = report("fr").asked[0]
    assert (asked.label, asked.language) == ("Question led (fr)", "fr")
    assert asked.choices[1].label == "Men (fr)"


def test_answers_of_a_withdrawn_entry_and_of_another_questionnaire_do_not_count(place):
    gone = add(place, answers={"led": "men"})
    entries.withdraw_entry(number=gone.pk, reason="Asked for", by=None, at=AT)
    place.add(collections=(SLUG,), extra={"other": {"led": "men"}, "note": "text"})
    assert report().asked[0].answers == 0


def test_a_collection_without_a_call_asks_nothing(place):
    create_collection(slug="empty", title={"en": "Empty"}, by=None, at=AT)
    form = questionnaires.definition("form", questionnaires.section("about", *QUESTIONS))
    calls.call("empty", form=form, kind="entries")  # the name alone makes no call of its own
    place.add(collections=("empty",), extra={"form": {"led": "men"}})
    search.catch_up()
    found = collected("empty", "en")
    assert (found.total, found.asked) == (1, ())


def test_a_collection_without_entries_has_nothing_to_tell(place):
    found = report()
    assert (found.total, found.asked, found.years) == (0, (), ())
    assert found.rows.most is None
