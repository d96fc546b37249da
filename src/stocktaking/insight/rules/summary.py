"""Answers of many, counted: choices, numbers, years. Free texts are never summed up."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from stocktaking.questionnaires.rules.values import chosen, is_number

LONGEST = 40  # years from the first to the last that are all named, also the empty ones


@dataclass(frozen=True)
class Spread:
    """Numbers that were answered."""

    answers: int
    sum: float
    middle: float


def chosen_counts(answers: Iterable[Any], options: Sequence[str] = ()) -> list[tuple[str, int]]:
    """How many answers name each code: ``options`` in their order, also those that nobody chose,
    then what else was answered, the most first. Who names a code twice counts once."""
    counted: Counter[str] = Counter()
    for answer in answers:
        counted.update({code for code in chosen(answer) if isinstance(code, str)})
    others = [code for code in counted if code not in options]
    others.sort(key=lambda code: (-counted[code], code))
    return [(code, counted[code]) for code in (*options, *others)]


def spread(answers: Iterable[Any]) -> Spread | None:
    """None where nobody answered with a number."""
    stated = [answer for answer in answers if is_number(answer)]
    return Spread(len(stated), sum(stated), median(stated)) if stated else None


def years_of(dates: Iterable[Any]) -> dict[int, int]:
    """How many of these dates (YYYY, YYYY-MM or YYYY-MM-DD) are in each year."""
    stated = (date[:4] for date in dates if isinstance(date, str))
    return dict(Counter(int(year) for year in stated if len(year) == 4 and year.isdecimal()))


def in_order(years: dict[int, int]) -> tuple[tuple[int, int], ...]:
    """Years from the first to the last, the empty ones between them too where they are few."""
    if not years:
        return ()
    first, last = min(years), max(years)
    if last - first >= LONGEST:
        return tuple(sorted(years.items()))
    return tuple((year, years.get(year, 0)) for year in range(first, last + 1))
