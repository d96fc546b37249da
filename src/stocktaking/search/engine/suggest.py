"""Did you mean: the likeliest word of the index for a word that it does not know."""

import re
from collections import defaultdict
from dataclasses import dataclass

import tantivy
from rapidfuzz import process
from rapidfuzz.distance import OSA

from stocktaking.kernel.text.languages import ANY_STOP_WORD
from stocktaking.kernel.text.normalise import fold
from stocktaking.kernel.text.words import words
from stocktaking.search.engine.reader import Snapshot

KNOWN_WORDS = 60_000  # the commonest words of an index; rarer ones are often misspelt themselves
SHORTEST = 4
RARE = 4  # documents; a word that stands in more is not doubted
COMMONER = 8  # a known but rare word is doubted when another is so many times commoner


@dataclass(frozen=True)
class Vocabulary:
    by_length: dict[int, list[str]]
    frequency: dict[str, int]


def vocabulary(snapshot: Snapshot) -> Vocabulary:
    """Words of the index with the number of documents that hold them, read once a commit."""
    return snapshot.kept.of("vocabulary", lambda: _vocabulary(snapshot))


def _vocabulary(snapshot: Snapshot) -> Vocabulary:
    found = snapshot.searcher.terms_with_prefix("words", "", limit=KNOWN_WORDS)
    by_length: dict[int, list[str]] = defaultdict(list)
    for word, _ in found:
        if len(word) >= SHORTEST - 1 and not any("0" <= letter <= "9" for letter in word):
            by_length[len(word)].append(word)
    return Vocabulary(dict(by_length), dict(found))


def correction(snapshot: Snapshot, word: str) -> str | None:
    """The commonest of the nearest known words, as it is written in some document."""
    folded = fold(word)
    if len(folded) < SHORTEST or folded in ANY_STOP_WORD or not folded.isalpha():
        return None
    own = snapshot.searcher.doc_freq("words", folded)
    if own > RARE:
        return None
    known = vocabulary(snapshot)
    distance = 1 if len(folded) < 6 else 2
    candidates = [
        candidate
        for length in range(len(folded) - distance, len(folded) + distance + 1)
        for candidate in known.by_length.get(length, ())
    ]
    near = process.extract(folded, candidates, scorer=OSA.distance, score_cutoff=distance, limit=50)
    best = min(
        ((gap, candidate[0] != folded[0], -known.frequency[candidate], candidate)
         for candidate, gap, _ in near if gap > 0),
        default=None,
    )  # fmt: skip
    if best is None or -best[2] < max(1, own * COMMONER):
        return None
    return _as_written(snapshot, best[3])


def _as_written(snapshot: Snapshot, folded: str) -> str:
    """With its accents, in small letters: the index itself holds folded words only."""
    query = tantivy.Query.term_query(snapshot.schema, "words", folded, "basic")
    for _, address in snapshot.searcher.search(query, 1, count=False).hits:
        for source in snapshot.searcher.doc(address)["source"]:
            for word in words(source.split("\t", 2)[2]):
                if word.folded == folded:
                    return word.text.lower()
    return folded


def replaced(text: str, corrections: dict[str, str]) -> str:
    """A question with its misspelt words put right."""
    pattern = "|".join(re.escape(word) for word in sorted(corrections, key=len, reverse=True))
    return re.sub(pattern, lambda match: corrections[match.group()], text) if pattern else text
