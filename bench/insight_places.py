"""Places of all entries, and six countries side by side, in process."""

import statistics
from collections.abc import Callable, Sequence
from dataclasses import replace

from bench.measure import timed
from bench.search import Corpus
from stocktaking.insight.queries.by_place import place_map
from stocktaking.insight.queries.comparison_places import compare_places
from stocktaking.kernel import clock
from stocktaking.reference import frameworks
from stocktaking.reference.operations import load_framework
from stocktaking.reference.queries import catalogue
from stocktaking.search import operations, registry
from stocktaking.search.queries.answers import snapshot
from stocktaking.search.rules.values import Document, Query

Row = tuple[str, str, str, str]
ROUNDS = 9
SIX = ("KE", "TZ", "UG", "FR", "BR", "CN")


class Placed(Corpus):
    """The corpus with countries of the framework in the place of invented ones."""

    def documents(self, keys: Sequence[str]) -> list[Document]:
        codes = [term.code for term in catalogue().schemes["country"]]
        made = []
        for one in super().documents(keys):
            invented = one.facets["country"]
            held = tuple(dict.fromkeys(codes[int(c[1:]) % len(codes)] for c in invented))
            made.append(replace(one, facets={**one.facets, "country": held}))
        return made


def measure(size: int) -> list[Row]:
    """Rows of the table; what is kept is thrown away before each first time."""
    load_framework(folder=frameworks.WSIS, by=None, at=clock.now())
    registry._providers.clear()
    registry.provide(Placed(size))
    operations.rebuild()
    day = clock.now().date()
    works = {
        "map": lambda: place_map(Query(), "works", on=day),
        "six countries side by side": lambda: compare_places(
            Query(), "country", SIX, "works", on=day
        ),
    }
    rows = []
    for name, work in works.items():
        work()  # the framework is read once in a process
        first = statistics.median(_fresh(work) for _ in range(ROUNDS))
        again = statistics.median(timed(work) for _ in range(ROUNDS))
        rows.append((f"{name} {size}, first time, ms", f"{first:.1f}", "", ""))
        rows.append((f"{name} {size}, again, ms", f"{again:.1f}", "", ""))
    return rows


def _fresh(work: Callable[[], object]) -> float:
    now = snapshot()
    assert now is not None  # noqa: S101 - the index was just built
    now.kept.clear()
    return timed(work)
