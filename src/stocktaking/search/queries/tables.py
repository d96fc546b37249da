"""Two facets against each other, kept until this node's index changes."""

from dataclasses import replace

from stocktaking.search.engine.kept import named
from stocktaking.search.engine.tables import tabled
from stocktaking.search.queries.answers import snapshot
from stocktaking.search.rules.language import parse
from stocktaking.search.rules.tables import Table
from stocktaking.search.rules.values import Query

SQUARES = 1000  # that weigh as much as the counts of a list


def table(query: Query, *, rows: str, columns: str, whole: Query | None = None) -> Table:
    """The squares of two facets for what a query finds. Never raises for any text. ``whole`` is
    the question whose words are meant, where this one asks for a part of its answer."""
    now = snapshot()
    if now is None:
        return Table(problems=(*parse(query.text).problems, "index_building"))
    asked = replace(query, sort="newest", page=1, size=0)
    if asked.text:  # hardly two visitors ask with the same words
        return tabled(now, asked, rows, columns, whole)
    name = named(("table", rows, columns), asked)
    return now.kept.of(name, lambda: tabled(now, asked, rows, columns), _weight)


def _weight(made: Table) -> int:
    """Two schemes of 250 countries have tens of thousands of squares."""
    return 1 + len(made.squares) // SQUARES
