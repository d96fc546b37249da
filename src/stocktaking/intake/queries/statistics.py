"""How long people wait: from sending to the first decision."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count

from stocktaking.accounts.models import Person
from stocktaking.calls.states import ReplyState
from stocktaking.intake.models import Moderation
from stocktaking.intake.rules.turnaround import Turnaround, by_age, by_month, turnaround


@dataclass(frozen=True)
class Load:
    """What one moderator has and has done; ``name`` is empty for what nobody has."""

    name: str
    waiting: int
    first_decisions: int


@dataclass(frozen=True)
class Statistics:
    """``automatic`` confirmations, which nobody decided, are left out of the times."""

    whole: Turnaround
    months: tuple[tuple[str, Turnaround], ...]
    ages: tuple[tuple[int, int | None, int], ...]  # first and last day, how many wait
    load: tuple[Load, ...]
    states: dict[ReplyState, int]
    automatic: int


def statistics(*, at: dt.datetime, call: str = "") -> Statistics:
    """Of all calls, or of one. Six SQL queries; the middles are counted from every decision."""
    rows = Moderation.objects.all()
    if call:
        rows = rows.filter(reply__call__slug=call)
    decided = rows.filter(first_decided_at__isnull=False)
    by_people = decided.exclude(first_decided_by_id=None)
    spans = [
        (sent, then)
        for sent, then in by_people.values_list("first_submitted_at", "first_decided_at")
        if then is not None
    ]
    waiting = rows.filter(reply__state=ReplyState.SUBMITTED)
    since = waiting.values_list("reply__submitted_at", flat=True)
    states = dict(rows.order_by().values_list("reply__state").annotate(Count("pk")))
    return Statistics(
        whole=turnaround(spans),
        months=tuple(by_month(spans)),
        ages=tuple(by_age([sent for sent in since if sent is not None], at)),
        load=_load(
            dict(waiting.order_by().values_list("assigned_to").annotate(Count("pk"))),
            dict(by_people.order_by().values_list("first_decided_by_id").annotate(Count("pk"))),
        ),
        states={state: states.get(state.value, 0) for state in ReplyState if state != "draft"},
        automatic=decided.filter(first_decided_by_id=None).count(),
    )


def _load(waiting: dict[int | None, int], decided: dict[int, int]) -> tuple[Load, ...]:
    """By name; what is nobody's last."""
    numbers = {number for number in (*waiting, *decided) if number is not None}
    people = Person.objects.in_bulk(numbers)
    rows = [
        Load(
            name=people[number].name or str(number),
            waiting=waiting.get(number, 0),
            first_decisions=decided.get(number, 0),
        )
        for number in numbers
        if number in people
    ]
    gone = sum(count for number, count in decided.items() if number not in people)
    nobody = Load("", waiting.get(None, 0), gone)
    return (*sorted(rows, key=lambda row: row.name), nobody)
