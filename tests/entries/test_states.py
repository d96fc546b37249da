"""Publishing and withdrawing."""

import datetime as dt

import pytest
from tests.factories.accounts import person
from tests.factories.entries import AT, entry

from stocktaking.accounts.rules.roles import Role
from stocktaking.entries import operations
from stocktaking.entries.models import Entry, EntryVersion
from stocktaking.entries.states import MOVES, EntryState, may_move
from stocktaking.history.models import HistoryRecord
from stocktaking.kernel.errors import NotAllowed, RuleBroken
from stocktaking.search.models import Change

LATER = AT + dt.timedelta(days=1)
pytestmark = pytest.mark.usefixtures("_framework")


def test_moves_name_every_state():
    assert set(MOVES) == set(EntryState)
    assert not may_move(EntryState.PUBLISHED, EntryState.UNPUBLISHED)


def test_publish_entry_shows_its_newest_version():
    made = entry(publish=False)
    operations.publish_entry(number=made.number, by=person(Role.MODERATOR), at=LATER)
    shown = Entry.objects.get(number=made.number)
    assert (shown.state, shown.published_at, shown.published_version) == ("published", LATER, 1)
    assert EntryVersion.objects.get().public
    assert Change.objects.count() == 1


def test_publish_entry_twice_does_nothing_more():
    made = entry()
    operations.publish_entry(number=made.number, by=None, at=LATER)
    assert Entry.objects.get().published_at == AT
    assert not HistoryRecord.objects.filter(verb="published").exists()


def test_withdraw_entry_keeps_the_reason_and_can_be_undone():
    made = entry()
    operations.withdraw_entry(number=made.number, reason=" A duplicate. ", by=None, at=LATER)
    gone = Entry.objects.get()
    assert (gone.state, gone.withdrawn_at) == (EntryState.WITHDRAWN, LATER)
    assert gone.withdrawal_reason == "A duplicate."
    operations.publish_entry(number=made.number, by=None, at=LATER)
    back = Entry.objects.get()
    assert (back.state, back.withdrawal_reason, back.withdrawn_at) == ("published", "", None)
    assert back.published_at == AT


def test_withdraw_entry_names_the_one_that_takes_its_place():
    kept, twin = entry(), entry()
    operations.withdraw_entry(
        number=twin.number, reason="Twin", by=None, at=LATER, merged_into=kept.number
    )
    assert Entry.objects.get(number=twin.number).merged_into_id == kept.number


def test_withdrawn_entry_that_comes_back_leads_nowhere_else():
    kept, twin = entry(), entry()
    operations.withdraw_entry(
        number=twin.number, reason="Twin", by=None, at=LATER, merged_into=kept.number
    )
    operations.publish_entry(number=twin.number, by=None, at=LATER)
    assert Entry.objects.get(number=twin.number).merged_into is None


def test_withdraw_entry_refuses_a_successor_that_nobody_can_read():
    kept, twin, draft = entry(), entry(), entry(publish=False)
    operations.withdraw_entry(
        number=twin.number, reason="Twin", by=None, at=LATER, merged_into=kept.number
    )
    for other in (twin, draft):  # the first would lead back to this one
        with pytest.raises(RuleBroken) as caught:
            operations.withdraw_entry(
                number=kept.number, reason="Twin", by=None, at=LATER, merged_into=other.number
            )
        assert (caught.value.code, caught.value.field) == ("move_refused", "merged_into")
    assert Entry.objects.get(number=kept.number).state == EntryState.PUBLISHED


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_withdraw_entry_asks_for_a_reason(reason):
    made = entry()
    with pytest.raises(RuleBroken) as caught:
        operations.withdraw_entry(number=made.number, reason=reason, by=None, at=LATER)
    assert caught.value.code == "reason_missing"


def test_withdraw_entry_refuses_a_second_time_and_an_unknown_one():
    made = entry()
    operations.withdraw_entry(number=made.number, reason="Gone", by=None, at=LATER)
    with pytest.raises(RuleBroken) as again:
        operations.withdraw_entry(number=made.number, reason="Gone", by=None, at=LATER)
    assert again.value.code == "move_refused"
    with pytest.raises(RuleBroken) as unknown:
        operations.withdraw_entry(number=made.number + 1, reason="Gone", by=None, at=LATER)
    assert unknown.value.code == "entry_unknown"


def test_states_need_the_capability():
    made = entry()
    with pytest.raises(NotAllowed):
        operations.withdraw_entry(number=made.number, reason="Gone", by=person(), at=LATER)
    with pytest.raises(NotAllowed):
        operations.publish_entry(number=made.number, by=person(), at=LATER)
