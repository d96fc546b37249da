"""A corpus of any size: real project descriptions, replicated with variation.

From ``STOCKTAKING_BENCH_DATA``, a folder of ``*.jsonl(.gz)`` with title, description, countries
and organisations; without it, from the demo entries of this package. The first round takes each
record as it is; every further round takes it again with about one word in eight exchanged for
a word of another record (so common words stay common and new pairs arise), a new country and
years shifted. Facets are drawn once per document from skewed lists: a few values are common.
"""

import gzip
import itertools
import json
import os
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stocktaking.search.rules.values import Document, TextPart

SEED = 20251117
SIZES = {
    "action-line": 18, "sdg": 17, "stakeholder": 8, "target-group": 12, "technology": 25,
    "activity": 10, "coverage": 5, "status": 4,
}  # fmt: skip
COUNTRIES = 190
REGIONS = 7
FACETS = ("action-line", "sdg", "stakeholder", "target-group", "technology", "activity",
          "region", "country", "status")  # fmt: skip
EXCHANGED = 0.12
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
PACKAGE = Path(__file__).resolve().parents[1] / "src" / "stocktaking"


@dataclass(frozen=True)
class Record:
    title: str
    text: str
    language: str
    organisation: str
    year: int


def records() -> tuple[list[Record], str]:
    """The originals, those with the longest texts first in no way preferred; and where from."""
    given = os.environ.get("STOCKTAKING_BENCH_DATA")
    folder = Path(given) if given else None
    if folder and folder.is_dir():
        files = sorted([*folder.glob("*.jsonl.gz"), *folder.glob("*.jsonl")])
        source = f"{len(files)} files of STOCKTAKING_BENCH_DATA"
    else:
        files = sorted((PACKAGE / "intake").rglob("*.jsonl"))
        source = "the demo entries of this package (STOCKTAKING_BENCH_DATA is not set): synthetic"
    found = [record for path in files for record in _read(path)]
    if not found:
        raise SystemExit("No corpus: set STOCKTAKING_BENCH_DATA to a folder of *.jsonl.gz")
    random.Random(SEED).shuffle(found)
    return found, f"{source}, {len(found)} records"


def _read(path: Path) -> Iterator[Record]:
    opened = gzip.open(path, "rt") if path.suffix == ".gz" else path.open()
    with opened as lines:
        for line in lines:
            row: dict[str, Any] = json.loads(line)
            title = row.get("title") or ""
            text = " ".join(filter(None, (row.get("summary"), row.get("description"))))
            title, text = _CONTROL.sub(" ", title).strip(), _CONTROL.sub(" ", text)
            if not title:
                continue
            names = [owner["name"] for owner in row.get("organisations") or [] if owner.get("name")]
            owner = row.get("organisation") or {}
            language = row.get("language") or row.get("lang_detected") or "en"
            start = str(row.get("start_date") or row.get("start_year") or "2012")
            organisation = _CONTROL.sub(" ", names[0] if names else owner.get("name") or "Unknown")
            yield Record(title, text, language, organisation, int(start[:4]))


def documents(size: int) -> Iterator[Document]:
    """``size`` documents; the same ones in every run."""
    originals, _ = records()
    dice = random.Random(SEED)
    pool = [word for record in originals[:5000] for word in record.text.split()]
    for number in range(1, size + 1):
        turn, index = divmod(number - 1, len(originals))
        record = originals[index]
        text = record.text if turn == 0 else _varied(record.text, pool, dice)
        yield _document(number, record, text, turn, dice)


def _varied(text: str, pool: list[str], dice: random.Random) -> str:
    words = text.split()
    for place in range(len(words)):
        if dice.random() < EXCHANGED:
            words[place] = dice.choice(pool)
    return " ".join(words)


def _document(number: int, record: Record, text: str, turn: int, dice: random.Random) -> Document:
    summary, rest = text[:300], text[300:]
    year = min(2024, max(1990, record.year + dice.randint(0, turn)))
    return Document(
        kind="entry",
        key=str(number),
        parts=(
            TextPart("title", record.language, f"{record.title} {turn}" if turn else record.title),
            TextPart("organisation", record.language, record.organisation),
            TextPart("summary", record.language, summary),
            TextPart("text", record.language, rest),
        ),
        facets=_facets(dice),
        registered=730_000 + dice.randint(0, 9000),
        year_from=year,
        year_to=year + dice.randint(0, 6),
        sort_title=record.title,
    )


def _facets(dice: random.Random) -> dict[str, tuple[str, ...]]:
    country = _skewed(COUNTRIES, dice)
    drawn = {
        slug: tuple({f"V{_skewed(size, dice)}" for _ in range(dice.choice((1, 1, 2, 3)))})
        for slug, size in SIZES.items()
    }
    return drawn | {
        "country": (f"C{country}",),
        "region": (f"R{country % REGIONS}",),
        "language": ("en",),
    }


def _skewed(size: int, dice: random.Random) -> int:
    """Low numbers often, high ones seldom."""
    return int(size * dice.random() ** 2)


def common_words(found: list[Document], stop: frozenset[str]) -> list[str]:
    """Words by frequency in these documents, stop words left out."""
    counts: dict[str, int] = {}
    for document in found:
        held = {w.strip(".,()").lower() for part in document.parts for w in part.text.split()}
        for word in held:
            if word.isalpha() and len(word) > 3 and word not in stop:
                counts[word] = counts.get(word, 0) + 1
    return sorted(counts, key=lambda word: (-counts[word], word))


def batches(size: int, per: int = 1000) -> Iterator[list[Document]]:
    source = documents(size)
    while batch := list(itertools.islice(source, per)):
        yield batch
