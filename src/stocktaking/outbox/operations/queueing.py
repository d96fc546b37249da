"""Putting a mail in the queue."""

import datetime as dt
from collections.abc import Mapping

from django.db import IntegrityError, transaction

from stocktaking.outbox.models import Message
from stocktaking.outbox.operations.addresses import checked, why_stopped
from stocktaking.outbox.operations.composing import Inset, compose
from stocktaking.outbox.registry import ACCOUNT, KINDS
from stocktaking.outbox.rules.placeholders import block, fill_line, line
from stocktaking.outbox.states import Category, MessageState

NAME_MAX = 200


def queue(
    *,
    kind: str,
    to: str,
    language: str,
    values: Mapping[str, str],
    at: dt.datetime,
    to_name: str = "",
    person_id: int | None = None,
    reply_to: str = "",
    about: str = "",
    once_key: str | None = None,
    due_at: dt.datetime | None = None,
    subject: str | None = None,
    body: str | None = None,
    inset: Inset | None = None,
) -> Message:
    """Render a mail and let it wait for a worker; call it in the transaction of what it tells.

    ``values`` fills every placeholder of the kind. ``subject`` and ``body`` (Markdown) take the
    place of the kind's template, as in the letter of a call, ``inset`` that of one placeholder.
    The same ``once_key`` is queued once: a second call gives the message of the first. An address
    that is suppressed gets a message too, in the state ``suppressed``: so that staff see what was
    not sent. RuleBroken ``address_malformed`` for what is no address.
    """
    found = KINDS[kind]
    to, reply_to = checked(to), checked(reply_to, "reply_to") if reply_to else ""
    composed = compose(
        found,
        language=language,
        values=values,
        to=to,
        subject=subject,
        body=body,
        about=about,
        inset=inset,
    )
    stopped = why_stopped(to, found.category)
    message = Message(
        kind=kind,
        category=found.category,
        to=to,
        to_name=line(to_name)[:NAME_MAX],
        person_id=person_id,
        reply_to=reply_to,
        language=composed.language,
        subject=composed.subject,
        text=composed.text,
        html=composed.html,
        about=about,
        once_key=once_key,
        state=MessageState.SUPPRESSED if stopped else MessageState.QUEUED,
        due_at=due_at or at,
        queued_at=at,
    )
    return _stored(message)


def _stored(message: Message) -> Message:
    """Insert first: the unique key decides which of two calls queues the mail."""
    try:
        with transaction.atomic():
            message.save(force_insert=True)
    except IntegrityError:
        if message.once_key is None:
            raise
        return Message.objects.get(once_key=message.once_key)
    return message


def queue_foreign(
    *, to: str, subject: str, text: str, language: str, at: dt.datetime, to_name: str = ""
) -> Message:
    """A mail whose words a library wrote, such as a code for signing in."""
    to = checked(to)
    message = Message(
        kind=ACCOUNT,
        category=Category.ACCOUNT,
        to=to,
        to_name=line(to_name)[:NAME_MAX],
        language=language,
        subject=fill_line(subject, {}),
        text=block(text) + "\n",
        state=(
            MessageState.SUPPRESSED if why_stopped(to, Category.ACCOUNT) else MessageState.QUEUED
        ),
        due_at=at,
        queued_at=at,
    )
    return _stored(message)
