"""Entries suggested for an action line: whose lines, which entries, what staff are shown."""

import pytest
from tests.factories import accounts
from tests.factories.entries import AT, entry

from stocktaking.accounts.operations import add_member
from stocktaking.accounts.rules.roles import Role
from stocktaking.entries import operations as entries
from stocktaking.entries.models import EntryVersion
from stocktaking.entries.queries import values_of
from stocktaking.entries.rules.values import TermValue
from stocktaking.entries.states import Basis
from stocktaking.history.models import HistoryRecord
from stocktaking.intake.models import Suggestion
from stocktaking.intake.operations.suggesting import (
    say_as_owner,
    suggest,
    suggest_line,
    take_line,
    take_suggestion,
)
from stocktaking.intake.permissions import lines_for
from stocktaking.intake.queries.suggestions import suggested_lines, suggestion, suggestion_queue
from stocktaking.intake.rules.places import with_term
from stocktaking.intake.states import OwnerVerdict, SuggestionKind, SuggestionState
from stocktaking.kernel.errors import NotAllowed, RuleBroken, StaleVersion
from stocktaking.outbox.models import Message

pytestmark = pytest.mark.usefixtures("_framework")
LINES = (("line", "L1"), ("line", "L2"), ("line", "L3"))


@pytest.fixture
def facilitator():
    accounts.usual_scope(Role.FACILITATOR)  # makes the grid whose rows are the lines
    return accounts.person(Role.FACILITATOR, name="Fay Facilitator", scope=LINES[1])


def suggested(by, **more):
    stated = {"line": LINES[1], "remark": "It trains teachers.", "language": "en", "at": AT}
    return suggest_line(**{**stated, **more}, by=by)


def test_staff_see_the_line_and_who_named_it(facilitator):
    number = entry().pk
    made = suggested(facilitator, number=number)
    (shown,), total = suggestion_queue("en")
    assert (shown.id, total, shown.by, shown.open) == (made.pk, 1, facilitator, True)
    assert shown.term is not None
    assert (shown.term.code, shown.place.part) == ("L2", "terms")
    assert shown.remark == "It trains teachers."


def test_own_suggestions_keep_their_state(facilitator):
    made = suggested(facilitator, number=entry().pk)
    suggested(accounts.person(Role.ORGANISER), number=entry().pk)
    moderator = accounts.person(Role.MODERATOR)
    take_suggestion(suggestion_id=made.pk, based_on=made.lock, by=moderator, at=AT)
    (mine,), total = suggested_lines(facilitator, "en")
    assert (mine.id, mine.state.value, total) == (made.pk, "taken", 1)


def test_lines_are_a_facilitators_own_and_all_of_an_organiser(facilitator):
    assert lines_for(facilitator) == LINES[1:2]
    for role in (Role.ORGANISER, Role.ADMINISTRATOR):
        assert lines_for(accounts.person(role)) == LINES[:2]  # no entry may carry the third
    for role in (None, Role.MODERATOR, Role.COORDINATOR):
        assert lines_for(accounts.person(role)) == ()
    assert lines_for(None) == ()


@pytest.mark.parametrize("line", [LINES[2], ("line", "L9"), ("goal", "1")])
def test_line_of_others_is_not_theirs(facilitator, line):
    with pytest.raises(NotAllowed):
        suggested(facilitator, number=entry().pk, line=line)
    assert not Suggestion.objects.exists()


def test_what_cannot_be_suggested_is_told_at_its_field(facilitator):
    organiser, number, draft = accounts.person(Role.ORGANISER), entry().pk, entry(publish=False).pk
    for by, stated, code, field in (
        (facilitator, {"number": 999}, "entry_not_public", "number"),
        (facilitator, {"number": 10**30}, "entry_not_public", "number"),
        (facilitator, {"number": draft}, "entry_not_public", "number"),
        (organiser, {"number": number, "line": LINES[0]}, "proposed_same", "number"),
        (facilitator, {"number": number, "remark": " "}, "remark_missing", "remark"),
    ):
        with pytest.raises(RuleBroken) as caught:
            suggested(by, **stated)
        assert (caught.value.code, caught.value.field) == (code, field)
    assert not Suggestion.objects.exists()


@pytest.fixture
def moderator():
    return accounts.person(Role.MODERATOR)


def take(made, by, basis=Basis.EDITOR, **more):
    stated = {"suggestion_id": made.pk, "based_on": made.lock, "basis": basis, "by": by, "at": AT}
    return take_line(**{**stated, **more})


def lines_of(number):
    return [(t.code, t.basis) for t in values_of(number).terms if t.scheme == "line"]


