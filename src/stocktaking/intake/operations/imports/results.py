"""What a chunk came to: its rows, and what is counted over all records of the file."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from stocktaking.entries.rules.snapshots import to_json
from stocktaking.intake.models import ImportBatch, ImportRow
from stocktaking.intake.operations.imports.records import Item
from stocktaking.intake.rules.imports import REPORT_COLUMNS, count_in, storable
from stocktaking.intake.rules.profiles.reach import Reach
from stocktaking.intake.states import RowVerdict
from stocktaking.kernel.inserting import insert_rows
from stocktaking.kernel.reading import Note

TITLE_MOST = 200


def keep_rows(batch: int, items: Iterable[Item]) -> None:
    """Write the verdicts of a chunk."""
    insert_rows(
        ImportRow,
        (
            "batch_id",
            "place",
            "title",
            "verdict",
            "entry_id",
            "version_before",
            "version_after",
            "faults",
            "notes",
            "data",
            "identity",
            "content",
            "undoing",
        ),
        [
            (
                batch,
                item.record.place,
                storable(item.mapped.title)[:TITLE_MOST],
                item.verdict.value,
                item.entry,
                item.version_before,
                item.version_after,
                _told(item.faults),
                _told(item.notes),
                _data(item),
                item.identity,
                item.content,
                "",
            )
            for item in items
        ],
    )


def _data(item: Item) -> dict[str, Any]:
    """The record, to correct and send back; or what a trial would have made of its entry."""
    if item.verdict is RowVerdict.REFUSED:
        return dict(storable(item.record.data))
    if item.after is None:
        return {}
    after = to_json(item.after)
    partners = [partner.organisation for partner in item.after.partners]
    new = [n for n in (item.after.organisation, *partners) if n is not None and n < 0]
    return {"after": after, "organisations": {str(n): item.names.get(n, "") for n in new}}


def _told(notes: Iterable[Note]) -> list[dict[str, Any]]:
    return [
        {"code": one.code, "column": storable(one.column), "params": storable(dict(one.params))}
        for one in notes
    ]


def count(batch: ImportBatch, reach: Reach, items: Sequence[Item]) -> None:
    """Add a chunk to the counters of its batch, which is saved by the caller."""
    verdicts = Counter(item.verdict for item in items)
    batch.created += verdicts[RowVerdict.CREATED]
    batch.updated += verdicts[RowVerdict.UPDATED]
    batch.unchanged += verdicts[RowVerdict.UNCHANGED]
    batch.refused += verdicts[RowVerdict.REFUSED]
    batch.noted += sum(1 for item in items if item.notes)
    for item in items:
        for column in reach.unread_of(item.record.data):
            if column not in REPORT_COLUMNS:
                count_in(batch.unread, column)
        for scheme, value in item.mapped.unknown:
            count_in(batch.unknown.setdefault(scheme, {}), value)
