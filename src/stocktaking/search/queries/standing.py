"""How this node's index stands to the register."""

from dataclasses import dataclass

from stocktaking.search.queries import log
from stocktaking.search.queries.answers import snapshot


@dataclass(frozen=True)
class Standing:
    """``documents`` in the index, its data version, and how many changes it lacks."""

    built: bool
    documents: int
    version: int
    behind: int


def standing() -> Standing:
    now = snapshot()
    if now is None:
        return Standing(built=False, documents=0, version=0, behind=0)
    return Standing(
        built=True,
        # one document is the index's note of its own state
        documents=max(0, now.searcher.num_docs - 1),
        version=now.state.version,
        behind=len(log.batch(now.state).changes),
    )
