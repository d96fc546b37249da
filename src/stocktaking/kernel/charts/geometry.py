"""The grid on paper: every square is 3 units wide, 2.4 of them inked."""

from collections.abc import Iterable
from dataclasses import dataclass

PITCH = 3
MARGIN = 0.3
INK = 2.4


@dataclass(frozen=True)
class Shape:
    """Numbers of rows and columns of a grid."""

    rows: int
    columns: int

    @property
    def width(self) -> int:
        return self.columns * PITCH

    @property
    def height(self) -> int:
        return self.rows * PITCH

    @property
    def view_box(self) -> str:
        return f"0 0 {self.width} {self.height}"

    def pixels(self, side: int = 54) -> tuple[int, int]:
        """Width and height in CSS pixels when the longer side measures ``side``."""
        longer = max(self.width, self.height, 1)
        return max(1, round(self.width * side / longer)), max(1, round(self.height * side / longer))


def number(value: float) -> str:
    """A coordinate, as short as it can be written."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def lit(squares: Iterable[tuple[int, int]]) -> str:
    """The path of inked squares, given as (row, column) from 0."""
    return "".join(
        f"M{number(PITCH * column + MARGIN)} {number(PITCH * row + MARGIN)}h2.4v2.4h-2.4z"
        for row, column in sorted(squares)
    )


def framed(squares: Iterable[tuple[int, int]]) -> str:
    """The path of empty squares with a frame, inset so that the stroke stays inside."""
    return "".join(
        f"M{number(PITCH * column + 0.5)} {number(PITCH * row + 0.5)}h2v2h-2z"
        for row, column in sorted(squares)
    )


def dots(shape: Shape) -> str:
    """The path of all squares of an empty grid."""
    return lit((row, column) for row in range(shape.rows) for column in range(shape.columns))
