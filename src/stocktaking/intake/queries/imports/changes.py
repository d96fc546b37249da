"""What rows of an import change, or would change, in their entries: as differences to read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Q

from stocktaking.entries.models import EntryVersion
from stocktaking.entries.queries.versions import ChangeView, changes_between
from stocktaking.entries.rules.differences import Effort
from stocktaking.entries.rules.snapshots import from_json
from stocktaking.intake.queries.imports.batches import RowView
from stocktaking.intake.states import RowVerdict

EFFORT = 10_000_000  # steps of comparing all texts of a page: a second or two

Changes = tuple[ChangeView, ...]


def changes_of(rows: Sequence[RowView], *, language: str) -> dict[int, Changes]:
    """The changes of those rows that update an entry, by place.

    Of a trial they are those to the content that it worked out, of an import those to the
    version that it made. One SQL query, and one for each row whose organisation changes.
    """
    updated = [row for row in rows if row.verdict is RowVerdict.UPDATED and row.entry]
    held = _snapshots(updated)
    effort = Effort(EFFORT)
    found = {}
    for row in updated:
        before = held.get((row.entry, row.version_before))
        after = row.data.get("after") or held.get((row.entry, row.version_after))
        if before and after:
            shown = changes_between(
                from_json(before), from_json(after), language=language, effort=effort
            )
            found[row.place] = _named(shown, row.data.get("organisations", {}))
    return found


def _snapshots(rows: Iterable[RowView]) -> dict[tuple[int | None, int | None], dict[str, Any]]:
    wanted = Q(pk__in=())
    for row in rows:
        numbers = [n for n in (row.version_before, row.version_after) if n is not None]
        wanted |= Q(entry=row.entry, number__in=numbers)
    found = EntryVersion.objects.filter(wanted).values_list("entry_id", "number", "snapshot")
    return {(entry, number): snapshot for entry, number, snapshot in found}


def _named(changes: Changes, names: Mapping[str, str]) -> Changes:
    """With the names of organisations that a trial would register; they have no number yet."""
    if not names:
        return changes
    return tuple(
        replace(
            change,
            pieces=tuple(replace(p, text=names.get(p.text, p.text)) for p in change.pieces),
        )
        if change.field == "organisation"
        else change
        for change in changes
    )
