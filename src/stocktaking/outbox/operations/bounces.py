"""Mail that came back after the server had taken it."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from stocktaking.history.operations import record
from stocktaking.kernel.errors import RuleBroken
from stocktaking.outbox import signals
from stocktaking.outbox.models import Message
from stocktaking.outbox.operations.outcomes import ANSWER_MAX, count_bounce
from stocktaking.outbox.rules.identity import number_of
from stocktaking.outbox.states import MessageState, may_move


@transaction.atomic
def note_bounce(
    *, message_id: str, hard: bool = True, detail: str = "", by: Any | None, at: dt.datetime
) -> Message:
    """The mail with this Message-ID came back. Hard: its address does not exist, and is
    suppressed after as many as the setting says. Noted twice is as once."""
    number = number_of(message_id)
    message = Message.objects.select_for_update().filter(pk=number).first() if number else None
    if message is None:
        raise RuleBroken("message_unknown", _("No mail has this Message-ID."), field="message_id")
    if message.state == MessageState.BOUNCED:
        return message
    last = message.tries.order_by("number").last()
    if last is not None:
        last.answer = f"{last.answer}\n{detail}".strip()[:ANSWER_MAX]
        last.save(update_fields=["answer"])
    record(verb="mail_came_back", of=message, by=by, at=at, detail={"hard": hard})
    if hard and may_move(MessageState(message.state), MessageState.BOUNCED):
        message.state = MessageState.BOUNCED
        message.save(update_fields=["state"])
        count_bounce(address=message.to, answer=detail, at=at)
        signals.message_ended.send(sender=Message, message=message, at=at)
    return message
