"""Why records of an import were refused, and what was told of them: counted by reason."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from stocktaking.intake.models import ImportRow
from stocktaking.kernel.reading import Note

MOST_REASONS = 300


@dataclass(frozen=True)
class Reason:
    """``note`` is the first one of this code in this column; ``fault`` where it refuses."""

    note: Note
    fault: bool
    records: int


def reasons(number: int) -> list[Reason]:
    """What was told of the records of an import, by code and column: what refuses them first,
    then what was told most often. One SQL query, in pieces."""
    found: dict[tuple[bool, str, str], Reason] = {}
    told = ImportRow.objects.filter(batch=number).exclude(faults=[], notes=[])
    for faults, notes in told.values_list("faults", "notes").iterator(chunk_size=2000):
        _count(found, faults, fault=True)
        _count(found, notes, fault=False)
    return sorted(found.values(), key=lambda one: (not one.fault, -one.records))


def _count(
    found: dict[tuple[bool, str, str], Reason], notes: Iterable[Mapping[str, Any]], *, fault: bool
) -> None:
    """Each reason once for a record, however often it stands there."""
    keys = {(fault, str(one["code"]), str(one["column"])): one for one in notes}
    for key, one in keys.items():
        if key in found:
            found[key] = replace(found[key], records=found[key].records + 1)
        elif len(found) < MOST_REASONS:
            note = Note(one["code"], one["column"], one["params"])
            found[key] = Reason(note, fault, 1)


def told_so(rows: QuerySet[ImportRow], code: str, column: str | None = None) -> Any:
    """Those of the rows of which this was told, of a column where one is named."""
    # as the databases write what they hold: with letters as they are, or as their numbers
    texts = {f'"code": {json.dumps(code)}'}
    if column is not None:
        texts = {
            f'"code": {json.dumps(code)}, "column": {json.dumps(column, ensure_ascii=ascii_only)}'
            for ascii_only in (True, False)
        }
    wanted = Q()
    for text in texts:
        wanted |= Q(faults_text__contains=text) | Q(notes_text__contains=text)
    written = {
        "faults_text": Cast("faults", TextField()),
        "notes_text": Cast("notes", TextField()),
    }
    return rows.alias(**written).filter(wanted)
