"""Replies as their authors and as organisers see them."""

import datetime as dt
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import Q, QuerySet

from stocktaking.accounts.models import Person
from stocktaking.calls.models import Allowance, Call, Reply
from stocktaking.calls.queries.windows import window_of
from stocktaking.calls.rules.window import accepts
from stocktaking.calls.states import WRITABLE, CallState, Occasion, Part, ReplyState


@dataclass(frozen=True)
class MyReply:
    """One reply in the list of somebody who writes it. ``until`` is when it must be sent."""

    number: int
    key: str
    title: str
    call: Call
    state: ReplyState
    occasion: Occasion
    part: Part
    changed_at: dt.datetime
    submitted_at: dt.datetime | None
    reason: str
    until: dt.datetime | None

    @property
    def writable(self) -> bool:
        return self.state in WRITABLE


def reply_by_key(key: UUID) -> Reply | None:
    """With its call, answers and entry. One SQL query."""
    rows = Reply.objects.select_related("call", "answer_set", "entry", "organisation")
    return rows.filter(key=key).first()


def replies_of(person: Person) -> list[MyReply]:
    """What somebody writes or wrote, newest change first. Two SQL queries."""
    rows = (
        Reply.objects.filter(authors__person=person)
        .select_related("call")
        .order_by("-changed_at", "-number")
    )
    parts = dict(person.authored.values_list("reply", "part"))
    return [_mine(row, Part(parts[row.number])) for row in rows if row.number in parts]


def drafts_of(person: Person, at: dt.datetime) -> list[MyReply]:
    """What somebody still has to send: drafts to calls that take them, and returned replies.
    ``until`` is the person's own end where more time was allowed. Three SQL queries."""
    allowed = dict(Allowance.objects.filter(person=person).values_list("call", "until"))
    found = []
    for mine in replies_of(person):
        own = allowed.get(mine.call.pk)
        if mine.state is ReplyState.RETURNED:
            found.append(mine)
        elif (
            mine.state is ReplyState.DRAFT
            and mine.call.state == CallState.PUBLISHED
            and accepts(window_of(mine.call), at, own)
        ):
            until = max(mine.call.closes_at, own) if own else mine.call.closes_at
            found.append(replace(mine, until=until))
    return found


def replies_to(call: Call, *, state: ReplyState | None = None, text: str = "") -> QuerySet[Reply]:
    """The replies to a call that were sent, newest first; drafts are nobody's business yet."""
    found = Reply.objects.filter(call=call, submitted_at__isnull=False)
    if state is not None:
        found = found.filter(state=state.value)
    if text.isascii() and text.isdigit() and len(text) < 19:
        found = found.filter(number=int(text))
    elif text:
        fits = Q()
        # SQLite ignores case for ASCII letters only, so the usual spellings are asked for
        for spelling in {text, text.lower(), text.upper(), text.capitalize(), text.title()}:
            fits |= Q(title__icontains=spelling) | Q(organisation_name__icontains=spelling)
        found = found.filter(fits)
    return found.order_by("-submitted_at", "-number")


def _mine(row: Reply, part: Part) -> MyReply:
    return MyReply(
        number=row.number,
        key=str(row.key),
        title=row.title,
        call=row.call,
        state=ReplyState(row.state),
        occasion=Occasion(row.occasion),
        part=part,
        changed_at=row.changed_at,
        submitted_at=row.submitted_at,
        reason=row.reason,
        until=row.call.closes_at if row.state == ReplyState.DRAFT else None,
    )
