"""What makes two entries similar: how much a shared term weighs, and who is shown once only."""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")
# How much terms of a scheme weigh beside words; the axes of the grid weigh 1. What follows from
# something else (the region of a country) is told as a reason and weighs nothing by itself.
WEIGHTS = {"technology": 0.8, "target-group": 0.5, "country": 0.7}
AXIS = 1.0
LEAST = 0.06  # likeness; below it two entries share no more than any two do
ALONE = 3  # rare words that make entries similar which share no square


def weights(
    held: Mapping[str, Sequence[str]], counts: Mapping[str, Mapping[str, int]], total: int
) -> dict[str, dict[str, float]]:
    """The weight of each term that an entry carries: the rarer it is in the register, the more;
    whoever ticks every goal says little with each of them."""
    found: dict[str, dict[str, float]] = {}
    for scheme, codes in held.items():
        factor = WEIGHTS.get(scheme, AXIS)
        for code in codes:
            often = max(1, counts.get(scheme, {}).get(code, 1))
            weight = factor * math.log((total + 1) / often) / math.sqrt(len(codes))
            if weight > 0:
                found.setdefault(scheme, {})[code] = weight
    return found


@dataclass(frozen=True)
class Reasons:
    """Why an entry is similar, in counts; the words and terms stand beside."""

    likeness: float
    words: int
    on_grid: int  # shared terms of the grid
    terms: int  # shared terms of other schemes, countries included

    @property
    def enough(self) -> bool:
        """One shared word or one shared goal is no resemblance."""
        if self.likeness < LEAST:
            return False
        others = self.on_grid - 1 + self.words + self.terms
        return self.words >= ALONE or (self.on_grid > 0 and others > 0)


def once(found: Iterable[T], title: Callable[[T], str], limit: int) -> Iterator[T]:
    """The first of each title, up to ``limit``: of a grant that is registered 392 times, one."""
    seen: set[str] = set()
    for one in found:
        key = title(one)
        if key not in seen:
            seen.add(key)
            yield one
            if len(seen) >= limit:
                return
