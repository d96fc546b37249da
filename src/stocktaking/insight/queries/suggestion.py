"""Which terms of the grid a text speaks for, with the words that say so. Nothing is stored."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from stocktaking.insight.queries.confirmed import taught_by_entries
from stocktaking.insight.rules.suggestion.judging import Confidence, Evidence, judged
from stocktaking.insight.rules.suggestion.reading import Reading, read
from stocktaking.insight.rules.suggestion.teaching import Taught
from stocktaking.insight.rules.suggestion.vocabulary import Vocabulary, vocabulary
from stocktaking.reference.queries import Catalogue, SchemeView, TermView, catalogue

FOLDER = Path(__file__).resolve().parents[1] / "vocabulary"
MOST = {"action-line": 3}  # suggestions of one scheme
MOST_OF_OTHERS = 4

Texts = Sequence[tuple[str, str]]  # language and text
Held = dict[str, dict[str, list[str]]]


@dataclass(frozen=True)
class Suggestion:
    """A term that a text speaks for; ``words`` led to it, written as they stand there, and
    ``entries`` that resemble it, of which somebody has confirmed that they carry the term."""

    term: TermView
    confidence: Confidence
    words: tuple[str, ...]
    entries: int = 0

    @property
    def good(self) -> bool:
        return self.confidence is Confidence.GOOD


@dataclass(frozen=True)
class Suggestions:
    """What is suggested of one scheme, the likeliest first. ``silent`` are the terms of which
    nothing is known in the languages of the text: there is no suggestion of them, ever."""

    scheme: SchemeView
    found: tuple[Suggestion, ...]
    silent: tuple[TermView, ...] = ()


def suggested_terms(
    texts: Texts, *, schemes: Iterable[str] | None = None, without: int | None = None
) -> list[Suggestions]:
    """For each scheme (default: those of the grid), in their order. ``without`` is the entry
    that the texts are of, which teaches nothing about itself."""
    framework = catalogue()
    wanted = [s for slug in schemes or _axes(framework) if (s := framework.scheme(slug))]
    said = [(language, text) for language, text in texts if text.strip()]
    readings = [read(text, language) for language, text in said]
    taught = taught_by_entries(said, [scheme.slug for scheme in wanted], without=without)
    return [
        _suggested(readings, scheme, framework, taught.get(scheme.slug, {})) for scheme in wanted
    ]


def _axes(framework: Catalogue) -> tuple[str, ...]:
    grid = framework.grid()
    return (grid.rows.slug, grid.columns.slug) if grid else ()


def _suggested(
    readings: Sequence[Reading],
    scheme: SchemeView,
    framework: Catalogue,
    taught: Mapping[str, Taught],
) -> Suggestions:
    evidence = Evidence()
    known: set[str] = set()
    for reading in readings:
        words = vocabulary_of(scheme.slug, reading.language, framework.revision)
        evidence.add(reading, words)
        known |= words.known
    most = MOST.get(scheme.slug, MOST_OF_OTHERS)
    terms = {term.code: term for term in scheme.assignable}
    known |= taught.keys()
    also = {code: one.weight for code, one in taught.items()}
    found = [one for one in judged(evidence, also) if one.code in terms][:most]
    return Suggestions(
        scheme=scheme,
        found=tuple(
            Suggestion(
                term=terms[one.code],
                confidence=one.confidence,
                words=one.words,
                entries=taught[one.code].entries if one.code in taught else 0,
            )
            for one in found
        ),
        silent=tuple(terms[code] for code in terms if readings and code not in known),
    )


@lru_cache(maxsize=64)
def vocabulary_of(scheme: str, language: str, revision: int) -> Vocabulary:
    """The words of a scheme in one language: phrases and official texts that come with the
    product, and the titles of its terms. A term of an operator's own has its titles alone."""
    del revision  # it says when titles have changed
    held = catalogue().scheme(scheme)
    terms = held.assignable if held else ()
    codes = {term.code for term in terms}
    chosen = _of(f"{scheme}", language, codes)
    official = _of(f"{scheme}-targets", language, codes)
    for term in terms:
        titles = [title[language] for title in (term.title, term.short) if language in title]
        official[term.code] = [*official.get(term.code, ()), *titles]
    return vocabulary(chosen, official, language)


def _of(name: str, language: str, codes: set[str]) -> dict[str, list[str]]:
    return {
        code: by[language] for code, by in _file(name).items() if code in codes and language in by
    }


@lru_cache(maxsize=16)
def _file(name: str) -> Held:
    path = FOLDER / f"{name}.json"
    if not path.is_file():  # a scheme of an operator's own
        return {}
    terms: Held = json.loads(path.read_text(encoding="utf-8"))["terms"]
    return terms
