"""Links, invitations and sign-ups whose time is over."""

import datetime as dt

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Exists, OuterRef

from stocktaking.accounts.models import Invitation, OneTimeLink, Person
from stocktaking.accounts.signals import person_erased
from stocktaking.history.operations import record
from stocktaking.outbox.operations import forget_person

CONFIRM_WITHIN = dt.timedelta(days=30)


def remove_spent_links(*, before: dt.datetime) -> int:
    """Remove sign-in links that expired before a moment; returns how many."""
    return OneTimeLink.objects.filter(expires_at__lt=before).delete()[0]


def remove_expired_invitations(*, before: dt.datetime) -> int:
    """Remove invitations that expired before a moment; returns how many."""
    return Invitation.objects.filter(expires_at__lt=before).delete()[0]


def remove_unconfirmed_sign_ups(*, at: dt.datetime) -> int:
    """Remove accounts whose address nobody confirmed within 30 days; returns how many.

    Accounts that staff made have no address to confirm, and stay; so does whoever was ever
    signed in, holds a role, or acts for an organisation.
    """
    addresses = EmailAddress.objects.filter(user=OuterRef("pk"))
    rows = Person.objects.filter(
        Exists(addresses),
        ~Exists(addresses.filter(verified=True)),
        joined_at__lt=at - CONFIRM_WITHIN,
        last_login=None,
        grants=None,
        memberships=None,
    )
    numbers = list(rows.order_by("pk").values_list("pk", flat=True)[:500])
    return sum(_remove(number, at) for number in numbers)


@transaction.atomic
def _remove(number: int, at: dt.datetime) -> bool:
    person = Person.objects.select_for_update().filter(pk=number, last_login=None).first()
    # confirmed a moment ago, in another process
    if person is None or EmailAddress.objects.filter(user=person, verified=True).exists():
        return False
    record(verb="sign_up_expired", of=person, by=None, at=at)
    forget_person(person_id=number, address=person.email)
    person.delete()
    person_erased.send(sender=Person, person_id=number, at=at)
    return True
