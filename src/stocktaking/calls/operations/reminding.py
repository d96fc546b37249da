"""Drafts that nobody has gone on with."""

import datetime as dt

from django.db import transaction

from stocktaking.calls import signals
from stocktaking.calls.models import Reply
from stocktaking.calls.operations.holding import held_reply
from stocktaking.calls.queries.windows import verdict_for
from stocktaking.calls.rules.window import Verdict
from stocktaking.calls.states import CallState, ReplyState
from stocktaking.history.models import HistoryRecord
from stocktaking.history.operations import record

LEFT_ALONE = dt.timedelta(days=31)
# a worker that stood still for so long loses no reminder; older drafts are left in peace
CATCH_UP = dt.timedelta(days=14)
VERB = "draft_reminded"


def remind_of_drafts(*, at: dt.datetime) -> int:
    """Remind the authors of drafts that lie untouched for 31 days while the call is open: once
    per draft, whatever breaks off in between. The number of drafts. One transaction each."""
    waiting = Reply.objects.filter(
        state=ReplyState.DRAFT,
        call__state=CallState.PUBLISHED,
        call__closes_at__gt=at,
        changed_at__lte=at - LEFT_ALONE,
        changed_at__gt=at - LEFT_ALONE - CATCH_UP,
    )
    return sum(_reminded(reply, at) for reply in waiting.order_by("pk"))


@transaction.atomic
def _reminded(reply: Reply, at: dt.datetime) -> bool:
    # held and looked at again: somebody may have gone on, or another process reminded them
    held = held_reply(reply)
    untouched = held.state == ReplyState.DRAFT and held.changed_at <= at - LEFT_ALONE
    if not untouched or verdict_for(held.call, at) is not Verdict.OPEN:
        return False
    done = HistoryRecord.objects.filter(
        object_type=held._meta.label_lower, object_id=str(held.pk), verb=VERB
    )
    if done.exists():
        return False
    record(verb=VERB, of=held, by=None, at=at, detail={"days": LEFT_ALONE.days})
    signals.draft_reminded.send(sender=Reply, reply=held, by=None, at=at)
    return True
