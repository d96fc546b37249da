"""Rows of replies and calls, held until the end of the transaction."""

import datetime as dt

from django.db.models import QuerySet

from stocktaking.accounts.models import Organisation, Person
from stocktaking.calls.models import Call, Reply, ReplyAuthor
from stocktaking.calls.operations.refusals import refused
from stocktaking.calls.queries.windows import verdict_for
from stocktaking.calls.rules.quota import Quota
from stocktaking.calls.rules.quota import refusal as too_many
from stocktaking.calls.rules.window import ACCEPTS, Verdict
from stocktaking.calls.states import CallState, Occasion, Part, ReplyState, may_move

# These count towards a quota; a draft may still become one.
COUNTED = (ReplyState.DRAFT, ReplyState.SUBMITTED, ReplyState.RETURNED, ReplyState.ACCEPTED)


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


def require_room(
    call: Call,
    *,
    person: Person | None,
    organisation: Organisation | None,
    besides: Reply | None = None,
    states: tuple[ReplyState, ...] = COUNTED,
) -> None:
    """RuleBroken where one more reply of this lead author and organisation is too many.

    Person and organisation are held while they are counted, so that two requests at once
    cannot both be the last one; always in this order.
    """
    quota = Quota(call.per_person, call.per_organisation)
    if not quota.limits:
        return
    others = Reply.objects.filter(call=call, occasion=Occasion.NEW, state__in=states)
    if besides is not None:
        others = others.exclude(pk=besides.pk)
    of_person = of_organisation = 0
    if person is not None and quota.per_person is not None:
        Person.objects.select_for_update(no_key=True).get(pk=person.pk)
        of_person = others.filter(authors__person=person, authors__part=Part.LEAD).count()
    if organisation is not None and quota.per_organisation is not None:
        Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
        of_organisation = _of(organisation, others).count()
    if code := too_many(quota, of_person, of_organisation):
        raise refused(code)


def _of(organisation: Organisation, replies: QuerySet[Reply]) -> QuerySet[Reply]:
    """What counts for an organisation. Anybody may name it in an answer: where it has members,
    a stranger's reply takes no place of theirs."""
    named = replies.filter(organisation=organisation)
    if not organisation.memberships.exists():
        return named
    return named.filter(
        authors__in=ReplyAuthor.objects.filter(
            part=Part.LEAD, person__memberships__organisation=organisation
        )
    )


def lead_of(reply: Reply) -> Person | None:
    """None where the last author was erased."""
    author = reply.authors.filter(part=Part.LEAD).select_related("person").first()
    return author.person if author else None
