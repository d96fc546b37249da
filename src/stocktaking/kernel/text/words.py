"""Where words begin and end, in texts of any script and of several at once."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from stocktaking.kernel.text.characters import (
    APOSTROPHES,
    CONNECTORS,
    RUN,
    UNSPACED_RUN,
)
from stocktaking.kernel.text.normalise import fold

# L'eau, d'accès, qu'elle: the elided word says nothing; Arabic and Spanish have no such thing
ELIDED = frozenset(["l", "d", "j", "m", "n", "s", "t", "c", "qu", "jusqu", "lorsqu", "puisqu"])
_LETTERS_THEN_DIGITS = re.compile(r"^([^\W\d_]+)(\d+)$")
_CONNECTOR = re.compile(f"[{CONNECTORS}]")


@dataclass(frozen=True, slots=True)
class Word:
    """A word, or a pair of characters of a script without spaces.

    ``start`` and ``end`` are offsets in the original text; ``joined`` is the hyphen, apostrophe
    or dot where nothing else stands between this word and the one before it.
    """

    text: str
    start: int
    end: int
    joined: str = ""
    unspaced: bool = False

    @property
    def folded(self) -> str:
        return fold(self.text)


def words(text: str) -> Iterator[Word]:
    """The words of a text in order. Never raises, whatever the characters."""
    previous_end = -1
    for match in RUN.finditer(text):
        between = text[previous_end : match.start()] if previous_end >= 0 else ""
        joined = between if len(between) == 1 and _CONNECTOR.match(between) else ""
        previous_end = match.end()
        run = match.group()
        if run.isascii() or UNSPACED_RUN.search(run) is None:
            yield Word(run, match.start(), match.end(), joined)
            continue
        yield from _mixed(run, match.start(), joined)


def _mixed(run: str, offset: int, joined: str) -> Iterator[Word]:
    """Parts of a run in which a script without spaces meets another (``5G网络``)."""
    position = 0
    for match in UNSPACED_RUN.finditer(run):
        if match.start() > position:
            yield Word(
                run[position : match.start()], offset + position, offset + match.start(), joined
            )
        yield from _pairs(match.group(), offset + match.start())
        position, joined = match.end(), ""
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
        first = index + 1 if last > index and is_elided(found[index], found[index + 1]) else index
        pieces = [word.folded for word in found[first : last + 1]]
        if first < last and not all(piece.isdigit() for piece in pieces):
            yield first, last, "".join(pieces)
        index = last + 1


def is_elided(word: Word, following: Word) -> bool:
    """Whether a word is only the ``l'`` of the one that follows."""
    return word.folded in ELIDED and following.joined != "" and following.joined in APOSTROPHES


def letters_and_digits(folded: str) -> tuple[str, str] | None:
    """``sdg4`` -> ``("sdg", "4")``: people write SDG4 and SDG 4."""
    match = _LETTERS_THEN_DIGITS.match(folded)
    return (match[1], match[2]) if match else None
