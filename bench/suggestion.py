"""Suggested terms and similar entries, in process.

The accuracy is measured where STOCKTAKING_BENCH_LABELLED names a CSV file with the columns
``text``, ``sdg`` and ``label`` (True where the text is about that goal). No release has one.
"""

import csv
import os
from collections.abc import Iterable
from pathlib import Path

from bench.corpus import documents
from bench.measure import middles, timed
from bench.search import Corpus
from stocktaking.insight.queries.suggestion import suggested_terms, vocabulary_of
from stocktaking.insight.rules.suggestion import judging
from stocktaking.insight.rules.suggestion.judging import Confidence, Evidence, judged
from stocktaking.insight.rules.suggestion.reading import read
from stocktaking.kernel import clock
from stocktaking.reference import frameworks
from stocktaking.reference.operations import load_framework
from stocktaking.reference.queries import catalogue
from stocktaking.search import operations, registry
from stocktaking.search.queries.alike import resemblance

Row = tuple[str, str, str, str]
Labelled = list[tuple[Evidence, str, bool]]
SAMPLE = 200  # entries
FOLDS = 5


def measure(size: int) -> list[Row]:
    load_framework(folder=frameworks.WSIS, by=None, at=clock.now())
    registry._providers.clear()
    registry.provide(Corpus(size))
    operations.rebuild()
    rows = [_similar(size)]
    rows += _suggested(size)
    if path := os.environ.get("STOCKTAKING_BENCH_LABELLED"):
        rows += accuracy(Path(path))
    return rows


def _similar(size: int) -> Row:
    step = max(1, size // SAMPLE)
    times = [timed(lambda key=key: _asked(str(key))) for key in range(1, size + 1, step)]
    return (f"similar {size}, three with reasons, p50 / p95 ms", str(middles(times)), "", "")


def _asked(key: str) -> None:
    kin = resemblance(key)
    if kin:
        for one in kin.ranked(60)[:3]:
            kin.words(one.key)


def _suggested(size: int) -> list[Row]:
    texts = [
        [(part.language, part.text) for part in document.parts if part.kind != "organisation"]
        for document in documents(SAMPLE)
    ]
    first = timed(lambda: suggested_terms(texts[0]))
    times = [timed(lambda one=one: suggested_terms(one)) for one in texts]
    return [
        ("suggested terms, first time in a process, ms", f"{first:.0f}", "", ""),
        (f"suggested terms beside {size} entries, p50 / p95 ms", str(middles(times)), "", ""),
    ]


def accuracy(path: Path) -> list[Row]:
    """Whether a goal is suggested for a text, against whether people said that it is about it."""
    words = vocabulary_of("sdg", "en", catalogue().revision)
    labelled: Labelled = []
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            evidence = Evidence()
            evidence.add(read(row["text"], "en"), words)
            labelled.append((evidence, row["sdg"], row["label"] == "True"))
    found = [(_confidence(evidence, goal), said) for evidence, goal, said in labelled]
    right = sum((sure is not None) == said for sure, said in found)
    rows = [(f"goals of {len(found)} passages, accuracy", f"{right / len(found):.1%}", "", "")]
    rows.append(("the same with numbers fitted on other passages", _folded(labelled), "", ""))
    for confidence in Confidence:
        held = [said for sure, said in found if sure is confidence]
        part = f"{sum(held) / max(1, len(held)):.0%} of {len(held)}"
        rows.append((f"suggested with {confidence} confidence, right", part, "", ""))
    missed = sum(said for sure, said in found if sure is None)
    rows.append(("about the goal, not suggested", f"{missed}", "", ""))
    return rows


def _confidence(evidence: Evidence, goal: str) -> Confidence | None:
    return next((one.confidence for one in judged(evidence, {}) if one.code == goal), None)


def _folded(labelled: Labelled) -> str:
    """What is reached on passages that had no part in choosing the two numbers."""
    kept = judging.ENOUGH, judging.BESIDE
    right = 0
    for fold in range(FOLDS):
        others = [one for place, one in enumerate(labelled) if place % FOLDS != fold]
        grid = [(e / 4, b / 20) for e in range(4, 13) for b in range(11)]
        best = max(grid, key=lambda pair: _right(others, *pair))
        right += _right(labelled[fold::FOLDS], *best)
    judging.ENOUGH, judging.BESIDE = kept
    return f"{right / len(labelled):.1%}"


def _right(labelled: Iterable[tuple[Evidence, str, bool]], enough: float, beside: float) -> int:
    judging.ENOUGH, judging.BESIDE = enough, beside
    return sum(
        (_confidence(evidence, goal) is not None) == said for evidence, goal, said in labelled
    )
