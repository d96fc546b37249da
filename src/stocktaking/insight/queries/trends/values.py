"""A trend: a question, one sentence, one number, one figure, one table, and where it comes from."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from stocktaking.insight.rules.trends.spans import Span
from stocktaking.kernel.charts.figures import Figure

Kind = Literal["text", "count", "share", "points"]
Value = str | int | float | None
Pair = tuple[str, str]


class Basis(StrEnum):
    """Which place of an entry a figure counts."""

    NONE = ""
    FROM = "from"  # the region of its organisation, with the international one
    SEAT = "seat"  # the country of its organisation
    WORKS = "works"


@dataclass(frozen=True)
class Column:
    """``code`` is the head of a file and never changes; ``title`` is in the reader's language."""

    code: str
    title: str
    kind: Kind = "count"


@dataclass(frozen=True)
class Row:
    """Values in the order of the columns; ``url`` leads to what the first one names, ``code`` is
    what people call it besides."""

    values: tuple[Value, ...]
    url: str = ""
    code: str = ""


@dataclass(frozen=True)
class Table:
    columns: tuple[Column, ...]
    rows: tuple[Row, ...] = field(repr=False)


@dataclass(frozen=True)
class Trend:
    """``figure`` is None where there is nothing to draw: ``answer`` says so then.

    ``amount`` is written in the reader's language, ``amount_of`` says what it counts. ``source``
    are whole sentences. ``detail`` is the longer table that a file holds, else ``table``.
    """

    answer: str
    amount: str
    amount_of: str
    figure: Figure | None = field(repr=False)
    table: Table = field(repr=False)
    source: tuple[str, ...]
    basis: Basis = Basis.NONE
    total: int = 0
    detail: Table | None = field(default=None, repr=False)
    name: str = ""  # in addresses; never changes
    title: str = ""

    @property
    def columns(self) -> tuple[Column, ...]:
        return self.table.columns

    @property
    def rows(self) -> tuple[Row, ...]:
        return self.table.rows

    @property
    def file(self) -> Table:
        return self.detail or self.table


# the address of the entries that carry these terms and were registered in this span
Link = Callable[[tuple[Pair, ...], Span | None], str]


def no_link(_terms: tuple[Pair, ...], _span: Span | None) -> str:
    """Nowhere: for figures on paper."""
    return ""
