"""What moderators do with a reply that was sent."""

import datetime as dt

from django.db import transaction

from stocktaking.accounts.models import Person
from stocktaking.accounts.permissions import require
from stocktaking.accounts.rules.roles import Capability
from stocktaking.calls import signals
from stocktaking.calls.models import Reply
from stocktaking.calls.operations.holding import held_reply, move
from stocktaking.calls.operations.refusals import refused
from stocktaking.calls.states import ReplyState
from stocktaking.history.operations import record
from stocktaking.questionnaires.operations import unlock_answers


def return_reply(*, reply: Reply, reason: str, by: Person | None, at: dt.datetime) -> Reply:
    """Give it back to its authors, who may change it and send it again, whatever the time."""
    with transaction.atomic():
        held = _decide(reply, ReplyState.RETURNED, by=by, at=at, reason=_stated(reason))
        unlock_answers(answer_set_id=held.answer_set_id, by=by, at=at)
        signals.reply_returned.send(sender=Reply, reply=held, by=by, at=at)
    return held


def accept_reply(
    *, reply: Reply, publish_at: dt.datetime | None = None, by: Person | None, at: dt.datetime
) -> Reply:
    """Accept it: whoever listens makes of it what the kind of call is for, in this transaction.
    ``publish_at`` shows that later; None at once."""
    if publish_at is not None and publish_at <= at:
        raise refused("publish_in_past", "publish_at")
    with transaction.atomic():
        held = _decide(reply, ReplyState.ACCEPTED, by=by, at=at)
        signals.reply_accepted.send(sender=Reply, reply=held, by=by, at=at, publish_at=publish_at)
    return held


def decline_reply(*, reply: Reply, reason: str, by: Person | None, at: dt.datetime) -> Reply:
    with transaction.atomic():
        held = _decide(reply, ReplyState.DECLINED, by=by, at=at, reason=_stated(reason))
        signals.reply_declined.send(sender=Reply, reply=held, by=by, at=at)
    return held


def reopen_reply(*, reply: Reply, by: Person | None, at: dt.datetime) -> Reply:
    """Take up a declined reply again; it waits as it was sent."""
    _require(by)
    with transaction.atomic():
        held = held_reply(reply)
        if held.state != ReplyState.DECLINED:
            raise refused("move_refused", "state")
        move(held, ReplyState.SUBMITTED)
        held.decided_at, held.reason = None, ""
        held.save(update_fields=["state", "decided_at", "reason"])
        record(verb="reply_reopened", of=held, by=by, at=at)
        signals.reply_reopened.send(sender=Reply, reply=held, by=by, at=at)
    return held


def _decide(
    reply: Reply, then: ReplyState, *, by: Person | None, at: dt.datetime, reason: str = ""
) -> Reply:
    _require(by)
    held = held_reply(reply)
    move(held, then)
    held.decided_at, held.reason = at, reason
    held.save(update_fields=["state", "decided_at", "reason"])
    detail = {"reason": reason} if reason else {}
    record(verb=f"reply_{then.value}", of=held, by=by, at=at, detail=detail)
    return held


def _require(by: Person | None) -> None:
    if by is not None:
        require(by, Capability.MODERATE_REPLIES)


def _stated(reason: str) -> str:
    if not reason.strip():
        raise refused("reason_missing", "reason")
    return reason.strip()
