"""What entries teach that resemble a text and whose terms somebody has confirmed."""

from collections.abc import Mapping
from dataclasses import dataclass

FEWEST = 3  # entries that carry a term; two are chance
PART = 0.4  # of what the likeness of all of them adds up to
WEIGHT = 2.0  # where all of them carry it
RESEMBLES = 0.1  # likeness; what is less alike teaches nothing


@dataclass(frozen=True)
class Taught:
    """What speaks for a term, and how many entries say so."""

    weight: float
    entries: int


def lesson(likeness: Mapping[int, float], held: Mapping[int, set[str]]) -> dict[str, Taught]:
    """By the code of a term. Entries of which nothing is confirmed have no say."""
    near = {number: likeness[number] for number in held if likeness[number] >= RESEMBLES}
    total = sum(near.values())
    found: dict[str, list[float]] = {}
    for number, like in near.items():
        for code in held[number]:
            found.setdefault(code, []).append(like)
    return {
        code: Taught(WEIGHT * sum(said) / total, len(said))
        for code, said in found.items()
        if len(said) >= FEWEST and sum(said) >= PART * total
    }
