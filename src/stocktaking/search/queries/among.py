"""Which of some documents answer a question."""

from collections.abc import Collection

from stocktaking.search.engine import among as engine
from stocktaking.search.queries.answers import snapshot
from stocktaking.search.rules.values import Query


def among(query: Query, keys: Collection[str]) -> set[str] | None:
    """Those of ``keys`` that answer; None where there is no index to ask.

    Never touches the database.
    """
    now = snapshot()
    return None if now is None else engine.among(now, query, keys)
