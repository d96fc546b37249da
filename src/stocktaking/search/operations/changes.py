"""Writing to the change log."""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection, transaction

from stocktaking.kernel.inserting import insert_rows
from stocktaking.search.models import Change


def note_change(*, kind: str, keys: Iterable[str], at: datetime) -> None:
    """Say that these documents changed, appeared or went; an empty key means all of the kind.

    Call it in the transaction of the change: either both are committed or neither.
    """
    with transaction.atomic():
        number = _transaction_id()
        insert_rows(
            Change,
            ("kind", "key", "transaction", "at"),
            [(kind, key, number, at) for key in dict.fromkeys(keys)],
        )


def prune_changes(*, before: datetime) -> int:
    """Remove old rows of the log; returns how many. The newest stays: indexes know their
    database by it. An index that lacks one of the removed rows is built anew."""
    newest = Change.objects.order_by("-id").first()
    if newest is None:
        return 0
    removed, _ = Change.objects.filter(at__lt=before, id__lt=newest.id).delete()
    return removed


def _transaction_id() -> int:
    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        return int(cursor.fetchone()[0])
