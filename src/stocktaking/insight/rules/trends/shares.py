"""Shares of few things, and how sure they are.

A share of a small number says little: two of four is anything from 15 to 85 per cent. Wilson's
interval says so, also at 0 and at 1, where the usual one would claim certainty. Two shares are
compared by Newcombe's interval of their difference, which is made of Wilson's.
"""

from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from statistics import NormalDist

SURE = 0.95
FEW = 5  # things that carry a term; of fewer nothing is said
THIN = 10  # things in a period; with fewer nothing is compared


class Verdict(StrEnum):
    """What two periods say about a share."""

    EMERGING = "emerging"
    FADING = "fading"
    STEADY = "steady"
    FEW = "few"


@dataclass(frozen=True)
class Share:
    """A part of a whole, with the interval in which it lies at a stated certainty."""

    count: int
    of: int
    low: float
    high: float

    @property
    def value(self) -> float:
        return self.count / self.of if self.of else 0.0


@dataclass(frozen=True)
class Change:
    """A share in two periods; ``low`` and ``high`` are what the difference may be."""

    before: Share
    after: Share
    low: float
    high: float
    verdict: Verdict

    @property
    def difference(self) -> float:
        return self.after.value - self.before.value


def deviations(*, compared: int = 1, sure: float = SURE) -> float:
    """Standard deviations to both sides. Where several things are compared at once each of them
    needs more (Bonferroni), so that all statements together are as sure as one."""
    return NormalDist().inv_cdf(1 - (1 - sure) / (2 * max(1, compared)))


def share(count: int, of: int, *, z: float | None = None) -> Share:
    """Wilson's score interval; of nothing it is from 0 to 1."""
    if of <= 0:
        return Share(0, 0, 0.0, 1.0)
    z = deviations() if z is None else z
    part = count / of
    middle = (part + z * z / (2 * of)) / (1 + z * z / of)
    half = z / (1 + z * z / of) * sqrt(part * (1 - part) / of + z * z / (4 * of * of))
    low = 0.0 if count == 0 else max(0.0, middle - half)
    high = 1.0 if count == of else min(1.0, middle + half)
    return Share(count, of, low, high)


def change(before: tuple[int, int], after: tuple[int, int], *, compared: int = 1) -> Change:
    """Two periods, each as a count and its whole; ``compared`` things are looked at together."""
    z = deviations(compared=compared)
    first, second = share(*before, z=z), share(*after, z=z)
    difference = second.value - first.value
    low = difference - sqrt((second.value - second.low) ** 2 + (first.high - first.value) ** 2)
    high = difference + sqrt((second.high - second.value) ** 2 + (first.value - first.low) ** 2)
    if first.count + second.count < FEW or min(first.of, second.of) < THIN:
        verdict = Verdict.FEW
    elif low > 0:
        verdict = Verdict.EMERGING
    else:
        verdict = Verdict.FADING if high < 0 else Verdict.STEADY
    return Change(share(*before), share(*after), low, high, verdict)
