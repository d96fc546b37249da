"""Snippets cut from the original text, with the words that matched marked."""

import re
from dataclasses import dataclass
from functools import lru_cache

from stocktaking.kernel.text.analysis import chunk_terms
from stocktaking.kernel.text.characters import CHUNK
from stocktaking.kernel.text.normalise import fold
from stocktaking.kernel.text.words import words
from stocktaking.search.engine.ask import Wanted
from stocktaking.search.rules.values import Segment

LENGTH = 220  # characters of text
LEAD = 60  # of them before the first mark
SCANNED = 30_000  # characters of a document that are looked through
HINT = 3  # letters
_JOINTS = str.maketrans("", "", "-'._`")
_SPACES = re.compile(r"\s+")

Span = tuple[int, int]


@dataclass
class Found:
    """Marks in one text; ``kinds`` counts the different words among them."""

    language: str
    text: str
    spans: list[Span]
    kinds: int


class Cutter:
    """Cuts snippets for one question; remembers which words it met."""

    def __init__(self, wanted: Wanted) -> None:
        self.terms = frozenset(wanted.terms)
        self.prefixes = tuple(wanted.prefixes)
        self.unspaced = tuple(sorted(wanted.unspaced, key=len, reverse=True))
        self.aim = len(wanted.unspaced) + len(wanted.prefixes) + bool(wanted.terms)
        # A stem begins like its word: few words need a stemmer to be told apart.
        self.hints = tuple({term[:HINT] for term in (*self.terms, *self.prefixes)})
        self._met: dict[tuple[str, str], str] = {}

    def cut(self, sources: list[str]) -> tuple[tuple[Segment, ...], str]:
        """The best place in summary and texts, and its language; nothing where none matches."""
        best: Found | None = None
        budget = SCANNED
        for source in sources:
            kind, language, text = source.split("\t", 2)
            if kind not in ("summary", "text") or budget <= 0:
                continue
            found = self._look(language, text[:budget])
            budget -= len(text)
            if found.spans and (best is None or found.kinds > best.kinds):
                best = found
                if found.kinds >= self.aim:
                    break
        return (_segments(best), best.language) if best else ((), "")

    def _look(self, language: str, text: str) -> Found:
        spans: list[Span] = []
        kinds: set[str] = set()
        for term in self.unspaced:
            start = text.find(term)
            while start >= 0 and len(spans) < 200:
                spans.append((start, start + len(term)))
                kinds.add(term)
                start = text.find(term, start + 1)
        if self.terms or self.prefixes:
            code = language.split("-")[0].lower()
            for match in CHUNK.finditer(text):
                if met := self._meets(match.group(), code):
                    spans += self._inside(match.group(), code, match.start())
                    kinds.add(met)
                    if len(spans) > 60:
                        break
        return Found(language, text, _merged(spans), len(kinds))

    def _meets(self, chunk: str, language: str) -> str:
        """One of the wanted terms that this chunk holds, or an empty string."""
        key = (chunk, language)
        met = self._met.get(key)
        if met is None:
            met = self._met[key] = self._first_met(chunk, language)
        return met

    def _first_met(self, chunk: str, language: str) -> str:
        plain = chunk.lower().translate(_JOINTS) if chunk.isascii() else fold(chunk)
        if not any(hint in plain for hint in self.hints):
            return ""
        held = _keys(chunk, language)
        if not held.isdisjoint(self.terms):
            return min(held & self.terms)
        for prefix in self.prefixes:
            if any(term.startswith(prefix) for term in chunk_terms(chunk, language)[0].split()):
                return prefix
        return ""

    def _inside(self, chunk: str, language: str, offset: int) -> list[Span]:
        """The words of a chunk that match; the whole chunk where only its compound does."""
        spans = [
            (offset + word.start, offset + word.end)
            for word in words(chunk)
            if not word.unspaced and self._meets(word.text, language)
        ]
        return spans or [(offset, offset + len(chunk))]


@lru_cache(maxsize=65_536)
def _keys(chunk: str, language: str) -> frozenset[str]:
    exact, stemmed = chunk_terms(chunk, language)
    return frozenset(exact.split()) | frozenset(stemmed.split())


def _merged(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _segments(found: Found) -> tuple[Segment, ...]:
    start, end = _window(found)
    segments: list[Segment] = []
    position = start
    for left, right in found.spans:
        if left < start or right > end:
            continue
        _add(segments, found.text[position:left], marked=False)
        _add(segments, found.text[left:right], marked=True)
        position = right
    _add(segments, found.text[position:end], marked=False)
    if start > 0:
        segments.insert(0, Segment("… " if found.text[start - 1].isspace() else "…"))
    if end < len(found.text):
        segments.append(Segment(" …" if found.text[end].isspace() else "…"))
    return tuple(segments)


def _add(segments: list[Segment], text: str, *, marked: bool) -> None:
    if text:
        segments.append(Segment(_SPACES.sub(" ", text), marked))


def _window(found: Found) -> Span:
    """The stretch with the most marks, cut at blanks where there are any."""
    text = found.text
    if len(text) <= LENGTH:
        return 0, len(text)
    first = max(
        found.spans,
        key=lambda span: sum(span[0] <= left < span[0] + LENGTH - LEAD for left, _ in found.spans),
    )
    start = max(0, first[0] - LEAD)
    end = min(len(text), max(start + LENGTH, first[1]))
    start = max(0, min(start, end - LENGTH))
    if start > 0 and (blank := text.find(" ", start, first[0])) >= 0:
        start = blank + 1
    if end < len(text) and (blank := text.rfind(" ", first[1], end)) >= 0:
        end = blank
    return start, end
