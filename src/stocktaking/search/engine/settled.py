"""Words settled once: a question in words that finds nothing is put right, and what is counted of
a part of its answer must be counted with the same words.

Asked by itself, a part without a result would be put right for itself, and find other things.
"""

from dataclasses import replace

from stocktaking.search.engine.counting import counted
from stocktaking.search.engine.plan import Plan, mended, plan
from stocktaking.search.engine.reader import Snapshot
from stocktaking.search.rules.values import Query


def settled(snapshot: Snapshot, query: Query, whole: Query | None = None) -> Plan:
    """The plan that the list of a question is made by. ``whole`` is the question that this one is
    a part of, with the same words: they are put right, or not, as they are for it."""
    asked = query if whole is None else whole
    made = plan(snapshot, asked)
    if made.ranked is not None:
        made = mended(snapshot, asked, made, counted(snapshot, made, ())[0])
    if asked == query:
        return made
    part = plan(snapshot, query)
    return replace(made, conditions=part.conditions, facets=part.facets)
