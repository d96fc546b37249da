"""Time in equal spans: years, or more than one year where there would be too many to draw."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

MOST = 40  # spans that a figure holds
SIZES = (1, 5, 10, 50, 100, 500)  # years of one span
LATELY = 5  # years that are compared with those before them
ENOUGH = 30  # things of which a share is drawn
RUNS = 4  # that a drawing of shares has at least


@dataclass(frozen=True)
class Span:
    """Whole years, from the first to the last."""

    first: int
    last: int
    open: bool = False  # not all of it is over, or asked for

    @property
    def name(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"

    @property
    def begins(self) -> int:
        return dt.date(self.first, 1, 1).toordinal()

    @property
    def ends(self) -> int:
        """The day after it; the calendar itself ends with 9999."""
        return dt.date(self.last, 12, 31).toordinal() + 1


def spans(first: int, last: int, *, until: int) -> tuple[Span, ...]:
    """Spans that hold two days and all between them; ``until`` is the last day that is told of.

    Days are ordinals. A span of several years begins with a round one.
    """
    begin, end = dt.date.fromordinal(first).year, dt.date.fromordinal(last).year
    size = next((size for size in SIZES if (end // size - begin // size) < MOST), SIZES[-1])
    begin = max(1, begin - begin % size)
    made = []
    while begin <= end:
        following = begin - begin % size + size
        final = min(9999, following - 1)
        one = Span(begin, final)
        made.append(Span(begin, final, open=one.ends - 1 > until))
        begin = following
    return tuple(made)


def bounds(made: Sequence[Span]) -> tuple[int, ...]:
    """The days on which spans begin, and the one after the last of them."""
    return (*(span.begins for span in made), made[-1].ends) if made else ()


def lately(made: Sequence[Span]) -> int:
    """How many spans at the end are compared with those before: five years, or the later half of
    fewer than ten; 0 where there is nothing to compare."""
    if len(made) < 2:
        return 0
    size = made[-1].last - made[-1].first + 1
    return max(1, min(len(made) // 2, LATELY // size))


def thick(counts: Sequence[int], least: int = ENOUGH) -> list[tuple[int, int]]:
    """Runs of neighbouring spans, as few in each as give ``least`` things in a run on average;
    but some runs there are, however few the things.

    They are counted from the end, so that the latest is whole.
    """
    count = len(counts)
    if not count:
        return []
    longest = -(-count // RUNS)
    size = next(
        (size for size in range(1, longest) if sum(counts) / -(-count // size) >= least), longest
    )
    edges = list(range(count, 0, -size))[::-1]
    return [(max(0, edge - size), edge) for edge in edges]
