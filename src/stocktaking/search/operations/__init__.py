"""What can be done to the index: note a change, follow the log, build it anew."""

from stocktaking.search.operations.changes import note_change

__all__ = ["note_change"]
