"""Questions about what was done."""

from stocktaking.history.models import HistoryRecord


def newest(limit: int) -> list[HistoryRecord]:
    """The last things done, newest first. One SQL query."""
    return list(HistoryRecord.objects.order_by("-id")[:limit])
