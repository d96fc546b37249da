r"""What stands in one cell of an edit table: text, a list of codes, or one item per line.

An item is written on one line, its parts separated by `` | ``; parts that say nothing at its end
are left out. A code list is separated by ``; ``. Within a part ``\`` stands before a ``\``, ``|``
or ``;`` that belongs to the text, and ``\n`` for a line break. Blanks around parts do not count.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

BETWEEN_PARTS = " | "
BETWEEN_CODES = "; "
_LEFT_OUT = re.compile(r"\[too long for a cell: \d+ characters; left as it is\]")
_LIKE_LEFT_OUT = re.compile(r"\\*\[too long for a cell: ")
_ESCAPES = {"n": "\n", "\\": "\\", "|": "|", ";": ";"}


def items(rows: Iterable[Sequence[str]]) -> str:
    """A cell of one line for each of these items."""
    return "\n".join(_item(parts) for parts in rows)


def read_items(cell: str) -> Iterator[list[str]]:
    """The parts of each item; empty lines are none."""
    for line in cell.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if line.strip():
            yield [_plain(part) for part in _split(line, "|")]


def codes(stated: Iterable[str]) -> str:
    return BETWEEN_CODES.join(_escaped(code, ";") for code in stated)


def read_codes(cell: str) -> tuple[str, ...]:
    """The codes in order, each once; a line break separates them too."""
    lines = cell.replace("\r", "\n").split("\n")
    found = (_plain(code) for line in lines for code in _split(line, ";"))
    return tuple(dict.fromkeys(code for code in found if code))


def text(stated: str) -> str:
    """The cell with a backslash in front where it would look like one that was left out."""
    return f"\\{stated}" if is_like_left_out(stated) else stated


def is_like_left_out(stated: str) -> bool:
    # most texts begin with neither, and are not looked at any further
    return stated[:1] in ("[", "\\") and _LIKE_LEFT_OUT.match(stated) is not None


def read_text(cell: str) -> str:
    return cell[1:] if cell[:1] == "\\" and is_like_left_out(cell) else cell


def left_out(cell: str) -> str:
    """What stands in the place of a cell that the file cannot hold."""
    return f"[too long for a cell: {len(cell)} characters; left as it is]"


def is_left_out(cell: str) -> bool:
    return _LEFT_OUT.fullmatch(cell.strip()) is not None


def _item(parts: Sequence[str]) -> str:
    said = list(parts)
    while said and not said[-1]:
        said.pop()
    return BETWEEN_PARTS.join(_escaped(part, "|") for part in said)


def _escaped(part: str, separator: str) -> str:
    if "\\" in part:
        part = part.replace("\\", "\\\\")
    if separator in part:
        part = part.replace(separator, f"\\{separator}")
    return part.replace("\n", "\\n")


def _split(line: str, separator: str) -> Iterator[str]:
    """The pieces between separators without a backslash before them, as they are written."""
    if "\\" not in line:
        yield from line.split(separator)
        return
    start = place = 0
    while place < len(line):
        if line[place] == "\\":
            place += 1
        elif line[place] == separator:
            yield line[start:place]
            start = place + 1
        place += 1
    yield line[start:]


def _plain(piece: str) -> str:
    """A part without blanks around it and without its backslashes."""
    piece = piece.strip()
    if "\\" not in piece:
        return piece
    found: list[str] = []
    letters = iter(piece)
    for letter in letters:
        if letter == "\\":
            meant = next(letters, "")
            # a backslash before anything else was typed as one
            letter = _ESCAPES.get(meant, f"\\{meant}")
        found.append(letter)
    return "".join(found)
