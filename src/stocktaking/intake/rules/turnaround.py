"""How long people wait for a first decision."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

AGES = ((0, 7), (8, 14), (15, 30), (31, 60), (61, None))  # days, both ends included
Span = tuple[dt.datetime, dt.datetime]  # sent, decided


@dataclass(frozen=True)
class Turnaround:
    """Days from sending to the first decision: half of them took at most ``median``."""

    decided: int
    median: float | None
    slowest_tenth: float | None  # nine of ten took at most so long


def days_between(sent: dt.datetime, then: dt.datetime) -> float:
    return max((then - sent).total_seconds(), 0.0) / 86_400


def turnaround(spans: Iterable[Span]) -> Turnaround:
    days = sorted(days_between(sent, decided) for sent, decided in spans)
    return Turnaround(len(days), percentile(days, 50), percentile(days, 90))


def percentile(ordered: Sequence[float], share: int) -> float | None:
    """The smallest of the ordered values that at least ``share`` per cent do not exceed."""
    if not ordered:
        return None
    place = -(-len(ordered) * share // 100)
    return ordered[max(place, 1) - 1]


def by_month(spans: Iterable[Span]) -> list[tuple[str, Turnaround]]:
    """By the month of the decision, oldest first; a month without one is left out."""
    found: dict[str, list[Span]] = {}
    for sent, decided in spans:
        found.setdefault(f"{decided:%Y-%m}", []).append((sent, decided))
    return [(month, turnaround(held)) for month, held in sorted(found.items())]


def by_age(sent: Iterable[dt.datetime], at: dt.datetime) -> list[tuple[int, int | None, int]]:
    """How many wait how long: first and last day of each span, and the count."""
    days = [int(days_between(one, at)) for one in sent]
    return [
        (
            first,
            last,
            sum(1 for day in days if day >= first and (last is None or day <= last)),
        )
        for first, last in AGES
    ]
