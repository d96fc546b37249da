"""What sources said of entries last time: found for a chunk of rows, and kept for the next."""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from stocktaking.accounts.models import Organisation
from stocktaking.entries.models import EntryVersion, ImportedStatement, Merging
from stocktaking.entries.operations.importing_values import ImportedRow, renumbered
from stocktaking.entries.rules.parts import Parts, parts_of
from stocktaking.entries.rules.snapshots import from_json, to_json
from stocktaking.entries.rules.threeway import as_said
from stocktaking.entries.rules.values import EntryValues
from stocktaking.kernel.inserting import insert_rows

Place = tuple[int, str]  # number of the entry, system


@dataclass(frozen=True)
class Said:
    """One statement as it was kept."""

    version: int
    fingerprint: str
    differs: list[list[Any]]


def last_statements(numbers: Collection[int]) -> dict[Place, Said]:
    """The newest statement of each system on each of these entries."""
    if not numbers:
        return {}
    rows = ImportedStatement.objects.filter(entry__in=numbers).order_by("version")
    return {
        (entry, system): Said(version, fingerprint, differs)
        for entry, system, version, fingerprint, differs in rows.values_list(
            "entry_id", "system", "version", "fingerprint", "differs"
        )
    }


def absorbed_by(numbers: Collection[int]) -> set[tuple[str, str]]:
    """The identifiers of records that stand behind another record of their source, for the
    entries of both were merged into one of these."""
    if not numbers:
        return set()
    rows = Merging.objects.filter(kept__in=numbers, undone_at=None).values_list(
        "absorbed", flat=True
    )
    return {(system, value) for absorbed in rows for system, value in absorbed}


def contents_at(wanted: Collection[tuple[int, int]]) -> dict[tuple[int, int], EntryValues]:
    """The content of entries at versions, by (number, version); unknown ones are left out."""
    if not wanted:
        return {}
    rows = EntryVersion.objects.filter(
        entry__in={number for number, _ in wanted}, number__in={version for _, version in wanted}
    ).values_list("entry_id", "number", "snapshot")
    return {
        (number, version): from_json(snapshot)
        for number, version, snapshot in rows
        if (number, version) in wanted
    }


def as_of_now(
    contents: Mapping[tuple[int, int], EntryValues],
) -> dict[tuple[int, int], EntryValues]:
    """Former contents, each organisation that went into another one since replaced by that one:
    what is written anew names no organisation that is gone."""
    named = {values.organisation for values in contents.values()}
    named |= {one.organisation for values in contents.values() for one in values.partners}
    numbers = [number for number in named if number is not None]
    gone = Organisation.objects.filter(number__in=numbers, merged_into__isnull=False)
    into = {one.number: one.merged_into_id or one.number for one in gone}
    return {place: renumbered(values, into) for place, values in contents.items()}


def base_of(said: Said, content: EntryValues, single: Collection[str]) -> Parts:
    """What a source had said, in parts; ``content`` is that of the statement's version."""
    return as_said(parts_of(content, single=single), said.differs)


def fingerprint(row: ImportedRow) -> str:
    """A hash of all that the row states; "" where it is not made of plain values."""
    stated = sorted(row.stated) if row.stated is not None else None
    try:
        plain = json.dumps([to_json(row.values), stated], sort_keys=True, ensure_ascii=True)
    except (TypeError, ValueError):
        return ""  # the check says what is wrong with it
    return hashlib.sha256(plain.encode()).hexdigest()[:32]


def keep_first_statements(
    made: Iterable[tuple[int, ImportedRow]], *, single: Collection[str]
) -> None:
    """Write what sources said of entries that were just made, by their numbers."""
    insert_rows(
        ImportedStatement,
        ("entry_id", "system", "version", "fingerprint", "differs"),
        [
            (number, row.speaker, 1, fingerprint(row), _unsaid(row, single))
            for number, row in made
            if row.speaker
        ],
    )


def _unsaid(row: ImportedRow, single: Collection[str]) -> list[list[Any]]:
    """What a new entry holds and its source has not said: saying nothing of it the next time
    takes nothing away."""
    if not row.besides:
        return []
    said = parts_of(row.values, single=single)
    return [[list(key), None] for key in parts_of(row.made, single=single) if key not in said]


def keep_statements(statements: Iterable[ImportedStatement]) -> None:
    """Write what sources said, in the transaction of the change; one that was kept for the same
    version gives way."""
    ImportedStatement.objects.bulk_create(
        statements,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["entry", "system", "version"],
        update_fields=["fingerprint", "differs"],
    )
