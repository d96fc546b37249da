"""Sign-ups that nobody confirmed."""

import datetime as dt

import pytest
from allauth.account.models import EmailAddress
from tests.factories.accounts import AT, organisation, person

from stocktaking.accounts import operations
from stocktaking.accounts.models import Person
from stocktaking.accounts.operations.expiry import remove_unconfirmed_sign_ups
from stocktaking.accounts.rules.roles import Role
from stocktaking.accounts.signals import person_erased
from stocktaking.history.models import HistoryRecord

pytestmark = pytest.mark.django_db
LATER = AT + dt.timedelta(days=30, seconds=1)


def unconfirmed(role: Role | None = None) -> Person:
    made = person(role)
    EmailAddress.objects.filter(user=made).update(verified=False)
    return made


def test_sign_up_that_nobody_confirmed_goes_after_thirty_days():
    made = unconfirmed()
    heard = []

    def hear(sender, **told):
        heard.append(told["person_id"])

    assert remove_unconfirmed_sign_ups(at=AT + dt.timedelta(days=30)) == 0
    person_erased.connect(hear)
    try:
        assert remove_unconfirmed_sign_ups(at=LATER) == 1
    finally:
        person_erased.disconnect(hear)
    assert not Person.objects.exists()
    assert heard == [made.pk]
    assert HistoryRecord.objects.get(verb="sign_up_expired").detail == {}


def test_everybody_else_stays():
    person()
    unconfirmed(Role.MODERATOR)
    operations.register_person(email="console@example.org", by=None, at=AT)
    member, seen, half = unconfirmed(), unconfirmed(), unconfirmed()
    operations.add_member(organisation=organisation(), person=member, by=None, at=AT)
    Person.objects.filter(pk=seen.pk).update(last_login=AT)
    EmailAddress.objects.create(user=half, email="second@example.org", verified=True)
    before = Person.objects.count()
    assert remove_unconfirmed_sign_ups(at=LATER) == 0
    assert Person.objects.count() == before == 6
