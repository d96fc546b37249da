"""A text as words that can be compared, and the phrases in it with the places where they stand."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from stocktaking.kernel.text.characters import UNSPACED_RUN
from stocktaking.kernel.text.languages import ANY_STOP_WORD, STOP_WORDS, guess
from stocktaking.kernel.text.stems import stems
from stocktaking.kernel.text.words import is_elided, words

READ = 40_000  # characters of one text; what a project does is said by then
BETWEEN = "\x1f"


@dataclass(frozen=True, slots=True)
class Read:
    """One word: ``start`` and ``end`` are its places in the text."""

    stem: str
    start: int
    end: int
    unspaced: bool


@dataclass(frozen=True)
class Reading:
    """A text in one of the six languages, without the words that every text has."""

    text: str
    language: str
    words: tuple[Read, ...]

    def written(self, first: int, last: int) -> str:
        """The words from the first to the last one, as the text has them."""
        return " ".join(self.text[self.words[first].start : self.words[last].end].split())

    def phrases(self, longest: Mapping[str, int]) -> Iterator[tuple[str, int, int]]:
        """Keys with the first and last word of each, the shorter ones too.

        ``longest`` says of the first word of a phrase how many words to look at.
        """
        for first, one in enumerate(self.words):
            for last in range(first, min(first + longest.get(one.stem, 0), len(self.words))):
                if last > first and not self._goes_on(last):
                    break
                held = self.words[first : last + 1]
                yield BETWEEN.join([word.stem for word in held]), first, last

    def _goes_on(self, place: int) -> bool:
        """Pairs of characters overlap; what stands apart is another phrase."""
        word, before = self.words[place], self.words[place - 1]
        if word.unspaced != before.unspaced:
            return False
        return not word.unspaced or word.start < before.end


def read(text: str, stated: str) -> Reading:
    """``stated`` is the language that the text is said to be in."""
    text = text[:READ]
    language = language_of(text, stated)
    return Reading(text, language, tuple(_read(text, language)))


def language_of(text: str, stated: str) -> str:
    """The one of the six whose words are looked for: the stated one where it is among them."""
    short = stated.split("-")[0].lower()
    return short if short in STOP_WORDS else guess(text) or "en"


def key_of(phrase: str, language: str) -> str:
    """The key of one phrase; empty where nothing of it can be compared."""
    return BETWEEN.join(one.stem for one in _read(phrase, language))


def stands_in(phrase: str, other: str) -> bool:
    """Whether a phrase is a part of another one as written: "art" is no part of "smart city"."""
    if UNSPACED_RUN.search(phrase):
        return phrase in other
    return re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", other) is not None


def size_of(key: str) -> float:
    """How many words a phrase has; two characters without a space between count as one."""
    parts = key.split(BETWEEN)
    return (len(parts) + 1) / 2 if UNSPACED_RUN.search(key) else len(parts)


def _read(text: str, language: str) -> Iterator[Read]:
    held = list(words(text))
    for place, word in enumerate(held):
        if not word.folded or word.folded in ANY_STOP_WORD:
            continue
        if place + 1 < len(held) and is_elided(word, held[place + 1]):
            continue
        found = word.folded if word.unspaced else stems(word.text, language)[0]
        yield Read(found, word.start, word.end, word.unspaced)
