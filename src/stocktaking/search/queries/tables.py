"""Two facets against each other, kept until this node's index changes."""

from dataclasses import replace

from stocktaking.search.engine.tables import tabled
from stocktaking.search.queries.answers import snapshot
from stocktaking.search.rules.language import parse
from stocktaking.search.rules.tables import Table
from stocktaking.search.rules.values import Query

MOST_KEPT = 200  # results in memory, of all kinds


def table(query: Query, *, rows: str, columns: str) -> Table:
    """The squares of two facets for what a query finds. Never raises for any text."""
    now = snapshot()
    if now is None:
        return Table(problems=(*parse(query.text).problems, "index_building"))
    asked = replace(query, sort="newest", page=1, size=0)
    name = repr(("table", asked, rows, columns))
    found = now.cache.get(name)
    if isinstance(found, Table):
        return found
    made = tabled(now, asked, rows, columns)
    if len(now.cache) >= MOST_KEPT:
        now.cache.clear()
    now.cache[name] = made
    return made
