"""Where words begin and end, in texts of any script and of several at once."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from stocktaking.kernel.text.characters import (
    APOSTROPHES,
    HAN_CHARACTER,
    HYPHENS,
    RUN,
    UNSPACED_RUN,
)
from stocktaking.kernel.text.normalise import fold

# L'eau, d'accès, qu'elle: the elided word says nothing; Arabic and Spanish have no such thing
ELIDED = frozenset("l d j m n s t c qu jusqu lorsqu puisqu".split())
HAN_PER_WORD = 1.6
_LETTERS_THEN_DIGITS = re.compile(r"^([^\W\d_]+)(\d+)$")
_CONNECTORS = frozenset("-\u2010\u2011\u2012\u2013\ufe63\uff0d'\u2018\u2019\u02bc\u02bb\uff07.\u00b7_")


@dataclass(frozen=True, slots=True)
class Word:
    """A word, or a pair of characters of a script without spaces.

    ``start`` and ``end`` are offsets in the original text; ``joined`` says that only a hyphen,
    an apostrophe or a dot stands between this word and the one before it.
    """

    text: str
    start: int
    end: int
    joined: bool = False
    unspaced: bool = False

    @property
    def folded(self) -> str:
        return fold(self.text)


def words(text: str) -> Iterator[Word]:
    """The words of a text in order. Never raises, whatever the characters."""
    previous_end = -2
    for match in RUN.finditer(text):
        joined = match.start() == previous_end + 1 and text[previous_end] in _CONNECTORS
        previous_end = match.end()
        run = match.group()
        if run.isascii() or UNSPACED_RUN.search(run) is None:
            yield Word(run, match.start(), match.end(), joined)
            continue
        yield from _mixed(run, match.start(), joined)


def _mixed(run: str, offset: int, joined: bool) -> Iterator[Word]:
    """Parts of a run in which a script without spaces meets another (``5G网络``)."""
    position = 0
    for match in UNSPACED_RUN.finditer(run):
        if match.start() > position:
            yield Word(run[position : match.start()], offset + position, offset + match.start(), joined)
        yield from _pairs(match.group(), offset + match.start())
        position, joined = match.end(), False
    if position < len(run):
        yield Word(run[position:], offset + position, offset + len(run))


def _pairs(run: str, offset: int) -> Iterator[Word]:
    if len(run) == 1:
        yield Word(run, offset, offset + 1, unspaced=True)
    for index in range(len(run) - 1):
        yield Word(run[index : index + 2], offset + index, offset + index + 2, unspaced=True)


def compounds(found: list[Word]) -> Iterator[tuple[int, int, str]]:
    """Words that hyphens, apostrophes or dots join: first and last index, text without them.

    ``e-health`` -> ``ehealth``, ``U.N.`` -> ``un``; not ``17.6`` and not ``l'eau``.
    """
    index = 0
    while index < len(found):
        last = index
        while last + 1 < len(found) and found[last + 1].joined:
            last += 1
        first = index + 1 if found[index].folded in ELIDED and last > index else index
        pieces = [word.folded for word in found[first : last + 1]]
        if first < last and not all(piece.isdigit() for piece in pieces):
            yield first, last, "".join(pieces)
        index = last + 1


def letters_and_digits(folded: str) -> tuple[str, str] | None:
    """``sdg4`` -> ``("sdg", "4")``: people write SDG4 and SDG 4."""
    match = _LETTERS_THEN_DIGITS.match(folded)
    return (match[1], match[2]) if match else None


def count_words(text: str) -> int:
    """How many words a text has: runs of letters and digits; Chinese characters / 1.6."""
    han = len(HAN_CHARACTER.findall(text))
    spaced = sum(1 for _ in RUN.finditer(HAN_CHARACTER.sub(" ", text)))
    return spaced + math.ceil(han / HAN_PER_WORD)


__all__ = ["APOSTROPHES", "HYPHENS", "Word", "compounds", "count_words", "letters_and_digits", "words"]
