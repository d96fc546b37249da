"""Suggestions: made, judged by owners, decided by staff, answered by mail."""

import datetime as dt

import pytest
from tests.factories import accounts
from tests.factories.entries import AT, entry, values

from stocktaking.accounts.operations import add_member, erase_person, export_person
from stocktaking.accounts.rules.roles import Role
from stocktaking.entries.operations import revise_entry, withdraw_entry
from stocktaking.entries.queries import values_of, versions
from stocktaking.history.models import HistoryRecord
from stocktaking.intake.models import Suggestion
from stocktaking.intake.operations import suggesting
from stocktaking.intake.queries.suggestions import (
    suggestion,
    suggestion_queue,
    suggestions_to_own,
    to_judge,
)
from stocktaking.intake.states import OwnerVerdict, SuggestionKind
from stocktaking.kernel.errors import NotAllowed, RuleBroken, StaleVersion
from stocktaking.outbox.models import Message

pytestmark = pytest.mark.usefixtures("_framework")
EDIT, ERROR = SuggestionKind.EDIT, SuggestionKind.ERROR
TITLE = "texts.en.title"


@pytest.fixture
def owner():
    return accounts.person(name="Olga Owner")


@pytest.fixture
def made(owner):
    body = accounts.organisation()
    add_member(organisation=body, person=owner, by=None, at=AT)
    return entry(organisation=body.pk)


@pytest.fixture
def moderator():
    return accounts.person(Role.MODERATOR)


def suggest(made, **more):
    stated = {
        "number": made.pk,
        "kind": EDIT,
        "place": TITLE,
        "proposed": "A better title",
        "language": "en",
        "by": None,
        "at": AT,
    }
    return suggesting.suggest(**{**stated, **more})


def refusal(act, *args, **more) -> str:
    with pytest.raises(RuleBroken) as caught:
        act(*args, **more)
    return caught.value.code


def take(one, by, words="A better title", **more):
    stated = {"suggestion_id": one.pk, "words": words, "based_on": one.lock, "by": by, "at": AT}
    return suggesting.take_suggestion(**{**stated, **more})


def test_suggestion_taken_over_changes_the_entry_and_is_answered(made, moderator):
    one = suggest(made, email="reader@example.net", remark="It was renamed.")
    taken = take(one, moderator, answer="Thank you.", entry_version=1)
    assert values_of(made.pk).texts[0].title == "A better title"
    assert (taken.state, taken.taken_version) == ("taken", 2)
    assert versions(made.pk)[0].reason == "Somebody suggested it"
    mail = Message.objects.get(to="reader@example.net")
    assert "Thank you." in mail.text
    assert "The entry was changed." in mail.text
    assert HistoryRecord.objects.filter(verb="suggestion_taken").count() == 1
    assert refusal(take, taken, moderator) == "suggestion_decided"
    assert Message.objects.filter(to="reader@example.net").count() == 1


def test_moderator_may_put_the_words_in_another_way(made, moderator):
    take(suggest(made), moderator, words="An even better title")
    assert values_of(made.pk).texts[0].title == "An even better title"


def test_words_that_the_entry_cannot_have_decide_nothing(made, moderator):
    one = suggest(made, place="website", proposed="nonsense")
    assert refusal(take, one, moderator, words="nonsense") == "address_malformed"
    one.refresh_from_db()
    assert one.state == "open"


def test_entry_changed_meanwhile_is_a_conflict(made, moderator):
    one = suggest(made)
    revise_entry(number=made.pk, values=values(), based_on=1, by=None, at=AT)
    with pytest.raises(StaleVersion):
        take(one, moderator)
    one.refresh_from_db()
    assert one.state == "open"
    assert suggestion(one.pk, "en").moved
    take(one, moderator, entry_version=2)


def test_suggestion_changed_meanwhile_is_a_conflict(made, owner, moderator):
    one = suggest(made)
    judge(one, owner)
    with pytest.raises(StaleVersion):
        take(one, moderator)
    with pytest.raises(StaleVersion):
        judge(one, owner)


def test_done_by_hand_changes_nothing(made, moderator):
    one = suggest(made, kind=ERROR, place="countries", proposed="", remark="It left Kenya.")
    assert (
        suggesting.take_suggestion(
            suggestion_id=one.pk, based_on=1, by=moderator, at=AT
        ).taken_version
        is None
    )
    assert len(versions(made.pk)) == 1


def test_declined_suggestion_is_answered_with_a_reason(made, moderator):
    reader = accounts.person(email="reader@example.net")
    one = suggest(made, by=reader)
    act = {"suggestion_id": one.pk, "based_on": 1, "by": moderator, "at": AT}
    assert refusal(suggesting.decline_suggestion, **act, answer=" ") == "answer_missing"
    suggesting.decline_suggestion(**act, answer="The old one is right.")
    mail = Message.objects.get(to=reader.email)
    assert "The old one is right." in mail.text
    assert "The entry stays as it is." in mail.text


def test_nobody_is_written_to_who_left_no_address(made, moderator):
    Message.objects.all().delete()
    suggesting.decline_suggestion(
        suggestion_id=suggest(made).pk, based_on=1, answer="No.", by=moderator, at=AT
    )
    assert not Message.objects.filter(kind="intake.suggestion_answered").exists()


