"""Documents that resemble one of them, and plain counts that nobody keeps."""

from collections.abc import Iterable, Mapping

from stocktaking.search.engine.counting import counted
from stocktaking.search.engine.likeness import Resemblance as Resemblance
from stocktaking.search.engine.plan import plan
from stocktaking.search.queries.answers import snapshot
from stocktaking.search.rules.values import Query, TextPart


def resemblance(
    key: str,
    *,
    facets: Mapping[str, Mapping[str, float]] | None = None,
    parts: Iterable[TextPart] = (),
    kind: str = "entry",
) -> Resemblance | None:
    """What resembles one document: shares rare words with it, or values of facets.

    ``facets`` says how much each value weighs that it carries; ``parts`` are the texts of one
    that is not in the index. None where there is no index.
    """
    now = snapshot()
    return Resemblance(now, kind, key, facets or {}, parts) if now else None


def tally(query: Query, facet: str) -> dict[str, int]:
    """How many documents carry each value of one facet.

    As ``answer`` counts, but not kept: a page that asks many questions which no other page asks
    would push out what every list needs.
    """
    now = snapshot()
    return counted(now, plan(now, query), (facet,))[1][facet] if now else {}
