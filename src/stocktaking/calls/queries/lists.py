"""Calls as everybody sees them, and as organisers do."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count

from stocktaking.calls.models import Call
from stocktaking.calls.queries.counts import sent_by_call
from stocktaking.calls.queries.deadline import Told, tell
from stocktaking.calls.queries.kept import windows
from stocktaking.calls.queries.windows import verdict_for, window_of
from stocktaking.calls.rules.window import Verdict, verdict
from stocktaking.calls.states import CallState, ReplyState
from stocktaking.kernel import languages
from stocktaking.reference.queries.catalogue import pick


@dataclass(frozen=True)
class CallCard:
    """A call in a list, in the language of the request. Grace is not told: after the announced
    end a call counts as closed here."""

    slug: str
    kind: str
    title: str
    summary: str
    state: CallState
    verdict: Verdict
    opens: Told
    closes: Told
    days_left: int
    collection: str

    @property
    def open(self) -> bool:
        return self.verdict is Verdict.OPEN


@dataclass(frozen=True)
class CallLists:
    open: tuple[CallCard, ...]
    coming: tuple[CallCard, ...]
    closed: tuple[CallCard, ...]


def call_lists(at: dt.datetime) -> CallLists:
    """Published calls: open ones by their end, coming ones by their beginning, closed ones with
    the newest first; cancelled ones are among the closed. One SQL query."""
    rows = Call.objects.exclude(state=CallState.DRAFT)
    shown = [(row, card(row, at)) for row in rows if row.published_at]
    by_end = sorted(shown, key=lambda pair: pair[0].closes_at)
    by_start = sorted(shown, key=lambda pair: pair[0].opens_at)
    return CallLists(
        open=tuple(one for _, one in by_end if one.verdict is Verdict.OPEN),
        coming=tuple(one for _, one in by_start if one.verdict is Verdict.NOT_YET),
        closed=tuple(one for _, one in reversed(by_end) if one.verdict is Verdict.CLOSED),
    )


def open_calls(at: dt.datetime) -> list[CallCard]:
    """The calls that are open, the next to close first. One SQL query, and none where none is."""
    numbers = [
        one.number
        for one in windows()
        if one.state == CallState.PUBLISHED and verdict(one.window, at) is Verdict.OPEN
    ]
    rows = Call.objects.filter(pk__in=numbers).order_by("closes_at") if numbers else ()
    return [shown for row in rows if (shown := card(row, at)).open]


def card(row: Call, at: dt.datetime) -> CallCard:
    language = languages.current().code
    return CallCard(
        slug=row.slug,
        kind=row.kind,
        title=pick(row.title, language) or row.slug,
        summary=pick(row.summary, language),
        state=CallState(row.state),
        verdict=announced(row, at),
        opens=tell(row.opens_at, row, end=False),
        closes=tell(row.closes_at, row),
        days_left=window_of(row).days_left(at),
        collection=row.collection,
    )


def announced(call: Call, at: dt.datetime) -> Verdict:
    """The verdict as everybody is told it: without grace."""
    found = verdict_for(call, at)
    return Verdict.CLOSED if found is Verdict.GRACE else found


def standing(at: dt.datetime) -> tuple[object, ...]:
    """What moves whenever a page about calls must: a change to any call, one that opens or
    closes, and the day on which days are counted. For the mark of kept pages; from memory."""
    return tuple(
        (
            one.number,
            one.lock,
            one.window.opens_at <= at,
            one.window.closes_at <= at,
            one.window.days_left(at),
        )
        for one in windows()
    )


@dataclass(frozen=True)
class DeskCall:
    """A call in the list of organisers."""

    card: CallCard
    sent: int
    drafts: int
    letters: int


def desk_calls(at: dt.datetime) -> list[DeskCall]:
    """All calls, the newest end first. Two SQL queries."""
    rows = list(Call.objects.annotate(written=Count("letters")).order_by("-closes_at", "slug"))
    by_call = sent_by_call(row.pk for row in rows)
    found = []
    for row in rows:
        states = by_call.get(row.pk, {})
        sent = (ReplyState.SUBMITTED, ReplyState.RETURNED, ReplyState.ACCEPTED)
        found.append(
            DeskCall(
                card=card(row, at),
                sent=sum(states.get(state, 0) for state in sent),
                drafts=states.get(ReplyState.DRAFT, 0),
                letters=row.written,
            )
        )
    return found
