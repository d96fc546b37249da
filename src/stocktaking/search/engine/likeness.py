"""Documents that say much the same as one of them: by the rare words that they share.

The index asks itself: the words come from the stored texts of the document, their rarity from
the dictionary, and one query of any of them, each as heavy as it is telling, ranks the others.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import tantivy
from tantivy import Occur

from stocktaking.kernel.text.analysis import LONGEST, analyse
from stocktaking.kernel.text.languages import ANY_STOP_WORD
from stocktaking.kernel.text.stems import stems
from stocktaking.kernel.text.words import Word, words
from stocktaking.search.engine.ask import any_of, silent
from stocktaking.search.engine.filters import facet_field
from stocktaking.search.engine.reader import Snapshot
from stocktaking.search.engine.schema import document_id
from stocktaking.search.rules.likeness import Alike
from stocktaking.search.rules.values import TextPart

TELLING = 24  # words of a document that are asked for
COMMON = 0.04  # a word in a greater part of all documents tells nothing
FEWEST = 30  # of a small index: a word in so few documents is never common
SHORTEST = 3  # letters; characters of scripts without spaces count in pairs
PLACES = {"title": 2.0, "summary": 1.4, "text": 1.0}  # names of organisations are no subject
ONCE = 2.0  # a word that is said so often counts half
READ = 60_000  # characters of one document that are looked at


@dataclass
class Telling:
    """A stem with the ways in which the document writes it, the first one first."""

    stem: str
    weight: float
    written: dict[str, None] = field(default_factory=dict)
    unspaced: bool = False


class Resemblance:
    """One document and what resembles it; words are looked for where they are asked for."""

    def __init__(
        self,
        snapshot: Snapshot,
        kind: str,
        key: str,
        facets: Mapping[str, Mapping[str, float]],
        parts: Iterable[TextPart] = (),
    ) -> None:
        """``facets`` weighs the values that the asked document carries; ``parts`` are its texts
        where it is not in the index, or not as it is meant."""
        self._snapshot = snapshot
        self._kind = kind
        self._key = key
        self._own = [stored(part) for part in parts] or _source(snapshot, kind, key)
        self._telling = _telling(snapshot, self._own)
        self._facets = sum(sum(values.values()) for values in facets.values())
        self._query = _query(snapshot, self._telling.values(), facets)
        self._found: dict[str, tantivy.DocAddress] = {}

    def ranked(self, limit: int) -> list[Alike]:
        """The most alike first."""
        if self._query is None:
            return []
        schema, searcher = self._snapshot.schema, self._snapshot.searcher
        only = tantivy.Query.term_query(schema, "kind", self._kind, "basic")
        asked = tantivy.Query.boolean_query([(Occur.Must, self._query), (Occur.Must, silent(only))])
        found = searcher.search(asked, limit + 1, count=False).hits
        best = max(self._most(), *(float(score) for score, _ in found)) if found else 1.0
        ranked = []
        for score, address in found:
            key = searcher.doc(address)["key"][0]
            self._found[key] = address
            ranked.append(Alike(key, float(score) / best))
        return [one for one in ranked if one.key != self._key][:limit]

    def _most(self) -> float:
        """What a document would have that shares everything."""
        return sum(one.weight for one in self._telling.values()) + self._facets

    def words(self, key: str) -> tuple[str, ...]:
        """The rare words that both use, written as the asked document writes them, the most
        telling first."""
        source = self._snapshot.searcher.doc(self._found[key])["source"]
        return tuple(_shared(self._telling, self._own, source))


def stored(part: TextPart) -> str:
    """A text as the index stores it."""
    return f"{part.kind}\t{part.language}\t{part.text}"


def _source(snapshot: Snapshot, kind: str, key: str) -> Sequence[str]:
    asked = tantivy.Query.term_query(snapshot.schema, "id", document_id(kind, key), "basic")
    found = snapshot.searcher.search(asked, 1, count=False).hits
    if not found:
        return ()
    stored: Sequence[str] = snapshot.searcher.doc(found[0][1])["source"]
    return stored


def _parts(source: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """Kind, language and text of what is stored, up to a limit."""
    left = READ
    for stored in source:
        kind, language, text = stored.split("\t", 2)
        if left > 0:
            yield kind, language.split("-")[0].lower(), text[:left]
        left -= len(text)


def _telling(snapshot: Snapshot, source: Sequence[str]) -> dict[str, Telling]:
    """What sets the document apart: words that some others use as well, but not many."""
    found: dict[str, Telling] = {}
    for kind, language, text in _parts(source):
        place = PLACES.get(kind)
        if place is None:
            continue
        for word, stem in _stemmed(text, language):
            one = found.setdefault(stem, Telling(stem, 0.0, unspaced=word.unspaced))
            one.weight += place
            one.written.setdefault(word.text)
    documents = max(1, snapshot.searcher.num_docs - 1)
    most = max(FEWEST, COMMON * documents)
    weighed = []
    for one in found.values():
        frequency = snapshot.searcher.doc_freq("stems", one.stem)
        if 2 <= frequency <= most and frequency < documents:
            # what is said once, far down, is told by the way
            said = one.weight / (one.weight + ONCE)
            one.weight = said * math.log((documents + 1) / frequency)
            weighed.append(one)
    weighed.sort(key=lambda one: (-one.weight, one.stem))
    return {one.stem: one for one in weighed[:TELLING]}


def _stemmed(text: str, language: str) -> Iterator[tuple[Word, str]]:
    for word in words(text):
        folded = word.folded[:LONGEST]
        if folded in ANY_STOP_WORD:
            continue
        if word.unspaced:
            if len(word.text) > 1 and ANY_STOP_WORD.isdisjoint(word.text):
                yield word, folded
        elif len(folded) >= SHORTEST and folded.isalpha():
            yield word, stems(word.text, language)[0][:LONGEST]


def _query(
    snapshot: Snapshot, telling: Iterable[Telling], facets: Mapping[str, Mapping[str, float]]
) -> tantivy.Query | None:
    schema = snapshot.schema
    asked = [
        tantivy.Query.boost_query(
            tantivy.Query.const_score_query(
                tantivy.Query.term_query(schema, "stems", one.stem, "basic"), 1.0
            ),
            one.weight,
        )
        for one in telling
    ]
    asked += [
        tantivy.Query.const_score_query(
            tantivy.Query.term_query(schema, facet_field(slug), value, "basic"), weight
        )
        for slug, values in facets.items()
        for value, weight in values.items()
        if weight > 0
    ]
    return any_of(asked) if asked else None


def _shared(
    telling: Mapping[str, Telling], own: Sequence[str], source: Sequence[str]
) -> Iterator[str]:
    """The telling words that both use, as the first one writes them, the most telling first."""
    held: set[str] = set()
    texts = []
    for kind, language, text in _parts(source):
        if kind in PLACES:
            held.update(analyse(text, language).stems.split())
            texts.append(text)
    shared = {stem: one for stem, one in telling.items() if stem in held}
    runs = _runs({s for s, one in shared.items() if one.unspaced}, own, "\n".join(texts))
    shown: set[str] = set()
    for stem, one in shared.items():
        written = runs.get(stem, "") if one.unspaced else next(iter(one.written))
        if written and written.lower() not in shown:
            shown.add(written.lower())
            yield written


def _runs(pairs: set[str], own: Sequence[str], other: str) -> dict[str, str]:
    """Shared pairs of characters that follow each other, as the one run that both texts have."""
    found: dict[str, str] = {}
    if not pairs:
        return found
    for kind, _language, text in _parts(own):
        if kind not in PLACES:
            continue
        begin, end = 0, 0
        held: list[str] = []
        for word in words(text):
            if word.unspaced and word.folded in pairs:
                if held and word.start < end and text[begin : word.end] in other:
                    end = word.end
                else:
                    begin, end, held = word.start, word.end, []
                held.append(word.folded)
                for pair in held:
                    if len(text[begin:end]) > len(found.get(pair, "")):
                        found[pair] = text[begin:end]
            else:
                held = []
    return found
