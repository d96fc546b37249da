"""What of a text goes into an index: exact words in order, and stems without order."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from stocktaking.kernel.text.characters import CHUNK, UNSPACED_RUN
from stocktaking.kernel.text.stems import stems
from stocktaking.kernel.text.words import Word, compounds, letters_and_digits, words

LONGEST = 60  # characters of a word that count; longer "words" are noise


@dataclass(frozen=True, slots=True)
class Analysis:
    """``exact``: folded words in order, one blank between. ``stems``: the same for stems,
    compounds (``ehealth`` of ``e-health``), pieces (``sdg`` and ``4`` of ``SDG4``) and single
    Chinese characters; their order means nothing."""

    exact: str
    stems: str


def analyse(text: str, language: str) -> Analysis:
    """Never raises; both strings are safe for an index that splits at blanks."""
    exact: list[str] = []
    stemmed: list[str] = []
    for chunk in CHUNK.findall(text):
        found = chunk_terms(chunk, language)
        if found[0]:
            exact.append(found[0])
            stemmed.append(found[1])
    return Analysis(" ".join(exact), " ".join(stemmed))


def chunk_terms(chunk: str, language: str) -> tuple[str, str]:
    """Exact and stemmed terms of a piece of text between blanks."""
    if len(chunk) > LONGEST or (not chunk.isascii() and UNSPACED_RUN.search(chunk)):
        return _chunk_terms(chunk, language)  # hardly ever the same again
    return _cached_terms(chunk, language)


def _chunk_terms(chunk: str, language: str) -> tuple[str, str]:
    found = list(words(chunk))
    exact = [term for word in found if (term := word.folded[:LONGEST])]
    return " ".join(exact), " ".join(stemmed_terms(found, language))


_cached_terms = lru_cache(maxsize=131_072)(_chunk_terms)


def stemmed_terms(found: list[Word], language: str) -> Iterator[str]:
    """Everything under which these words can be found when their form does not matter."""
    for index, word in enumerate(found):
        folded = word.folded[:LONGEST]
        if not folded:
            continue
        if word.unspaced:
            yield folded
            if len(word.text) > 1:
                yield folded[0]
                if index + 1 == len(found) or not found[index + 1].unspaced:
                    yield folded[-1]
            continue
        yield from (stem[:LONGEST] for stem in stems(word.text, language))
        yield from letters_and_digits(folded) or ()
    for _, _, compound in compounds(found):
        yield from (stem[:LONGEST] for stem in stems(compound, language))
