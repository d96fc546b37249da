"""What a text speaks for: the terms, the words that led to each, and how sure that is."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from stocktaking.insight.rules.suggestion.reading import Reading, stands_in
from stocktaking.insight.rules.suggestion.vocabulary import Vocabulary

# Found on 642 labelled passages, see docs/algorithms/suggested-terms.md. The words of a vocabulary
# were chosen before; these three numbers are all that was fitted.
ENOUGH = 2.0  # what phrases must weigh together; two chosen ones do
BESIDE = 0.35  # of the weightiest term's; what has less is spoken of by the way
SURE = 3.0  # from here on, nine of ten were right; below it, seven

LEADS = 0.5  # of one phrase at least; many words of official texts alone are chance

USUAL = 100  # words; of a longer text more is asked, or every term would be found in it
TOLD = 5  # phrases


class Confidence(StrEnum):
    FAIR = "fair"
    GOOD = "good"


@dataclass(frozen=True)
class Judgement:
    """A term with what speaks for it; ``words`` are written as in the text, the weightiest
    first."""

    code: str
    weight: float
    confidence: Confidence
    words: tuple[str, ...]


@dataclass
class _Found:
    """One phrase of a text, however often it is there."""

    written: str
    weight: float
    times: int = 0


@dataclass
class Evidence:
    """What was read of a text so far."""

    words: int = 0
    found: dict[str, dict[str, _Found]] = field(default_factory=dict)  # by code and key

    def add(self, reading: Reading, vocabulary: Vocabulary) -> None:
        """Read one more text; the vocabulary is of its language."""
        self.words += len(reading.words)
        for key, first, last in reading.phrases(vocabulary.longest):
            for code, weight in vocabulary.weights.get(key, {}).items():
                held = self.found.setdefault(code, {})
                if key not in held:
                    held[key] = _Found(reading.written(first, last), weight)
                held[key].times += 1

    def weights(self) -> dict[str, float]:
        return {
            code: sum(one.weight * (1 + math.log(one.times)) for one in held.values())
            for code, held in self.found.items()
        }

    def leads(self, code: str) -> bool:
        """Whether one of the phrases says enough by itself to lead to the term."""
        return any(one.weight >= LEADS for one in self.found.get(code, {}).values())


def judged(evidence: Evidence, also: Mapping[str, float]) -> list[Judgement]:
    """The terms that enough speaks for, the weightiest first.

    ``also`` is what else speaks for a term: entries that are alike and carry it.
    """
    weights = evidence.weights()
    # twice the words hold some 1.4 times the phrases that are there by the way
    asked = math.sqrt(max(1.0, evidence.words / USUAL))
    for code, weight in also.items():
        weights[code] = weights.get(code, 0.0) + weight * asked
    top = max(weights.values(), default=0.0)
    enough = max(ENOUGH * asked, BESIDE * top)
    found = [
        Judgement(
            code=code,
            weight=weight / asked,
            confidence=Confidence.GOOD if weight >= SURE * asked else Confidence.FAIR,
            words=told(evidence.found.get(code, {}).values()),
        )
        for code, weight in weights.items()
        if weight >= enough and (code in also or evidence.leads(code))
    ]
    return sorted(found, key=lambda one: (-one.weight, one.code))


def told(found: Iterable[_Found]) -> tuple[str, ...]:
    """The weightiest phrases; a word that stands inside a phrase which is told is not repeated."""
    ordered = sorted(found, key=lambda one: (-one.weight * (1 + math.log(one.times)), one.written))
    by_case: dict[str, str] = {}
    for one in ordered:
        by_case.setdefault(one.written.casefold(), one.written)
    shown = [
        written
        for low, written in by_case.items()
        if not any(low != other and stands_in(low, other) for other in by_case)
    ]
    return tuple(shown[:TOLD])
