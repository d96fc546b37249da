"""The sign of the register, and the large grids of pages that have nothing else to show."""

from collections.abc import Iterable, Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString

from stocktaking.kernel.charts.geometry import Shape, dots, framed, lit

# "." empty, "o" recorded, "x" due
SIGN: tuple[str, ...] = ("..o.", "ooxo", "..o.", "..o.")
PITCH = 7
INK = 5


def sign_path(letter: str) -> str:
    """The path of the sign's squares of one kind, 26 units wide."""
    return "".join(
        f"M{PITCH * column} {PITCH * row}h{INK}v{INK}h-{INK}z"
        for row, line in enumerate(SIGN)
        for column, found in enumerate(line)
        if found == letter
    )


def mark() -> SafeString:
    """The sign as inline SVG, in the tokens' colours."""
    return format_html(
        '<svg viewBox="0 0 26 26" aria-hidden="true"><path class="m0" d="{}"/>'
        '<path class="m1" d="{}"/><path class="m2" d="{}"/></svg>',
        sign_path("."),
        sign_path("o"),
        sign_path("x"),
    )


def pattern(lines: Sequence[str], *, top: int = 0, start: int = 0) -> set[tuple[int, int]]:
    """Squares of a pattern written with ``x``, moved down and along."""
    return {
        (row + top, column + start)
        for row, line in enumerate(lines)
        for column, letter in enumerate(line)
        if letter == "x"
    }


def art(
    shape: Shape,
    *,
    label: str,
    squares: Iterable[tuple[int, int]] = (),
    hollow: Iterable[tuple[int, int]] = (),
) -> SafeString:
    """A large grid with some squares inked and some framed in red."""
    return format_html(
        '<svg class="art" viewBox="{}" role="img" aria-label="{}"><path class="dots" d="{}"/>'
        '<path class="lit" d="{}"/><path class="hole" d="{}"/></svg>',
        shape.view_box,
        label,
        dots(shape),
        lit(squares),
        framed(hollow),
    )
