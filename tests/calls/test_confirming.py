"""Entries confirmed in one click, alone and several at once."""

import pytest
from tests.factories import accounts
from tests.factories import calls as make
from tests.factories import entries as register

from stocktaking.accounts.rules.roles import Role
from stocktaking.calls import operations
from stocktaking.calls.models import Reply
from stocktaking.calls.queries import entries_to_confirm
from stocktaking.calls.rules.quota import Quota
from stocktaking.calls.states import Occasion, ReplyState
from stocktaking.kernel.errors import NotAllowed, RuleBroken

AT = make.AT


@pytest.fixture
def owner():
    return accounts.person(Role.ORGANISATION_EDITOR)


@pytest.fixture
def body(owner):
    return owner.memberships.get().organisation


def confirm(call, entry, by, at=AT):
    return operations.confirm_entry(call=call, entry=entry, by=by, at=at)


def test_one_click_sends_a_reply_that_is_filled_in(owner, body):
    entry = register.entry(organisation=body.pk)
    reply = confirm(make.call(confirms=True), entry, owner)
    assert (reply.state, reply.occasion) == (ReplyState.SUBMITTED, Occasion.CONFIRM)
    [snapshot] = reply.snapshots.all()
    assert snapshot.answers["title"] == f"Entry {entry.number}"
    assert confirm(reply.call, entry, owner) == reply
    assert Reply.objects.count() == 1


def test_an_entry_that_does_not_answer_what_is_asked_is_updated_instead(owner, body):
    entry = register.entry(organisation=body.pk)
    more = make.forms.question("new", make.QuestionKind.SHORT, required=True)
    form = make.forms.definition("more", make.forms.section("a", more))
    call = make.call(confirms=True, form=form, kind="empty")
    with pytest.raises(RuleBroken) as caught:
        confirm(call, entry, owner)
    assert caught.value.code == "required"
    assert not Reply.objects.exists()  # nothing half done


def test_an_update_in_hand_is_not_confirmed_over(owner, body):
    entry = register.entry(organisation=body.pk)
    call = make.call(confirms=True)
    make.reply(call, owner, occasion=Occasion.UPDATE, entry=entry)
    with pytest.raises(RuleBroken) as caught:
        confirm(call, entry, owner)
    assert caught.value.code == "entry_has_reply"


def test_the_deadline_holds_for_confirmations_and_the_quota_does_not(owner, body):
    entries = [register.entry(organisation=body.pk) for _ in range(3)]
    call = make.call(confirms=True, quota=Quota(per_person=1, per_organisation=1))
    for entry in entries[:2]:
        confirm(call, entry, owner)
    with pytest.raises(RuleBroken) as caught:
        confirm(call, entries[2], owner, at=make.CLOSES)
    assert caught.value.code == "call_closed"


def test_several_at_once_each_get_a_verdict(owner, body):
    mine = [register.entry(organisation=body.pk) for _ in range(2)]
    other = register.entry()
    call = make.call(confirms=True)
    numbers = [mine[0].number, other.number, 999_999, mine[1].number, mine[0].number]
    found = operations.confirm_entries(call=call, entries=numbers, by=owner, at=AT)
    assert [one.entry for one in found] == [mine[0].number, other.number, 999_999, mine[1].number]
    assert [bool(one.reply) for one in found] == [True, False, False, True]
    # what is not theirs and what does not exist are refused alike
    assert {one.refusal.code for one in found if one.refusal} == {"entry_missing"}
    again = operations.confirm_entries(call=call, entries=numbers, by=owner, at=AT)
    assert [one.reply for one in again] == [one.reply for one in found]


def test_what_can_be_confirmed_is_listed_with_what_was_done(owner, body):
    first, second = (register.entry(organisation=body.pk) for _ in range(2))
    register.entry(organisation=body.pk, publish=False)
    register.entry()
    call = make.call(confirms=True)
    reply = confirm(call, first, owner)
    rows = {one.card.number: one for one in entries_to_confirm(call, owner, "en")}
    assert set(rows) == {first.number, second.number}
    assert rows[second.number].open
    assert (rows[first.number].state, rows[first.number].key) == (
        ReplyState.SUBMITTED,
        str(reply.key),
    )
    assert entries_to_confirm(make.call(), owner, "en") == []


def test_an_author_of_last_years_reply_speaks_for_its_entry():
    author, entry = accounts.person(), register.entry()
    last_year = make.sent(by=author)
    operations.accept_reply(reply=last_year, by=None, at=AT)
    call = make.call(confirms=True)
    with pytest.raises(NotAllowed):
        confirm(call, entry, author)
    Reply.objects.filter(pk=last_year.pk).update(entry=entry)
    assert [one.card.number for one in entries_to_confirm(call, author, "en")] == [entry.number]
    assert confirm(call, entry, author).state == ReplyState.SUBMITTED


def test_the_list_costs_the_same_for_one_and_for_many(owner, body, django_assert_max_num_queries):
    for _ in range(12):
        register.entry(organisation=body.pk)
    call = make.call(confirms=True)
    with django_assert_max_num_queries(8):
        assert len(entries_to_confirm(call, owner, "en")) == 12
