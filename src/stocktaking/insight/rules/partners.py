"""Who works on the same here: pairs of a country and a term, weighed by how few share them."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

MOST_PAIRS = 12  # of each axis, an organisation's own most frequent ones
TOLD = 3  # countries of one organisation that are named
TERMS_TOLD = 3  # in each of them


@dataclass(frozen=True)
class Pair:
    """A term of one axis of the grid in a country."""

    axis: str
    term: str
    country: str


@dataclass
class Standing:
    """One organisation beside another: the pairs that both have, with its own entries in each."""

    organisation: str
    score: float = 0.0
    pairs: dict[Pair, int] = field(default_factory=dict)

    def by_country(self) -> list[tuple[str, list[Pair]]]:
        """The countries with the most in common first, and in each the terms with the most
        entries."""
        found: dict[str, list[Pair]] = {}
        for pair in sorted(self.pairs, key=lambda pair: (-self.pairs[pair], pair.axis, pair.term)):
            found.setdefault(pair.country, []).append(pair)
        ordered = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
        return [(country, pairs[:TERMS_TOLD]) for country, pairs in ordered[:TOLD]]


def main_pairs(axis: str, counts: Mapping[tuple[str, str], int]) -> list[Pair]:
    """Pairs by term and country, the most frequent first; what has no entry is no pair."""
    ordered = sorted(counts, key=lambda key: (-counts[key], key))
    held = [Pair(axis, term, country) for term, country in ordered if counts[term, country]]
    return held[:MOST_PAIRS]


def ranked(
    own: str, tallies: Iterable[tuple[Pair, Mapping[str, int]]], organisations: int
) -> list[Standing]:
    """Everybody who shares a pair, the nearest first.

    A pair that few have says more than one that half the register has; the second entry of an
    organisation in a pair adds less than the first.
    """
    found: dict[str, Standing] = {}
    for pair, counts in tallies:
        weight = math.log(1 + organisations / max(1, len(counts)))
        for name, count in counts.items():
            if name != own and count:
                standing = found.setdefault(name, Standing(name))
                standing.score += weight * (1 + math.log(count))
                standing.pairs[pair] = count
    return sorted(found.values(), key=lambda one: (-one.score, one.organisation))
