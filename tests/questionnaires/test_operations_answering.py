"""Saving answers: by several authors, after an outage, when they are locked, and how fast."""

import datetime as dt
from typing import Any

import pytest
from tests.factories.accounts import person
from tests.factories.questionnaires import AT, answers, definition, frozen_version

from stocktaking.kernel.errors import RuleBroken, RulesBroken
from stocktaking.questionnaires.models import AnswerChange, AnswerSet
from stocktaking.questionnaires.operations import (
    Saved,
    lock_answers,
    save_answers,
    start_answers,
    unlock_answers,
)
from stocktaking.questionnaires.queries import known_for
from stocktaking.questionnaires.rules.answers import faults

LATER = AT + dt.timedelta(minutes=1)


@pytest.fixture
def begun(_framework) -> AnswerSet:
    version = frozen_version()
    return start_answers(version_id=version.pk, language="en", answers=answers(), by=None, at=AT)


def save(held: AnswerSet, based_on: int, *, by: Any = None, **stated: Any) -> Saved:
    settled = frozenset(stated.pop("settled", ()))
    settled_at = stated.pop("settled_at", None)
    return save_answers(
        answer_set_id=held.pk,
        answers=stated,
        based_on=based_on,
        settled=settled,
        settled_at=settled_at,
        by=by,
        at=LATER,
    )


def test_answers_begin_with_what_they_are_prefilled_with(begun: AnswerSet) -> None:
    assert begun.revision == 1
    assert begun.answers == answers()
    [change] = begun.changes.all()
    assert change.changed["title"] == [None, "Village network"]


def test_saving_keeps_what_the_form_did_not_show(begun: AnswerSet) -> None:
    saved = save(begun, 1, title="Another title", website=[{"url": "https://a.org"}])

    assert saved.changed == ("title", "website")
    assert saved.revision == 2
    begun.refresh_from_db()
    assert begun.answers == answers(title="Another title", website=[{"url": "https://a.org"}])
    assert begun.changed_at == LATER


def test_emptied_answers_are_gone_and_stay_in_the_record(begun: AnswerSet) -> None:
    saved = save(begun, 1, start=" ", countries=[])

    assert saved.changed == ("start", "countries")
    begun.refresh_from_db()
    assert begun.answers.keys().isdisjoint({"start", "countries"})
    assert begun.changes.get(revision=2).changed["start"] == ["2019", None]


def test_saving_the_same_again_makes_no_revision(begun: AnswerSet) -> None:
    save(begun, 1, title="Another title")
    again = save(begun, 1, title="Another title")

    assert (again.revision, again.changed, again.conflicts) == (2, (), ())
    assert AnswerChange.objects.filter(answer_set=begun).count() == 2


def test_two_authors_on_different_questions_do_not_meet(begun: AnswerSet) -> None:
    save(begun, 1, title="Hers", summary=begun.answers["summary"])
    saved = save(begun, 1, title="Village network", summary="His words are five here.")

    assert saved.conflicts == ()
    assert saved.changed == ("summary",)
    assert saved.answer_set.answers["title"] == "Hers"


def test_two_authors_on_one_question_see_both_texts(begun: AnswerSet) -> None:
    save(begun, 1, title="Hers")
    saved = save(begun, 1, title="His", start="2020")

    [conflict] = saved.conflicts
    assert (conflict.code, conflict.base, conflict.theirs, conflict.mine) == (
        "title", "Village network", "Hers", "His",
    )  # fmt: skip
    assert saved.changed == ("start",)  # the rest is kept
    assert saved.answer_set.answers["title"] == "Hers"


def test_a_settled_question_is_taken_and_the_other_text_stays_in_the_record(
    begun: AnswerSet,
) -> None:
    save(begun, 1, title="Hers")
    saved = save(begun, 1, title="His", settled={"title"}, settled_at=2)

    assert saved.answer_set.answers["title"] == "His"
    assert begun.changes.get(revision=3).changed["title"] == ["Hers", "His"]


def test_a_third_text_after_both_were_seen_is_a_conflict_again(begun: AnswerSet) -> None:
    save(begun, 1, title="Hers")
    save(begun, 2, title="Hers, again")
    saved = save(begun, 1, title="His", settled={"title"}, settled_at=2)

    assert [conflict.theirs for conflict in saved.conflicts] == ["Hers, again"]
    assert saved.answer_set.answers["title"] == "Hers, again"


