"""One table of speeds with ratios. Sizes by ``--sizes``; parts by name.

Ratios are to a reference on the same corpus in the same run; over 1x is faster than it.
Times depend on the machine and on what else runs there: read ratios over 2 only.
"""

import argparse
import os
import tempfile
from pathlib import Path

Row = tuple[str, str, str, str]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "parts",
        nargs="*",
        help="search, pages, moderation; by name only: matrix, places, trends, similar, duplicates,"
        " imports, replies",
    )
    parser.add_argument("--sizes", default="15000", help="documents, separated by commas")
    parser.add_argument("--data", help="folder of *.jsonl.gz (else STOCKTAKING_BENCH_DATA)")
    parser.add_argument(
        "--database", help="address of an empty PostgreSQL database, for replies and imports"
    )
    parser.add_argument("--drafts", type=int, default=200, help="in the surge of replies")
    parser.add_argument("--seconds", type=float, default=60, help="that the surge takes")
    parser.add_argument("--megabytes", type=float, default=1, help="of each picture in the surge")
    asked = parser.parse_args()
    if asked.data:
        os.environ["STOCKTAKING_BENCH_DATA"] = asked.data
    with tempfile.TemporaryDirectory(prefix="stocktaking-bench-") as folder:
        prepare(Path(folder), asked.database)
        parts = asked.parts or ["search", "pages", "moderation"]
        rows = measure_imports(Path(folder)) if "imports" in parts else []
        rows += measure_replies(asked) if "replies" in parts else []
        if kept := [part for part in parts if part not in ("imports", "replies")]:
            rows += measure(kept, asked.sizes, Path(folder))
    show(rows)


def prepare(folder: Path, database: str | None = None) -> None:
    """An empty installation of its own."""
    os.environ["STOCKTAKING_DATA_DIR"] = str(folder)
    os.environ.pop("DATABASE_URL", None)
    if database:
        os.environ["DATABASE_URL"] = database
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stocktaking.config.settings")
    import django  # noqa: PLC0415 - the environment comes first

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0)


def measure(parts: list[str], sizes: str, folder: Path) -> list[Row]:
    from bench import (  # noqa: PLC0415 - they need Django
        corpus,
        duplicates,
        insight_matrix,
        insight_places,
        insight_trends,
        moderation,
        pages,
        search,
        suggestion,
    )
    from stocktaking.search import registry  # noqa: PLC0415

    if parts == ["moderation"]:  # it needs no corpus
        return moderation.measure()
    print(f"corpus: {corpus.records()[1]}; see bench/corpus.py for how it is varied", flush=True)
    rows: list[Row] = []
    if "pages" in parts:
        rows += pages.measure(int(sizes.split(",")[0]), folder)
    registered = dict(registry._providers)
    for size in sizes.split(","):
        if "duplicates" in parts:
            rows += duplicates.measure(int(size))
        if "search" in parts:
            rows += search.measure(int(size), folder)
        if "matrix" in parts:
            rows += insight_matrix.measure(int(size), folder)
        if "places" in parts:
            rows += insight_places.measure(int(size))
        if "trends" in parts:
            rows += insight_trends.measure(int(size), folder)
        if "similar" in parts:
            rows += suggestion.measure(int(size))
    registry._providers.update(registered)
    if "moderation" in parts:
        rows += moderation.measure()
    return rows


def measure_imports(folder: Path) -> list[Row]:
    from bench import imports  # noqa: PLC0415 - it needs Django

    return imports.measure(folder)


def measure_replies(asked: argparse.Namespace) -> list[Row]:
    from bench import replies  # noqa: PLC0415 - it needs Django

    return replies.measure(replies.Surge(asked.drafts, asked.seconds, asked.megabytes))


def show(rows: list[Row]) -> None:
    head: Row = ("path", "here", "reference", "ratio")
    widths = [max(len(row[column]) for row in [head, *rows]) for column in range(4)]
    for row in [head, *rows]:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)))


if __name__ == "__main__":
    main()
