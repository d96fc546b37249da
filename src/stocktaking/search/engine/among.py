"""Which of some documents answer a question: asked of the index, not of its whole answer."""

from collections.abc import Collection

import tantivy

from stocktaking.search.engine.ask import all_of
from stocktaking.search.engine.plan import plan
from stocktaking.search.engine.reader import Snapshot
from stocktaking.search.engine.results import keys as keys_of
from stocktaking.search.rules.values import Query

FEW = 2_000  # keys that are named in a question; of more the whole answer is gone through


def among(snapshot: Snapshot, query: Query, keys: Collection[str]) -> set[str]:
    """The keys whose documents hold every word and fit every filter. Words that nothing fits are
    not put right here: what is not found is not there."""
    made = plan(snapshot, query)
    if not keys:
        return set()
    if len(keys) > FEW:
        if made.ranked is not None and not _finds(snapshot, made.match()):
            return set()
        return set(keys_of(snapshot, query)).intersection(keys)
    named = tantivy.Query.term_set_query(snapshot.schema, "key", list(keys))
    wanted = all_of([named, *made.texts, *made.facets.values(), *made.conditions], made.without)
    found = snapshot.searcher.search(wanted, len(keys), count=False).hits
    return {snapshot.searcher.doc(address)["key"][0] for _, address in found}


def _finds(snapshot: Snapshot, wanted: tantivy.Query) -> bool:
    return bool(snapshot.searcher.search(wanted, 1, count=False).hits)
