"""What is told by mail when something happened to an account."""

import datetime as dt
from typing import Any

from allauth.account.models import EmailAddress
from django.dispatch import receiver

from stocktaking.accounts.models import Invitation, Person
from stocktaking.accounts.notifications import send_invitation, tell_linked, tell_merged
from stocktaking.accounts.signals import identity_linked, member_invited, people_merged


@receiver(member_invited)
def write_to_invited(
    sender: Any, invitation: Invitation, token: str, language: str, at: dt.datetime, **told: Any
) -> None:
    send_invitation(invitation=invitation, token=token, language=language, at=at)


@receiver(identity_linked)
def warn_of_link(sender: Any, person: Person, provider: str, at: dt.datetime, **told: Any) -> None:
    tell_linked(person=person, provider=provider, at=at)


@receiver(people_merged)
def tell_both_addresses(
    sender: Any, kept: Person, merged: Person, at: dt.datetime, **told: Any
) -> None:
    # an address that nobody ever confirmed may be anybody's
    if EmailAddress.objects.filter(user=kept, email__iexact=merged.email).exists():
        tell_merged(kept=kept, other=merged.email, at=at)
