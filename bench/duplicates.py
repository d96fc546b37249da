"""Looking through a register for entries that are there twice.

Reads titles, organisations and countries of the corpus as they are, then in further rounds with an
invented word more, so that the number of real pairs grows with the register. Measured is the time
of the processor for building the blocks and comparing: it is one process that works, and others on
the machine shall not count. Reading 150 000 entries from the database adds some seconds.
"""

import gzip
import json
import os
import resource
import time
from collections.abc import Iterator
from pathlib import Path

from bench.corpus import records

TARGET = 60.0  # seconds
Row = tuple[str, str, str, str]


def measure(size: int) -> list[Row]:
    from stocktaking.intake.rules.duplicates import Register  # noqa: PLC0415 - needs the package

    before = time.process_time()
    register = Register(_entries(size))
    built = time.process_time()
    pairs = sum(len(register.behind(number)) for number in register.numbers())
    took = time.process_time() - before
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    told = f"{took:.1f} s ({built - before:.1f} s to build), {pairs} pairs, {memory} MB at most"
    rows = [
        (
            f"duplicates among {size} entries, {len(register.families())} series",
            told,
            f"{TARGET:.0f} s at most",
            f"{TARGET / took:.1f}x",
        )
    ]
    return rows + _quality()


def _entries(size: int) -> Iterator[tuple[int, object]]:
    from stocktaking.intake.rules.likeness import likened  # noqa: PLC0415
    from stocktaking.kernel.text.normalise import name_key  # noqa: PLC0415

    originals, _ = records()
    for number in range(size):
        turn, place = divmod(number, len(originals))
        record = originals[place]
        mark = f" {chr(97 + turn) * 5}" if turn else ""
        yield (
            number + 1,
            likened([record.title + mark], organisation_key=name_key(record.organisation + mark)),
        )


def _quality() -> list[Row]:
    """Precision and recall between two lists of projects, named by ``STOCKTAKING_BENCH_TWINS``
    (two files of JSON lines, separated by a colon), whose addresses say what is the same.

    Two records with an address that no other record of either list has are one project. Pairs are
    found by titles and organisations alone: the addresses are not shown to what is measured.
    """
    given = os.environ.get("STOCKTAKING_BENCH_TWINS", "")
    if given.count(":") != 1:
        return []
    from stocktaking.intake.rules.duplicates import Register  # noqa: PLC0415
    from stocktaking.intake.rules.likeness import address_key, likened  # noqa: PLC0415
    from stocktaking.kernel.text.normalise import name_key  # noqa: PLC0415

    lists = [_read(Path(one)) for one in given.split(":")]
    where = [
        [
            {key for url in [row.get("url"), *row.get("repositories", [])] if url
             if (key := address_key(url))}
            for row in rows
        ]
        for rows in lists
    ]  # fmt: skip
    true, unsure = _truth(*where)
    far = len(lists[0]) + 1

    def entry(row: dict[str, object]) -> object:
        owners = row.get("organisations") or [{}]
        owner = str(owners[0].get("name") or "")  # type: ignore[index]
        return likened([str(row["title"])], organisation_key=name_key(owner) if owner else "")

    numbered = [*enumerate(map(entry, lists[0]), 1), *enumerate(map(entry, lists[1]), far)]
    register = Register(numbered)  # type: ignore[arg-type]
    found = {
        (number - 1, one.entry - far)
        for number in range(1, far)
        for one in register.behind(number)
        if one.entry >= far
    } - unsure
    right = len(found & true)
    return [
        (
            f"duplicates of {len(lists[0])} and {len(lists[1])} labelled records",
            f"precision {right / len(found):.3f}, recall {right / len(true):.3f}",
            f"{len(true)} pairs by address",
            "-",
        )
    ]


def _truth(
    one: list[set[str]], other: list[set[str]]
) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
    """Pairs that are one project, and those of which the addresses do not tell."""
    holders: list[dict[str, list[int]]] = [{}, {}]
    for side, rows in enumerate((one, other)):
        for place, keys in enumerate(rows):
            for key in keys:
                holders[side].setdefault(key, []).append(place)
    true: set[tuple[int, int]] = set()
    unsure = {(a, b) for a, x in enumerate(one) for b, y in enumerate(other) if not x or not y}
    for key in holders[0].keys() & holders[1].keys():
        mine, yours = holders[0][key], holders[1][key]
        pairs = {(a, b) for a in mine for b in yours}
        (true if len(pairs) == 1 else unsure).update(pairs)
    return true, unsure - true


def _read(path: Path) -> list[dict[str, object]]:
    opened = gzip.open(path, "rt") if path.suffix == ".gz" else path.open()
    with opened as lines:
        return [json.loads(line) for line in lines]
