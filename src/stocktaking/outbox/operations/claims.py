"""Who sends a message: a lease of some minutes that a dead worker loses."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import QuerySet

from stocktaking.outbox import signals
from stocktaking.outbox.models import Attempt, Message
from stocktaking.outbox.operations.addresses import why_stopped
from stocktaking.outbox.rules.waiting import wait_after
from stocktaking.outbox.states import Category, MessageState, Outcome

LEASE = dt.timedelta(minutes=5)  # longer than any try may take


@dataclass(frozen=True)
class Claimed:
    """A message that this worker alone may send now, and the try that is written already."""

    message: Message
    attempt: Attempt


def claim(*, at: dt.datetime) -> Claimed | None:
    """Take the next message that is due: codes before news, so that a letter to thousands lets
    nobody wait at the door. The try is written down before it is made."""
    for category in Category:
        waiting = _due(category, at)
        # looked at first: an empty queue must take no lock
        if waiting.exists() and (claimed := _take(waiting, at)):
            return claimed
    return None


def _due(category: Category, at: dt.datetime) -> QuerySet[Message]:
    found = Message.objects.filter(state=MessageState.QUEUED, category=category, due_at__lte=at)
    return found.order_by("due_at", "queued_at")


@transaction.atomic
def _take(waiting: QuerySet[Message], at: dt.datetime) -> Claimed | None:
    if connection.features.has_select_for_update_skip_locked:
        waiting = waiting.select_for_update(skip_locked=True)
    for message in iter(waiting.first, None):
        if not why_stopped(message.to, Category(message.category)):
            return _claimed(message, at)
        message.state = MessageState.SUPPRESSED  # stopped since it was queued
        message.save(update_fields=["state"])
    return None


def _claimed(message: Message, at: dt.datetime) -> Claimed:
    message.state, message.attempts = MessageState.SENDING, message.attempts + 1
    message.lease_until, message.lease_token = at + LEASE, str(uuid.uuid4())
    message.save(update_fields=["state", "attempts", "lease_until", "lease_token"])
    attempt = Attempt.objects.create(message=message, number=message.attempts, began_at=at)
    return Claimed(message, attempt)


def release_lost(*, at: dt.datetime) -> int:
    """Messages whose worker ended in the middle are sent again. Gives how many there were."""
    lost = Message.objects.filter(state=MessageState.SENDING, lease_until__lt=at)
    return sum(_release(message, at) for message in lost)


@transaction.atomic
def _release(message: Message, at: dt.datetime) -> bool:
    row = Message.objects.select_for_update().filter(
        pk=message.pk, state=MessageState.SENDING, lease_token=message.lease_token
    )
    if not row.exists():  # it ended after all, or another worker released it
        return False
    Attempt.objects.filter(message=message, number=message.attempts, outcome="").update(
        outcome=Outcome.LOST, ended_at=at
    )
    again = wait_after(message.attempts - message.spent, Category(message.category))
    state = MessageState.FAILED if again is None else MessageState.QUEUED
    row.update(state=state, due_at=at, lease_until=None, lease_token="")
    if state is MessageState.FAILED:
        message.refresh_from_db()
        signals.message_ended.send(sender=Message, message=message, at=at)
    return True
