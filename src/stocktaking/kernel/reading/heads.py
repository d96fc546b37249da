"""Finding the row of the heads below the lines of a cover sheet, and giving each column a name."""

import re
from collections.abc import Collection, Sequence

from stocktaking.kernel.reading.records import Note

HEAD_MAX = 300  # letters of a name
LONG = 150  # letters that are looked at

_INVISIBLE = re.compile(
    "[\0-\x1f\x7f-\x9f\xad\u200b\u2060\ufeff\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]+"
)
_NUMBER = re.compile(r"[-+]?[\d\s.,/:%-]*\d[\d\s.,/:%-]*")

Cells = Sequence[str]


def find_header(rows: Sequence[Cells]) -> tuple[int, bool]:
    """The place in ``rows`` of the one that looks like heads, and whether that is in doubt.

    It is the first that has almost as many cells as the widest rows, few of them numbers and none
    a long text. Where there is none, it is the first that says anything, in doubt.
    """
    filled = [sum(1 for cell in row if cell.strip()) for row in rows]
    # single rows that are wider are slips
    widest = sorted(filter(None, filled), reverse=True)
    most = widest[min(max(1, len(widest) // 30), len(widest) - 1)] if widest else 0
    least = max(1, most * (0.6 if most > 3 else 0.8))
    for place, row in enumerate(rows):
        if filled[place] >= least and _heads(row):
            return place, False
    return next((place for place, count in enumerate(filled) if count), 0), True


def _heads(row: Cells) -> bool:
    texts = [cell.strip() for cell in row if cell.strip()]
    numbers = sum(1 for text in texts if _NUMBER.fullmatch(text[:LONG]))
    twice = len(texts) - len(set(texts))
    return 2 * numbers < len(texts) and 2 * twice <= len(texts) and max(map(len, texts)) <= HEAD_MAX


def name_columns(heads: Cells) -> tuple[tuple[str, ...], tuple[Note, ...]]:
    """A name for each column, all different, with what to tell about those that were made up."""
    names: list[str] = []
    taken: set[str] = set()
    notes: list[Note] = []
    stated = {head_text(head) for head in heads}
    for place, head in enumerate(heads):
        text = head_text(head)
        if not text:
            name = free_name(f"Column {letters_of(place)}", taken | stated)
            notes.append(Note("head_empty", name))
        elif text in taken:
            name = free_name(text, taken | stated)
            notes.append(Note("head_repeated", name, {"name": text}))
        else:
            name = text
        names.append(name)
        taken.add(name)
    return tuple(names), tuple(notes)


def head_text(head: str) -> str:
    """A head on one line, without what cannot be seen."""
    return " ".join(_INVISIBLE.sub(" ", head).split())[:HEAD_MAX]


def free_name(name: str, taken: Collection[str]) -> str:
    """``Name``, or ``Name (2)`` and so on where that is taken."""
    free, count = name, 1
    while free in taken:
        count += 1
        free = f"{name} ({count})"
    return free


def letters_of(place: int) -> str:
    """How a spreadsheet calls the column at a place, counted from 0: A, B, ..., Z, AA."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
