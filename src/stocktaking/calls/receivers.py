"""What calls do when something happens to them, to replies, to people and to organisations."""

import datetime as dt
from typing import Any

from django.db.models.signals import post_save, pre_delete
from django.dispatch import receiver

from stocktaking.accounts.models import Person
from stocktaking.accounts.signals import (
    organisations_merged,
    people_merged,
    person_erased,
    person_exported,
)
from stocktaking.calls import notifications, signals
from stocktaking.calls.models import (
    AuthorInvitation,
    Call,
    CallExtension,
    Letter,
    Recipient,
    Reply,
    ReplySnapshot,
)
from stocktaking.calls.operations.letters import CANCELLATION, EXTENSION
from stocktaking.calls.operations.people import (
    bodies_merged,
    move_to,
    settle_orphans,
    what_is_held_of,
)
from stocktaking.calls.operations.replacing import ask_for_replacement
from stocktaking.calls.queries import kept
from stocktaking.calls.queries.letters import Reader
from stocktaking.files.models import StoredFile
from stocktaking.files.signals import file_refused
from stocktaking.jobs.operations import start_job


@receiver(post_save, sender=Call)
def look_again(sender: Any, **told: Any) -> None:
    """What this process knows of windows is old."""
    kept.forget()


@receiver(signals.call_extended)
def announce_extension(
    sender: Any, extension: CallExtension, by: Any, at: dt.datetime, **told: Any
) -> None:
    start_job(kind=EXTENSION, arguments={"extension": extension.pk}, by=by, at=at)


@receiver(signals.call_cancelled)
def announce_cancellation(sender: Any, call: Call, by: Any, at: dt.datetime, **told: Any) -> None:
    if call.published_at is not None:
        start_job(kind=CANCELLATION, arguments={"call": call.pk}, by=by, at=at)


@receiver(signals.letter_tried)
def try_out(
    sender: Any, letter: Letter, language: str, by: Person, at: dt.datetime, **told: Any
) -> None:
    reader = Reader(by.email, by.name, language=language, person_id=by.pk, takes_part=True)
    notifications.write_letter(letter, reader, at=at, test=True)


@receiver(signals.reply_submitted)
def confirm_arrival(
    sender: Any, reply: Reply, snapshot: ReplySnapshot, at: dt.datetime, **told: Any
) -> None:
    notifications.confirm_arrival(reply, snapshot, at=at)


@receiver(signals.draft_reminded)
def remind_of_draft(sender: Any, reply: Reply, at: dt.datetime, **told: Any) -> None:
    notifications.remind_of_draft(reply, at=at)


@receiver(signals.reply_returned)
def tell_returned(sender: Any, reply: Reply, at: dt.datetime, **told: Any) -> None:
    notifications.tell_returned(reply, at=at)


@receiver(signals.reply_declined)
def tell_declined(sender: Any, reply: Reply, at: dt.datetime, **told: Any) -> None:
    notifications.tell_declined(reply, at=at)


@receiver(signals.author_invited)
def invite(
    sender: Any,
    invitation: AuthorInvitation,
    language: str,
    by: Person,
    at: dt.datetime,
    **told: Any,
) -> None:
    notifications.invite(invitation, invitation.token, by, language=language, at=at)


@receiver(person_exported)
def tell_of_replies(sender: Any, person: Person, **told: Any) -> dict[str, Any]:
    return what_is_held_of(person)


@receiver(pre_delete, sender=Person)
def forget_address(sender: Any, instance: Person, **told: Any) -> None:
    """Lists hold addresses, not people: they are found while the person still has one."""
    Recipient.objects.filter(email__iexact=instance.email).delete()
    AuthorInvitation.objects.filter(email__iexact=instance.email).delete()


@receiver(person_erased)
def settle(sender: Any, person_id: int, at: dt.datetime, **told: Any) -> None:
    settle_orphans(at=at)


@receiver(people_merged)
def follow_person(sender: Any, kept: Person, merged: Person, **told: Any) -> None:
    move_to(kept=kept, merged=merged)


@receiver(organisations_merged)
def follow_organisation(sender: Any, kept: int, merged: int, **told: Any) -> None:
    bodies_merged(kept=kept, merged=merged)


@receiver(file_refused)
def take_back_what_names_it(sender: Any, file: StoredFile, at: dt.datetime, **told: Any) -> None:
    ask_for_replacement(file=file, at=at)
