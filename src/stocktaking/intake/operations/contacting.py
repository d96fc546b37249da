"""A message to the people behind an entry."""

import datetime as dt

from django.db import transaction

from stocktaking.accounts.models import Person
from stocktaking.history.operations import record
from stocktaking.intake import signals
from stocktaking.intake.models import ContactMessage
from stocktaking.intake.operations.participating import (
    bounded,
    public_entry,
    refused,
    visitors_address,
)
from stocktaking.intake.queries.contact import members_reached, staff_reached
from stocktaking.kernel import languages

SUBJECT_MAX = 150
TEXT_MAX = 5_000
NAME_MAX = 200


@transaction.atomic
def send_message(
    *,
    number: int,
    subject: str,
    text: str,
    language: str,
    may_reply: bool = False,
    name: str = "",
    email: str = "",
    by: Person | None,
    at: dt.datetime,
) -> ContactMessage:
    """Pass a message on to those who act for the entry and agreed to be written to, or to staff
    where there is nobody. Their addresses are shown to nobody; that of the sender goes along
    only with ``may_reply``. ``name`` and ``email`` are those of a visitor.

    RuleBroken: ``subject_missing``, ``text_missing``, ``sender_missing``, ``text_long``,
    ``email_malformed``, ``entry_not_public``.
    """
    entry = public_entry(number)
    subject = " ".join(bounded(subject, "subject", SUBJECT_MAX).split())
    text = bounded(text, "text", TEXT_MAX)
    name = " ".join(bounded(by.name if by else name, "name", NAME_MAX).split())
    if not subject:
        raise refused("subject_missing", "subject")
    if not text:
        raise refused("text_missing", "text")
    if by is None and not name:
        raise refused("sender_missing", "name")
    address = visitors_address(email, by)
    if by is None and not address:
        raise refused("email_malformed", "email")
    members = members_reached(entry)
    recipients = members or staff_reached()
    message = ContactMessage.objects.create(
        entry=entry,
        by=by,
        name="" if by else name,
        email=address,
        language=language if language in languages.CODES else languages.DEFAULT,
        may_reply=may_reply,
        reached=len(recipients),
        to_staff=not members,
        subject=subject,
        text=text,
        at=at,
    )
    record(verb="message_passed_on", of=message, by=by, at=at, detail={"entry": number})
    signals.message_passed_on.send(
        sender=ContactMessage, message=message, recipients=recipients, by=by, at=at
    )
    return message


def forget_messages(*, before: dt.datetime) -> int:
    """Remove messages that were passed on before a moment; the number removed."""
    return ContactMessage.objects.filter(at__lt=before).delete()[0]