def judge(one, by, verdict=OwnerVerdict.AGREED, **more):
    stated = {"suggestion_id": one.pk, "verdict": verdict, "based_on": one.lock, "by": by}
    return suggesting.say_as_owner(**{**stated, "at": AT, **more})


def test_owner_is_told_and_agreement_comes_first(made, owner):
    older = suggest(made)
    one = suggest(made, place="texts.en.summary", proposed="Another summary")
    mail = Message.objects.filter(to=owner.email, kind="intake.suggestion_to_owner")
    assert mail.count() == 2
    assert [view.id for view in suggestion_queue("en")[0]] == [older.pk, one.pk]
    judge(one, owner, note="True.")
    found, total = suggestion_queue("en")
    assert ([view.id for view in found], total) == ([one.pk, older.pk], 2)
    assert (found[0].owner, found[0].owner_note) == ("Olga Owner", "True.")
    assert [view.id for view in suggestions_to_own(owner, "en")[0]] == [older.pk, one.pk]
    assert list(to_judge(owner)) == [older]
    newest = suggest(made, place="website", proposed="https://new.example/")
    take(older, accounts.person(Role.MODERATOR))
    assert [view.id for view in suggestions_to_own(owner, "en")[0]] == [newest.pk, one.pk, older.pk]


def test_owner_who_is_against_it_does_not_decline_it(made, owner, moderator):
    one = judge(suggest(made), owner, OwnerVerdict.AGAINST)
    assert one.state == "open"
    take(one, moderator)


def test_reports_go_to_staff_alone(made, owner):
    one = suggest(made, kind=ERROR, proposed="", remark="Wrong.")
    assert refusal(judge, one, owner) == "owner_decides_edits"
    assert suggestions_to_own(owner, "en") == ([], 0)
    assert not Message.objects.filter(to=owner.email).exists()


def test_who_may_do_what(made, owner, moderator):
    one = suggest(made)
    other = accounts.person(Role.ORGANISATION_EDITOR)
    assert suggestions_to_own(other, "en") == ([], 0)
    for somebody in (other, accounts.person(), accounts.person(Role.OBSERVER), moderator):
        with pytest.raises(NotAllowed):
            judge(one, somebody)
    for somebody in (owner, other, accounts.person(Role.OBSERVER), accounts.person(Role.EXPERT)):
        with pytest.raises(NotAllowed):
            take(one, somebody)
        with pytest.raises(NotAllowed):
            suggesting.decline_suggestion(
                suggestion_id=one.pk, answer="x", based_on=1, by=somebody, at=AT
            )


@pytest.mark.parametrize(
    ("stated", "code"),
    [
        ({"place": "texts.ar.title"}, "place_unknown"),
        ({"place": "submitted_by"}, "place_unknown"),
        ({"proposed": " "}, "proposed_missing"),
        ({"proposed": "x" * 20_001}, "text_long"),
        ({"remark": "x" * 5_001}, "text_long"),
        ({"place": "countries", "proposed": "KE"}, "remark_missing"),
        ({"kind": ERROR, "proposed": "", "remark": ""}, "remark_missing"),
        ({"remark": "\x00"}, "control_character"),
        ({"proposed": "A\x07title"}, "control_character"),
        ({"email": "no address"}, "email_malformed"),
        ({"email": "a@example.org\nBcc: b@example.org"}, "email_malformed"),
        ({"number": 999}, "entry_not_public"),
    ],
)
def test_suggestion_is_refused(made, stated, code):
    assert refusal(suggest, made, **stated) == code
    assert not Suggestion.objects.exists()


def test_what_stands_there_already_is_no_suggestion(made):
    present = values_of(made.pk).texts[0].title
    assert refusal(suggest, made, proposed=present) == "proposed_same"


def test_withdrawn_entry_takes_no_suggestion(made):
    withdraw_entry(number=made.pk, reason="Twice", by=None, at=AT)
    assert refusal(suggest, made) == "entry_not_public"


def test_address_of_a_visitor_is_removed_after_the_answer(made, moderator):
    open_one = suggest(made, email="a@example.net")
    one = suggest(made, email="b@example.net", place="texts.en.summary")
    take(one, moderator, words="Other words")
    before = AT + dt.timedelta(days=90)
    assert suggesting.forget_suggesters(before=AT) == 0
    assert suggesting.forget_suggesters(before=before) == 1
    kept = dict(Suggestion.objects.values_list("pk", "email"))
    assert kept == {open_one.pk: "a@example.net", one.pk: ""}


def test_suggestions_are_exported_and_lose_the_name_when_the_account_goes(made):
    reader = accounts.person(email="reader@example.net")
    one = suggest(made, by=reader, email="ignored@example.net")
    assert one.email == ""
    told = export_person(person=reader, by=reader, at=AT)
    assert told["suggestions"][0]["proposed"] == "A better title"
    erase_person(person=reader, by=reader, at=AT)
    one.refresh_from_db()
    assert (one.by, one.email) == (None, "")
