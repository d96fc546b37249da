"""What follows when something happened to an account: mails, consent, and the files it sent."""

import datetime as dt
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models.signals import post_save
from django.dispatch import receiver

from stocktaking.accounts.models import Invitation, Person
from stocktaking.accounts.notifications import send_invitation, tell_linked, tell_merged
from stocktaking.accounts.operations.consents import BY_MAIL, set_consents
from stocktaking.accounts.operations.identities import owner_of
from stocktaking.accounts.rules.consents import Purpose
from stocktaking.accounts.signals import (
    consent_changed,
    identity_linked,
    member_invited,
    people_merged,
    person_erased,
    person_exported,
)
from stocktaking.files import operations as files
from stocktaking.files.queries import files_of_person
from stocktaking.outbox.models import Suppression
from stocktaking.outbox.operations import release_address
from stocktaking.outbox.states import Category, SuppressionReason

NEWS = (Purpose.CALLS, Purpose.REMINDERS)  # what a link in a mail of news stops


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


@receiver(people_merged)
def hand_over_files(sender: Any, kept: Person, merged: Person, **told: Any) -> None:
    files.hand_over(of=merged.pk, to=kept.pk)


@receiver(person_exported)
def export_files(sender: Any, person: Person, **told: Any) -> dict[str, Any]:
    return {"files": files_of_person(person.pk)}


@receiver(person_erased)
def forget_sender(sender: Any, person_id: int, **told: Any) -> None:
    files.forget_person(person_id=person_id)


@receiver(post_save, sender=Suppression)
def take_back_by_mail(sender: Any, instance: Suppression, created: bool, **told: Any) -> None:
    """Whoever stops the news by the link in a mail agrees to it no longer."""
    unsubscribed = instance.reason == SuppressionReason.UNSUBSCRIBED
    if created and unsubscribed and instance.category == Category.NEWS:
        person = owner_of(instance.address)
        if person is not None:
            given = dict.fromkeys(NEWS, False)
            set_consents(person=person, given=given, how=BY_MAIL, by=None, at=instance.since)


@receiver(consent_changed)
def let_mail_through(
    sender: Any, person: Person, purpose: Purpose, given: bool, at: dt.datetime, **told: Any
) -> None:
    """Whoever agrees again wants the mail that a link had stopped."""
    if given and purpose in NEWS:
        stopped = Suppression.objects.filter(
            address=person.email.lower(),
            category=Category.NEWS,
            reason=SuppressionReason.UNSUBSCRIBED,
        )
        for row in stopped:
            release_address(suppression_id=row.pk, by=person, at=at)