def test_going_on_from_the_newest_revision_needs_nothing_settled(begun: AnswerSet) -> None:
    save(begun, 1, title="Hers")
    saved = save(begun, 2, title="His, after reading hers")

    assert saved.conflicts == ()
    assert saved.answer_set.answers["title"] == "His, after reading hers"


def test_line_ends_and_blanks_make_no_change(begun: AnswerSet) -> None:
    save(begun, 1, summary="One two three.\r\nFour five.")
    again = save(begun, 2, summary="  One two three.\nFour five. \r\n")

    assert again.changed == ()


@pytest.mark.parametrize(
    ("stated", "code"),
    [
        ({"title": ["x"]}, "answer_malformed"),
        ({"gone": "x"}, "question_unknown"),
        ({"title": "x" * 3_000}, "too_long"),
        ({"title": "a\x07"}, "control_character"),
        ({"budget": {"a": {"b": {"c": {"d": [1]}}}}}, "number_malformed"),
    ],
)
def test_malformed_answers_change_nothing(begun: AnswerSet, stated: dict, code: str) -> None:
    with pytest.raises(RulesBroken) as refused:
        save(begun, 1, start="2020", **stated)

    assert refused.value.errors[0].code == code
    assert refused.value.errors[0].field == next(iter(stated))
    begun.refresh_from_db()
    assert (begun.revision, begun.answers) == (1, answers())


def test_a_hostile_client_cannot_store_megabytes(begun: AnswerSet) -> None:
    note = "x " * 4_900
    rows = [{"code": f"c{n}", "note": note} for n in range(150)]

    with pytest.raises(RulesBroken) as refused:
        save(begun, 1, goal=rows)

    assert refused.value.code == "answers_too_large"
    begun.refresh_from_db()
    assert begun.revision == 1


def test_locked_answers_refuse_until_they_are_unlocked(begun: AnswerSet) -> None:
    lock_answers(answer_set_id=begun.pk, by=None, at=LATER)
    lock_answers(answer_set_id=begun.pk, by=None, at=LATER)
    with pytest.raises(RuleBroken) as refused:
        save(begun, 1, title="Late")
    assert refused.value.code == "answers_locked"

    unlock_answers(answer_set_id=begun.pk, by=None, at=LATER)
    assert save(begun, 1, title="In time").changed == ("title",)


def test_unknown_numbers_are_refused(begun: AnswerSet) -> None:
    with pytest.raises(RuleBroken) as unknown:
        save_answers(answer_set_id=0, answers={}, based_on=0, by=None, at=AT)
    with pytest.raises(RuleBroken) as future:
        save(begun, 2, title="From the future")
    with pytest.raises(RuleBroken) as version:
        start_answers(version_id=0, language="en", answers={}, by=None, at=AT)
    with pytest.raises(RuleBroken) as language:
        start_answers(version_id=begun.version_id, language="pt", answers={}, by=None, at=AT)

    codes = [one.value.code for one in (unknown, future, version, language)]
    assert codes == ["answers_unknown", "revision_unknown", "version_unknown", "language_unknown"]


def test_who_saved_stands_in_the_record(begun: AnswerSet) -> None:
    author = person()
    save(begun, 1, by=author, title="Signed")

    assert begun.changes.get(revision=2).by_id == author.pk


def test_saving_takes_few_statements(begun: AnswerSet, django_assert_num_queries) -> None:
    save(begun, 1, title="Warm")
    with django_assert_num_queries(5):  # savepoint, row, its update, the change, release
        save(begun, 2, title="Quick", summary="One two three four five.")
    with django_assert_num_queries(6):  # and the changes since
        save(begun, 1, start="2020")


def test_what_exists_is_looked_up_for_the_answers(begun: AnswerSet) -> None:
    held = definition()
    stated = answers(owner={"number": 5}, papers=[{"file": 1}])

    known = known_for(held, stated, today=AT.date())

    found = faults(held, stated, {"stakeholder": "academia"}, known)
    assert [fault.field for fault in found] == ["owner.number", "papers.0.file"]
    assert known.schemes["line"].terms["L3"].assignable is False
