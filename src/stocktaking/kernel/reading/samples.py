"""Which columns occur in records, and some of their texts."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from stocktaking.kernel.reading.limits import COLUMNS_MAX, SAMPLE_LETTERS
from stocktaking.kernel.reading.paths import TEXT, written
from stocktaking.kernel.reading.records import Record

Samples = dict[str, tuple[str, ...]]


def sampled(
    records: Iterable[Record], columns: tuple[str, ...] | None, most: int
) -> tuple[tuple[str, ...], Samples]:
    """The columns in the order in which they occur, and up to ``most`` different texts of each."""
    found: dict[str, list[str]] = {column: [] for column in columns or ()}
    for record in records:
        pairs = record.data.items() if columns is not None else leaves(record.data)
        for column, value in pairs:
            if column not in found and len(found) >= COLUMNS_MAX:
                continue
            texts = found.setdefault(column, [])
            text = said(value).strip()[:SAMPLE_LETTERS]
            if text and len(texts) < most and text not in texts:
                texts.append(text)
    if columns is None:  # an empty list is no column where others hold something
        below = {column[:end] for column in found for end in _ends(column)}
        found = {column: texts for column, texts in found.items() if texts or column not in below}
    return tuple(found), {column: tuple(texts) for column, texts in found.items()}


def _ends(column: str) -> list[int]:
    return [place for place, sign in enumerate(column) if sign in ".@" and place]


def leaves(data: Any, column: str = "") -> Iterator[tuple[str, Any]]:
    """The path of each value that is not nested, with the value."""
    if isinstance(data, Mapping):
        for name, value in data.items():
            yield from leaves(value, column if column and name == TEXT else written(column, name))
    elif isinstance(data, list):
        for one in data:
            yield from leaves(one, column)
        if not data:
            yield column, ""
    else:
        yield column, data


def said(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
