"""Taking a reply back."""

import datetime as dt

from django.db import transaction

from stocktaking.accounts.models import Person
from stocktaking.calls import signals
from stocktaking.calls.models import Reply
from stocktaking.calls.operations.holding import held_reply, move
from stocktaking.calls.permissions import require_lead
from stocktaking.calls.states import ReplyState
from stocktaking.history.operations import record


def withdraw_reply(*, reply: Reply, by: Person, at: dt.datetime) -> Reply:
    """The lead author takes a reply back, also after the end, until it is decided.

    What was written stays readable to its authors and can be copied. Twice is once.
    """
    with transaction.atomic():
        held = held_reply(reply)
        require_lead(by, held)
        if held.state == ReplyState.WITHDRAWN:
            return held
        move(held, ReplyState.WITHDRAWN)
        held.decided_at = held.changed_at = at
        held.save(update_fields=["state", "decided_at", "changed_at"])
        record(verb="reply_withdrawn", of=held, by=by, at=at)
        signals.reply_withdrawn.send(sender=Reply, reply=held, by=by, at=at)
    return held
