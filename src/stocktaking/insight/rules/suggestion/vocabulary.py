"""Which phrases speak for which term, in one language."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from stocktaking.insight.rules.suggestion.reading import BETWEEN, key_of, read, size_of

# What a phrase weighs: one that was chosen for a term counts whole, each further word of it half
# as much again; a word of an official text counts the less, the more terms use it.
CHOSEN = 1.0
FURTHER = 0.5
OFFICIAL = 0.3
SHORTEST = 3  # letters of a word of an official text
WIDESPREAD = 0.25  # of all terms; a word that more of them use tells them not apart

Weights = dict[str, float]  # by the code of a term
Texts = Mapping[str, Iterable[str]]  # by the code of a term


@dataclass(frozen=True)
class Vocabulary:
    """Of one scheme in one language. ``longest`` has the first words of all phrases, and how many
    words the longest phrase has that begins so; ``known`` are the codes that have any."""

    weights: Mapping[str, Weights] = field(repr=False)
    longest: Mapping[str, int] = field(repr=False)
    known: frozenset[str]


def vocabulary(chosen: Texts, official: Texts, language: str) -> Vocabulary:
    """``chosen`` are phrases, ``official`` whole texts."""
    weights = _chosen(chosen, language)
    for key, held in _official(official, language).items():
        weights.setdefault(key, held)
    longest: dict[str, int] = {}
    for key in weights:
        first, *others = key.split(BETWEEN)
        longest[first] = max(longest.get(first, 0), 1 + len(others))
    known = frozenset(code for held in weights.values() for code in held)
    return Vocabulary(weights, longest, known)


def _chosen(chosen: Texts, language: str) -> dict[str, Weights]:
    found: dict[str, Weights] = {}
    for code, phrases in chosen.items():
        for phrase in phrases:
            if key := key_of(phrase, language):
                found.setdefault(key, {})[code] = CHOSEN + FURTHER * (size_of(key) - 1)
    # a phrase that speaks for two terms speaks half for each
    return {
        key: {code: weight / len(held) for code, weight in held.items()}
        for key, held in found.items()
    }


def _official(official: Texts, language: str) -> dict[str, Weights]:
    used: dict[str, Counter[str]] = {}
    for code, texts in official.items():
        for text in texts:
            for stem in {word.stem for word in read(text, language).words}:
                if _tells(stem):
                    used.setdefault(stem, Counter())[code] += 1
    most = max(1.0, WIDESPREAD * len(official))
    every = math.log(max(2, len(official)))
    return {
        stem: dict.fromkeys(codes, OFFICIAL * math.log(len(official) / len(codes)) / every)
        for stem, codes in used.items()
        if len(codes) <= most and len(official) > len(codes)
    }


def _tells(stem: str) -> bool:
    """Years, amounts and single letters are no subject; two Chinese characters are."""
    return stem.isalpha() and (len(stem) >= SHORTEST or not stem.isascii())
