"""Writing history. Always called inside the transaction of the change it tells of."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from stocktaking.history.models import HistoryRecord
from stocktaking.kernel.inserting import insert_rows


def record(
    *,
    verb: str,
    of: Any,
    by: Any | None,
    at: dt.datetime,
    detail: dict[str, Any] | None = None,
) -> HistoryRecord:
    """Append one record: ``by`` did ``verb`` to the row ``of`` (a saved model instance)."""
    return HistoryRecord.objects.create(**_values(verb, of, by, at, detail))


def record_many(
    *,
    verb: str,
    of: Iterable[Any],
    by: Any | None,
    at: dt.datetime,
    detail: dict[str, Any] | None = None,
) -> None:
    """Append one record per row, in one statement."""
    insert_rows(
        HistoryRecord, _NAMES, [tuple(_values(verb, one, by, at, detail).values()) for one in of]
    )


_NAMES = ("verb", "object_type", "object_id", "actor_id", "at", "detail")


def _values(
    verb: str, of: Any, by: Any | None, at: dt.datetime, detail: dict[str, Any] | None
) -> dict[str, Any]:
    return {
        "verb": verb,
        "object_type": of._meta.label_lower,
        "object_id": str(of.pk),
        "actor_id": by.pk if by is not None else None,
        "at": at,
        "detail": detail or {},
    }
