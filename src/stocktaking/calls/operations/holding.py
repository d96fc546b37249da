"""Rows of replies and calls, held until the end of the transaction."""

import datetime as dt

from stocktaking.accounts.models import Person
from stocktaking.calls.models import Call, Reply
from stocktaking.calls.operations.refusals import refused
from stocktaking.calls.queries.windows import verdict_for
from stocktaking.calls.rules.window import ACCEPTS, Verdict
from stocktaking.calls.states import CallState, Part, ReplyState, may_move


def held_reply(reply: Reply) -> Reply:
    """The newest state of the row; RuleBroken ``reply_unknown`` where it is gone."""
    found = (
        Reply.objects.select_for_update(of=("self",))
        .select_related("call", "answer_set")
        .filter(pk=reply.pk)
        .first()
    )
    if found is None:
        raise refused("reply_unknown")
    return found


def held_call(call: Call) -> Call:
    found = Call.objects.select_for_update().filter(pk=call.pk).first()
    if found is None:
        raise refused("call_unknown")
    return found


def require_open(call: Call, at: dt.datetime, person: Person | None) -> None:
    """RuleBroken unless the call takes what arrived at this moment from this person."""
    if call.state == CallState.CANCELLED:
        raise refused("call_cancelled")
    found = verdict_for(call, at, person)
    if found not in ACCEPTS:
        raise refused("call_not_open" if found is Verdict.NOT_YET else "call_closed")


def move(reply: Reply, then: ReplyState) -> None:
    if not may_move(ReplyState(reply.state), then):
        raise refused("move_refused", "state")
    reply.state = then


def lead_of(reply: Reply) -> Person | None:
    """None where the last author was erased."""
    author = reply.authors.filter(part=Part.LEAD).select_related("person").first()
    return author.person if author else None
