"""How many replies a call has, by what they say of themselves."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from stocktaking.calls.models import Call, Reply
from stocktaking.calls.states import ReplyState
from stocktaking.reference.queries import TermView, catalogue

# Drafts are nobody's business but their authors'; withdrawn and declined ones say nothing.
SENT = (ReplyState.SUBMITTED, ReplyState.RETURNED, ReplyState.ACCEPTED)


@dataclass(frozen=True)
class Counts:
    """Of all replies by state; of those that were sent, and not taken back or declined, by the
    rest. ``None`` as a term: not stated. A country in several regions counts in each."""

    state: dict[ReplyState, int]
    region: tuple[tuple[TermView | None, int], ...]
    country: tuple[tuple[TermView | None, int], ...]
    stakeholder: tuple[tuple[TermView | None, int], ...]
    language: tuple[tuple[str, int], ...]

    @property
    def sent(self) -> int:
        return sum(self.state[state] for state in SENT)

    @property
    def all(self) -> int:
        return sum(self.state.values())


def counts_of(call: Call) -> Counts:
    """Four SQL queries, whatever the number of replies; regions follow from countries, as they
    are grouped on the day on which the call ends."""
    of_state = dict(_grouped(call, "state"))
    countries = _grouped(call, "country", SENT)
    return Counts(
        state={state: of_state.get(state.value, 0) for state in ReplyState},
        region=_by_region(countries, call.closes_at.date()),
        country=_terms("country", countries),
        stakeholder=_terms("stakeholder", _grouped(call, "stakeholder", SENT)),
        language=tuple(sorted(_grouped(call, "language", SENT), key=lambda pair: -pair[1])),
    )


def sent_by_call(calls: Iterable[int]) -> dict[int, dict[ReplyState, int]]:
    """Replies of several calls by state. One SQL query."""
    found: dict[int, dict[ReplyState, int]] = {}
    rows = Reply.objects.filter(call__in=list(calls)).order_by()
    for call, state, counted in rows.values_list("call", "state").annotate(Count("pk")):
        found.setdefault(call, {})[ReplyState(state)] = counted
    return found


def _grouped(
    call: Call, column: str, states: Iterable[ReplyState] | None = None
) -> list[tuple[str, int]]:
    rows = Reply.objects.filter(call=call).order_by()
    if states is not None:
        rows = rows.filter(state__in=[state.value for state in states])
    return list(rows.values_list(column).annotate(Count("pk")))


def _terms(scheme: str, counted: list[tuple[str, int]]) -> tuple[tuple[TermView | None, int], ...]:
    """The most first; what is not stated last."""
    framework = catalogue()
    found: dict[TermView | None, int] = {}
    for code, number in counted:
        term = framework.term(scheme, code)
        found[term] = found.get(term, 0) + number
    return _in_order(found)


def _by_region(
    countries: list[tuple[str, int]], on: dt.date
) -> tuple[tuple[TermView | None, int], ...]:
    framework = catalogue()
    found: dict[TermView | None, int] = {}
    for code, number in countries:
        term = framework.term("country", code)
        regions: list[TermView | None] = []
        if term is not None:
            regions += framework.groups_of(term, scheme="region", on=on)
        for region in regions or [None]:
            found[region] = found.get(region, 0) + number
    return _in_order(found)


def _in_order(found: dict[TermView | None, int]) -> tuple[tuple[TermView | None, int], ...]:
    def place(pair: tuple[TermView | None, int]) -> tuple[bool, int, int]:
        term, number = pair
        return term is None, -number, term.order if term else 0

    return tuple(sorted(found.items(), key=place))
