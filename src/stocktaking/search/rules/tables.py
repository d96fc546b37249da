"""Two facets against each other, as the index counts them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Square = tuple[str, str]  # values of row and column


@dataclass(frozen=True)
class Table:
    """Documents by the values of two facets; one counts in every square it touches.

    Every condition of the query holds in every number, also those on the two facets. ``placed``
    are the documents that carry a value of both, and stand in some square.
    """

    total: int = 0
    with_row: int = 0
    with_column: int = 0
    placed: int = 0
    rows: Mapping[str, int] = field(default_factory=dict)
    columns: Mapping[str, int] = field(default_factory=dict)
    placed_rows: Mapping[str, int] = field(default_factory=dict)
    placed_columns: Mapping[str, int] = field(default_factory=dict)
    squares: Mapping[Square, int] = field(default_factory=dict)
    problems: tuple[str, ...] = ()  # of the query, as in ``Answer``
