"""Which letters a font has, and a text without the words that no font can write.

Typst draws a box where no font has a letter, and says nothing. So we ask the fonts ourselves:
the table ``cmap`` of a TrueType or OpenType file, in the two forms that carry Unicode.
"""

import mmap
import struct
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

Has = Callable[[int], bool]
# what the faces inside Typst (Libertinus Serif, DejaVu Sans Mono) write for certain
BUILT_IN = (
    *(range(0x20, 0x7F), range(0xA0, 0x180), range(0x391, 0x3A2), range(0x3A3, 0x3CA)),
    *(range(0x400, 0x460), range(0x2010, 0x2016), range(0x2018, 0x201F), range(0x2020, 0x2023)),
    *(range(0x2026, 0x2027), range(0x2030, 0x2031), range(0x20AC, 0x20AD)),
)
SHAPELESS = frozenset({"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"})
MOST_GROUPS = 100_000  # of a table; a font that says more is broken
FULL, BASIC = 12, 4  # forms of the table


def needed(texts: Iterable[str]) -> set[int]:
    """The letters that need a shape; spaces, controls and joiners do not."""
    return {
        ord(letter)
        for text in texts
        for letter in text
        if unicodedata.category(letter) not in SHAPELESS and not 0xFE00 <= ord(letter) <= 0xFE0F
    }


def without(wanted: Iterable[int], fonts: Iterable[tuple[str, int]]) -> set[int]:
    """The letters that no font has; ``fonts`` are files with the place of the face in them."""
    left = {letter for letter in wanted if not any(letter in some for some in BUILT_IN)}
    for path, index in fonts:
        if not left:
            break
        left -= had(Path(path), index, left)
    return left


def readable(text: str, missing: set[int]) -> str:
    """The text without the words that cannot be written; nothing where little would remain."""
    words = text.split()
    kept = [word for word in words if not any(ord(letter) in missing for letter in word)]
    if 2 * sum(map(len, kept)) < sum(map(len, words)):
        return ""
    return " ".join(kept)


def had(path: Path, index: int, wanted: Iterable[int]) -> set[int]:
    """The wanted letters that a face has; none where the file cannot be read."""
    try:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            tests = list(_tests(data, index))
            return {letter for letter in wanted if any(has(letter) for has in tests)}
    except (OSError, ValueError, struct.error, IndexError):
        return set()


def _tests(data: mmap.mmap, index: int) -> Iterator[Has]:
    start = struct.unpack_from(">I", data, 12 + 4 * index)[0] if data[:4] == b"ttcf" else 0
    (count,) = struct.unpack_from(">H", data, start + 4)
    for place in range(start + 12, start + 12 + 16 * count, 16):
        tag, _sum, offset, _length = struct.unpack_from(">4sIII", data, place)
        if tag == b"cmap":
            yield from _of_table(data, offset)


def _of_table(data: mmap.mmap, table: int) -> Iterator[Has]:
    (count,) = struct.unpack_from(">H", data, table + 2)
    for place in range(table + 4, table + 4 + 8 * count, 8):
        platform, encoding, offset = struct.unpack_from(">HHI", data, place)
        unicode = platform == 0 or (platform == 3 and encoding in (1, 10))
        (form,) = struct.unpack_from(">H", data, table + offset)
        if unicode and form == FULL:
            yield _full(data, table + offset)
        elif unicode and form == BASIC:
            yield _basic(data, table + offset)


def _full(data: mmap.mmap, at: int) -> Has:
    (count,) = struct.unpack_from(">I", data, at + 12)
    if count > MOST_GROUPS:
        raise ValueError(count)
    cells = struct.unpack_from(f">{3 * count}I", data, at + 16)
    firsts, lasts, glyphs = cells[0::3], cells[1::3], cells[2::3]

    def has(letter: int) -> bool:
        group = bisect_right(firsts, letter) - 1
        return group >= 0 and letter <= lasts[group] and glyphs[group] + letter - firsts[group] != 0

    return has


def _basic(data: mmap.mmap, at: int) -> Has:
    (doubled,) = struct.unpack_from(">H", data, at + 6)
    count = doubled // 2
    lasts = struct.unpack_from(f">{count}H", data, at + 14)
    firsts = struct.unpack_from(f">{count}H", data, at + 16 + doubled)
    deltas = struct.unpack_from(f">{count}H", data, at + 16 + 2 * doubled)
    offsets_at = at + 16 + 3 * doubled
    offsets = struct.unpack_from(f">{count}H", data, offsets_at)

    def has(letter: int) -> bool:
        part = bisect_left(lasts, letter)
        if letter > 0xFFFF or part >= count or letter < firsts[part]:
            return False
        if not offsets[part]:
            return (letter + deltas[part]) & 0xFFFF != 0
        place = offsets_at + 2 * part + offsets[part] + 2 * (letter - firsts[part])
        glyph: int = struct.unpack_from(">H", data, place)[0]
        return glyph != 0

    return has
