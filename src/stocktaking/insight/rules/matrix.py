"""What follows from the counts of a grid: shares, and where practice and reference part."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

Square = tuple[str, str]  # codes of row and column


def share(count: int, total: int) -> float:
    """Part of a total, from 0 to 1; of nothing it is 0."""
    return count / total if total else 0.0


@dataclass(frozen=True)
class Kinds:
    """How many squares a reference and the counts make of each kind."""

    both: int
    empty: int  # linked, and nothing is there
    unforeseen: int  # filled, and not linked
    neither: int


def kinds(
    counts: Mapping[Square, int], links: Collection[Square], squares: Iterable[Square]
) -> Kinds:
    """The squares sorted: linked or not, filled or not. The four add up to all of them."""
    found = [(square in links, bool(counts.get(square))) for square in squares]
    return Kinds(
        both=found.count((True, True)),
        empty=found.count((True, False)),
        unforeseen=found.count((False, True)),
        neither=found.count((False, False)),
    )


def most_used(totals: Mapping[str, int], codes: Iterable[str], most: int) -> set[str]:
    """The codes that most entries carry, at most so many; earlier ones win a tie."""
    carried = [code for code in codes if totals.get(code)]
    return set(sorted(carried, key=lambda code: -totals[code])[:most])
