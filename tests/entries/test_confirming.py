"""An entry is said to be still correct, or goes to another organisation."""

import datetime as dt

import pytest
from tests.factories.accounts import organisation, person
from tests.factories.entries import AT, entry

from stocktaking.accounts.operations import add_member, merge_organisations
from stocktaking.accounts.rules.roles import Role
from stocktaking.entries.models import Entry, EntryVersion
from stocktaking.entries.operations import (
    confirm_entry_correct,
    transfer_entry,
    withdraw_entry,
)
from stocktaking.entries.queries import entry_page, values_of, versions
from stocktaking.entries.queries.moment import last_changed
from stocktaking.history.models import HistoryRecord
from stocktaking.kernel.errors import NotAllowed, RuleBroken
from stocktaking.search.models import Change

pytestmark = pytest.mark.usefixtures("_framework")
LATER = AT + dt.timedelta(days=400)


def owned() -> tuple[Entry, object]:
    body, owner = organisation(), person()
    add_member(organisation=body, person=owner, by=None, at=AT)
    return entry(organisation=body.pk), owner


def test_owner_confirms_an_entry_once_a_day():
    made, owner = owned()
    Change.objects.all().delete()
    before = last_changed(made.pk)
    for _ in range(2):
        confirm_entry_correct(number=made.pk, by=owner, at=LATER)
    assert entry_page(made.pk, "en").confirmed_on == LATER.date()
    assert HistoryRecord.objects.filter(verb="entry_confirmed", actor_id=owner.pk).count() == 1
    assert EntryVersion.objects.count() == 1
    assert Change.objects.get().key == str(made.pk)
    assert last_changed(made.pk) != before


def test_only_who_acts_for_an_entry_confirms_it():
    made, _ = owned()
    for somebody in (person(), person(Role.ORGANISATION_EDITOR), person(Role.OBSERVER)):
        with pytest.raises(NotAllowed):
            confirm_entry_correct(number=made.pk, by=somebody, at=LATER)
    nobodys = entry()
    with pytest.raises(NotAllowed):
        confirm_entry_correct(number=nobodys.pk, by=person(Role.ORGANISATION_EDITOR), at=LATER)
    confirm_entry_correct(number=nobodys.pk, by=person(Role.MODERATOR), at=LATER)


def test_withdrawn_entry_is_not_confirmed():
    made, owner = owned()
    withdraw_entry(number=made.pk, reason="Twice", by=None, at=AT)
    with pytest.raises(RuleBroken) as caught:
        confirm_entry_correct(number=made.pk, by=owner, at=LATER)
    assert caught.value.code == "not_published"


def test_transfer_gives_the_entry_to_another_organisation():
    made, owner = owned()
    other, moderator = organisation(), person(Role.MODERATOR)
    with pytest.raises(NotAllowed):
        transfer_entry(number=made.pk, organisation=other.pk, by=owner, at=LATER)
    transfer_entry(number=made.pk, organisation=other.pk, by=moderator, at=LATER)
    assert values_of(made.pk).organisation == Entry.objects.get().organisation_id == other.pk
    assert versions(made.pk)[0].reason == "The entry went to another organisation"
    told = HistoryRecord.objects.get(verb="entry_transferred").detail
    assert told["to"] == other.pk
    transfer_entry(number=made.pk, organisation=other.pk, by=moderator, at=LATER)
    assert EntryVersion.objects.count() == 2


def test_transfer_to_nobody_is_refused():
    made, _ = owned()
    kept, merged = organisation(), organisation()
    merge_organisations(kept=kept.pk, merged=merged.pk, by=None, at=AT)
    for number in (999, merged.pk):
        with pytest.raises(RuleBroken) as caught:
            transfer_entry(number=made.pk, organisation=number, by=None, at=LATER)
        assert caught.value.code == "organisation_unknown"