@pytest.mark.parametrize("basis", [Basis.EDITOR, Basis.SUGGESTED])
def test_a_line_is_added_in_one_version_with_its_basis(facilitator, moderator, basis):
    number = entry().pk
    made = suggested(facilitator, number=number)
    taken = take(made, moderator, basis, answer="Thank you.")
    assert lines_of(number) == [("L1", Basis.OWNER), ("L2", basis)]
    assert (taken.state, taken.taken_version) == (SuggestionState.TAKEN, 2)
    assert EntryVersion.objects.filter(entry=number).count() == 2
    assert EntryVersion.objects.get(entry=number, number=2).reason == "suggestion"
    rows = HistoryRecord.objects.filter(actor_id=moderator.pk).values_list("verb", flat=True)
    assert sorted(rows) == ["revised", "suggestion_taken"]


def test_suggester_and_owners_are_told(facilitator, moderator):
    body, owner = accounts.organisation(), accounts.person()
    add_member(organisation=body, person=owner, by=None, at=AT)
    made = suggested(facilitator, number=entry(organisation=body.pk).pk)
    Message.objects.all().delete()
    take(made, moderator, answer="Thank you.")
    told = {mail.to: mail for mail in Message.objects.all()}
    assert set(told) == {facilitator.email, owner.email}
    assert "The entry was changed." in told[facilitator.email].text
    mail = told[owner.email]
    assert (mail.kind, "line L2" in mail.subject) == ("intake.line_added", True)
    assert "It trains teachers." in mail.text
    assert "/en/entries/" in mail.text


def test_carried_out_twice_it_is_once(facilitator, moderator):
    number = entry().pk
    made = suggested(facilitator, number=number)
    take(made, moderator)
    with pytest.raises(RuleBroken) as caught:
        take(made, moderator)
    assert caught.value.code == "suggestion_decided"
    assert len(lines_of(number)) == 2


def test_an_entry_that_changed_since_is_looked_at_again(facilitator, moderator):
    number = entry().pk
    made = suggested(facilitator, number=number)
    now = values_of(number)
    entries.revise_entry(
        number=number,
        values=with_term(now, "goal", "1", Basis.EDITOR),
        based_on=1,
        by=None,
        at=AT,
    )
    with pytest.raises(StaleVersion):
        take(made, moderator)
    assert suggestion(made.pk, "en").open
    take(made, moderator, entry_version=2)
    assert ("L2", Basis.EDITOR) in lines_of(number)


def test_what_the_entry_has_already_is_left_or_confirmed(facilitator, moderator):
    number = entry().pk
    for basis, version in ((Basis.SUGGESTED, None), (Basis.EDITOR, 3)):
        made = suggested(facilitator, number=entry().pk)
        Suggestion.objects.filter(pk=made.pk).update(entry=number)
        now = values_of(number)
        if version is None:
            entries.revise_entry(
                number=number,
                values=with_term(now, *LINES[1], Basis.SUGGESTED),
                based_on=1,
                by=None,
                at=AT,
            )
        made.refresh_from_db()
        assert suggestion(made.pk, "en").carried is Basis.SUGGESTED
        taken = take(made, moderator, basis, entry_version=2)
        assert taken.taken_version == version
        assert ("L2", basis) in lines_of(number)


def test_what_an_owner_says_of_a_term_stays_theirs():
    values = values_of(entry(terms=(TermValue("line", "L1", Basis.OWNER, "Ours", "en"),)).pk)
    assert with_term(values, "line", "L1", Basis.EDITOR) is values
    added = with_term(values, "goal", "3", Basis.EDITOR)
    assert [(t.scheme, t.code) for t in added.terms] == [("line", "L1"), ("goal", "3")]
    between = with_term(added, "line", "L2", Basis.SUGGESTED)
    assert [t.code for t in between.terms] == ["L1", "L2", "3"]


def test_only_staff_carry_out_and_only_a_line(facilitator, moderator):
    number = entry().pk
    made = suggested(facilitator, number=number)
    for who in (facilitator, accounts.person(), accounts.person(Role.OBSERVER)):
        with pytest.raises(NotAllowed):
            take(made, who)
    with pytest.raises(RuleBroken) as caught:
        take(made, moderator, Basis.OWNER)
    assert caught.value.code == "no_line"
    other = suggest(
        number=number, kind=SuggestionKind.EDIT, place="terms", remark="Add health.",
        language="en", by=None, at=AT,
    )  # fmt: skip
    with pytest.raises(RuleBroken) as caught:
        take(other, moderator)
    assert caught.value.code == "no_line"
    entries.withdraw_entry(number=number, reason="Asked for", by=None, at=AT)
    with pytest.raises(RuleBroken) as caught:
        take(made, moderator, entry_version=2)
    assert caught.value.code == "entry_not_public"
    assert len(lines_of(number)) == 1


def test_the_word_of_an_owner_is_seen_before_it_is_carried_out(facilitator, moderator):
    body, owner = accounts.organisation(), accounts.person()
    add_member(organisation=body, person=owner, by=None, at=AT)
    made = suggested(facilitator, number=entry(organisation=body.pk).pk)
    said = {"verdict": OwnerVerdict.AGREED, "by": owner, "at": AT}
    judged = say_as_owner(suggestion_id=made.pk, based_on=made.lock, **said)
    with pytest.raises(StaleVersion):
        take(made, moderator)
    take(judged, moderator)
