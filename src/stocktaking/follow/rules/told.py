"""Numbers of entries that were told already, in little room: those of an import follow each
other, so that ten thousand of them are a single pair."""

from collections.abc import Iterable, Sequence

Spans = list[list[int]]  # first and last of numbers that follow each other, in order


def packed(numbers: Iterable[int]) -> Spans:
    spans: Spans = []
    for number in sorted(set(numbers)):
        if spans and spans[-1][1] == number - 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return spans


def unpacked(spans: Sequence[Sequence[int]]) -> set[int]:
    return {number for first, last in spans for number in range(first, last + 1)}
