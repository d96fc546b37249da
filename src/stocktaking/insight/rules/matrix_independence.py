"""Whether a square holds more or fewer entries than chance would put there.

Chance means independence: of the entries that stand on both sides, the part that carries the
column is the same in every row. How it is told, and why: docs/algorithms/over-and-under.md.
"""

import math
from dataclasses import dataclass
from enum import StrEnum

ENOUGH = 5  # entries, counted or expected; below it nothing is said
MANY = 15  # expected entries from which the normal curve is close enough
# One side of three standard deviations: of a thousand squares without any tendency, about three
# are named by accident.
DEVIATIONS = 3.0
UNLIKELY = 0.00135


class Standing(StrEnum):
    """How a count stands to what independence expects."""

    MORE = "more"
    FEWER = "fewer"
    EXPECTED = "as_expected"
    TOO_FEW = "too_few"
    SAME = "same"  # a term crossed with itself


@dataclass(frozen=True)
class Judgement:
    expected: float
    ratio: float  # counted by expected; 0 where nothing is expected
    standing: Standing


def judged(count: int, *, row: int, column: int, total: int) -> Judgement:
    """A square's count against those of its row and its column among ``total`` entries."""
    expected = row * column / total if total else 0.0
    ratio = count / expected if expected else 0.0
    return Judgement(expected, ratio, _standing(count, expected, row=row, column=column, of=total))


def _standing(count: int, expected: float, *, row: int, column: int, of: int) -> Standing:
    if count < ENOUGH and expected < ENOUGH:
        return Standing.TOO_FEW
    if not 0 < expected < min(row, column):  # a side that all or none carry cannot differ
        return Standing.EXPECTED
    if expected >= MANY:
        spread = math.sqrt(expected * (1 - row / of) * (1 - column / of))
        far = abs(count - expected) >= DEVIATIONS * spread
    else:
        far = _tail(count, expected) < UNLIKELY
    if not far:
        return Standing.EXPECTED
    return Standing.MORE if count > expected else Standing.FEWER


def _tail(count: int, expected: float) -> float:
    """How likely a count at least as far out on its side is (Poisson, which errs on silence)."""
    chance, below = math.exp(-expected), 0.0
    last = count if count < expected else count - 1
    for times in range(last + 1):
        below += chance
        chance *= expected / (times + 1)
    return below if count < expected else max(0.0, 1 - below)
