"""The way of a reply: into the queue when it is sent, into the register when it is accepted."""

import datetime as dt
from typing import Any

from django.dispatch import receiver

from stocktaking.accounts.models import Person
from stocktaking.calls import signals as calls
from stocktaking.calls.models import Call, Reply
from stocktaking.calls.operations import accept_reply
from stocktaking.calls.states import Occasion
from stocktaking.intake.models import Moderation
from stocktaking.intake.operations.becoming import become
from stocktaking.intake.operations.holding import keep, row_of
from stocktaking.intake.operations.likenesses import ask_for_twins
from stocktaking.intake.operations.looking import look
from stocktaking.intake.operations.refusals import refused
from stocktaking.intake.queries.outcomes import named_organisation, outcome_of, sent_by
from stocktaking.intake.states import ENTRIES


@receiver(calls.reply_submitted)
def take_in(sender: Any, reply: Reply, by: Person, at: dt.datetime, **told: Any) -> None:
    """The reply is in the queue. An unchanged confirmation is accepted at once."""
    moderation = row_of(reply, at)
    keep(
        moderation,
        **look(moderation, at=at).columns(),
        override_reason="",
        twins_sought_at=None,
    )
    if confirms_unchanged(reply):
        accept_reply(reply=reply, by=None, at=at)
    elif reply.occasion == Occasion.NEW:
        ask_for_twins(at=at)


def confirms_unchanged(reply: Reply) -> bool:
    """Whether a call that lets owners confirm got a confirmation that changes nothing."""
    call: Call = reply.call
    if call.kind != ENTRIES or not call.confirms or reply.occasion != Occasion.CONFIRM:
        return False
    sent = sent_by(reply)
    named = named_organisation(sent)
    return not outcome_of(reply, sent, organisation=named.number if named else None).differs


@receiver(calls.reply_accepted)
def take_over(
    sender: Any,
    reply: Reply,
    by: Person | None,
    at: dt.datetime,
    publish_at: dt.datetime | None,
    **told: Any,
) -> None:
    """An error that a check found stops it here, whichever door it came through."""
    moderation = row_of(reply, at)
    stopped = moderation.errors and not moderation.override_reason
    if stopped and not confirms_unchanged(reply):  # what is published already stays as it is
        raise refused("errors_found", "override")
    keep(moderation, **_first_decision(moderation, by, at), publish_at=publish_at)
    if reply.call.kind == ENTRIES:
        become(moderation, publish=publish_at is None, by=by, at=at)


@receiver([calls.reply_returned, calls.reply_declined])
def note_decision(
    sender: Any, reply: Reply, by: Person | None, at: dt.datetime, **told: Any
) -> None:
    moderation = row_of(reply, at)
    keep(moderation, **_first_decision(moderation, by, at))


@receiver([calls.reply_reopened, calls.reply_withdrawn])
def note_move(sender: Any, reply: Reply, at: dt.datetime, **told: Any) -> None:
    """Whoever looks at it in the queue is told that it moved; a draft was never there."""
    if reply.submitted_at is not None:
        keep(row_of(reply, at))


def _first_decision(moderation: Moderation, by: Person | None, at: dt.datetime) -> dict[str, Any]:
    if moderation.first_decided_at is not None:
        return {}
    return {"first_decided_at": at, "first_decided_by_id": by.pk if by else None}
