"""How a try ended, written down."""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from stocktaking.outbox import signals
from stocktaking.outbox.models import Attempt, Message
from stocktaking.outbox.operations.claims import Claimed
from stocktaking.outbox.operations.suppressing import suppress_address
from stocktaking.outbox.rules.waiting import wait_after
from stocktaking.outbox.states import Category, MessageState, Outcome, SuppressionReason

ANSWER_MAX = 1000

_STATES = {
    Outcome.SENT: MessageState.SENT,
    Outcome.REFUSED: MessageState.FAILED,
    Outcome.BOUNCED: MessageState.BOUNCED,
}


@transaction.atomic
def settle(*, claimed: Claimed, outcome: Outcome, answer: str, at: dt.datetime) -> None:
    """Complete the attempt and move its message on, as long as this worker holds it."""
    message, attempt = claimed.message, claimed.attempt
    Attempt.objects.filter(pk=attempt.pk).update(
        outcome=outcome, answer=answer[:ANSWER_MAX], ended_at=at
    )
    mine = Q(state=MessageState.SENDING, lease_token=message.lease_token)
    if outcome is Outcome.SENT:
        # taken for dead while the server was slow: it waits again, but needs not
        mine |= Q(state=MessageState.QUEUED)
    state, due_at = _next(message, outcome, at)
    change = {
        "state": state,
        "due_at": due_at,
        "sent_at": at if outcome is Outcome.SENT else message.sent_at,
        "lease_until": None,
        "lease_token": "",
    }
    if not Message.objects.filter(mine, pk=message.pk).update(**change):
        return
    for name, value in change.items():
        setattr(message, name, value)
    if state is MessageState.BOUNCED:
        count_bounce(address=message.to, answer=answer, at=at)
    if state is not MessageState.QUEUED:
        signals.message_ended.send(sender=Message, message=message, at=at)


def _next(message: Message, outcome: Outcome, at: dt.datetime) -> tuple[MessageState, dt.datetime]:
    if outcome is not Outcome.LATER:
        return _STATES[outcome], message.due_at
    wait = wait_after(message.attempts - message.spent, Category(message.category))
    return (MessageState.FAILED, at) if wait is None else (MessageState.QUEUED, at + wait)


def count_bounce(*, address: str, answer: str, at: dt.datetime) -> None:
    """An address that came back often enough gets no more mail. In a transaction."""
    bounced = Message.objects.filter(to__iexact=address, state=MessageState.BOUNCED).count()
    if bounced >= settings.MAIL_BOUNCES:
        suppress_address(
            address=address, reason=SuppressionReason.BOUNCED, detail=answer, by=None, at=at
        )
