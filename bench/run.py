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
    parser.add_argument("parts", nargs="*", help="search, pages; both without a name")
    parser.add_argument("--sizes", default="15000", help="documents, separated by commas")
    parser.add_argument("--data", help="folder of *.jsonl.gz (else STOCKTAKING_BENCH_DATA)")
    asked = parser.parse_args()
    if asked.data:
        os.environ["STOCKTAKING_BENCH_DATA"] = asked.data
    with tempfile.TemporaryDirectory(prefix="stocktaking-bench-") as folder:
        prepare(Path(folder))
        rows = measure(asked.parts or ["search", "pages"], asked.sizes, Path(folder))
    show(rows)


def prepare(folder: Path) -> None:
    """An empty installation of its own."""
    os.environ["STOCKTAKING_DATA_DIR"] = str(folder)
    os.environ.pop("DATABASE_URL", None)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stocktaking.config.settings")
    import django  # noqa: PLC0415 - the environment comes first

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0)


def measure(parts: list[str], sizes: str, folder: Path) -> list[Row]:
    from bench import corpus, pages, search  # noqa: PLC0415 - they need Django
    from stocktaking.search import registry  # noqa: PLC0415

    print(f"corpus: {corpus.records()[1]}; see bench/corpus.py for how it is varied", flush=True)
    rows: list[Row] = []
    if "pages" in parts:
        rows += pages.measure(int(sizes.split(",")[0]), folder)
    if "search" in parts:
        registered = dict(registry._providers)
        for size in sizes.split(","):
            rows += search.measure(int(size), folder)
        registry._providers.update(registered)
    return rows


def show(rows: list[Row]) -> None:
    head: Row = ("path", "here", "reference", "ratio")
    widths = [max(len(row[column]) for row in [head, *rows]) for column in range(4)]
    for row in [head, *rows]:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)))


if __name__ == "__main__":
    main()
