"""What follows from the counts of a grid: shares, and where practice and reference part."""

from collections.abc import Collection, Mapping

Square = tuple[str, str]  # codes of row and column


def share(count: int, total: int) -> float:
    """Part of a total, from 0 to 1; of nothing it is 0."""
    return count / total if total else 0.0


def empty_links(counts: Mapping[Square, int], links: Collection[Square]) -> set[Square]:
    """Squares that the reference links and nothing fills: the gaps."""
    return {square for square in links if not counts.get(square)}


def unforeseen(counts: Mapping[Square, int], links: Collection[Square]) -> set[Square]:
    """Squares that are filled although the reference does not link them."""
    return {square for square, count in counts.items() if count and square not in links}
