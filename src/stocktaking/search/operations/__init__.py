"""What can be done to the index: note a change, follow the log, build it anew."""

from stocktaking.search.operations.changes import note_change, prune_changes
from stocktaking.search.operations.following import ensure_following, follow
from stocktaking.search.operations.index import Progress, catch_up, rebuild

__all__ = [
    "Progress",
    "catch_up",
    "ensure_following",
    "follow",
    "note_change",
    "prune_changes",
    "rebuild",
]
