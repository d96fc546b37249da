"""Many entries at once, matched by their external identifiers."""

import datetime as dt
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum

from django.db import IntegrityError, transaction

from stocktaking.accounts.models import Person
from stocktaking.accounts.permissions import require
from stocktaking.accounts.rules.roles import Capability
from stocktaking.entries import signals
from stocktaking.entries.models import Entry
from stocktaking.entries.operations import rows as writer
from stocktaking.entries.operations.locking import note
from stocktaking.entries.operations.refusals import all_of, refused
from stocktaking.entries.operations.surroundings import Surroundings, holders_of, survey
from stocktaking.entries.queries.values import values_of_many
from stocktaking.entries.rules.acceptance import faults
from stocktaking.entries.rules.snapshots import to_json
from stocktaking.entries.rules.tidy import tidy
from stocktaking.entries.rules.values import EntryValues
from stocktaking.entries.states import Cause, EntryState
from stocktaking.history.operations import record_many
from stocktaking.kernel.errors import RuleBroken, RulesBroken

CHUNK = 500
# In ``extra``: what the last import said, so that the next one can tell news from repetition
# and an editor's later change is not undone by an unchanged source.
IMPORTED = "imported"


class Outcome(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True)
class Verdict:
    """What became of one row (counted from 1). ``errors`` says why one was refused."""

    row: int
    outcome: Outcome
    number: int | None = None
    errors: tuple[RuleBroken, ...] = ()


@dataclass(frozen=True)
class ImportResult:
    verdicts: list[Verdict]

    def count(self, outcome: Outcome) -> int:
        return self.counts[outcome]

    @property
    def counts(self) -> Counter[Outcome]:
        return Counter(verdict.outcome for verdict in self.verdicts)


@dataclass
class _Sorted:
    """The rows of a chunk by what is to be done with them."""

    new: list[tuple[int, EntryValues]] = field(default_factory=list)
    changed: list[tuple[int, Entry, EntryValues]] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)


def import_entries(
    *,
    rows: Iterable[EntryValues],
    by: Person | None,
    at: dt.datetime,
    publish: bool = False,
    progress: Callable[[int], object] | None = None,
) -> ImportResult:
    """Create or update one entry per row; at most 500 rows per transaction.

    A row belongs to the entry that has one of its external identifiers. Images, and
    collections where a row names none, stay as they are. ``publish`` holds for entries that
    the import creates. ``progress`` is called with the number of rows done so far.
    """
    if by is not None:
        require(by, Capability.EDIT_ENTRIES)
        if publish:
            require(by, Capability.PUBLISH_ENTRIES)
    verdicts: list[Verdict] = []
    for chunk in _chunks(rows):
        try:
            verdicts += _import_chunk(chunk, by=by, at=at, publish=publish)
        except IntegrityError:
            # another import has made some of these meanwhile: now they are found
            verdicts += _import_chunk(chunk, by=by, at=at, publish=publish)
        if progress is not None:
            progress(len(verdicts))
    return ImportResult(verdicts)


def _chunks(rows: Iterable[EntryValues]) -> Iterator[list[tuple[int, EntryValues]]]:
    """Chunks in which no identifier stands twice, so that each row finds what is there."""
    chunk: list[tuple[int, EntryValues]] = []
    seen: set[tuple[str, str]] = set()
    for place, values in enumerate(rows, start=1):
        values = tidy(values)
        own = {(i.system, i.value) for i in values.identifiers}
        if len(chunk) == CHUNK or own & seen:
            yield chunk
            chunk, seen = [], set()
        chunk.append((place, values))
        seen |= own
    if chunk:
        yield chunk


@transaction.atomic
def _import_chunk(
    chunk: list[tuple[int, EntryValues]], *, by: Person | None, at: dt.datetime, publish: bool
) -> list[Verdict]:
    stated = [values for _, values in chunk]
    numbers = sorted(set(holders_of(stated).values()))
    held = Entry.objects.select_for_update().filter(number__in=numbers).order_by("number")
    entries = {entry.number: entry for entry in held}
    before = values_of_many(numbers)
    # what an entry keeps from before must be known as well
    around = survey([*stated, *before.values()], today=at.date())
    sort = _sort(chunk, around, entries, before)
    made = writer.insert(
        [values for _, values in sort.new],
        around,
        by=by,
        at=at,
        publish=publish,
        reason=Cause.IMPORT,
    )
    pairs = [(entry, values) for _, entry, values in sort.changed]
    writer.update(pairs, around, by=by, at=at, reason=Cause.IMPORT)
    created = [entry for entry, _ in made]
    updated = [entry for entry, _ in pairs]
    record_many(verb="created", of=created, by=by, at=at, detail={"import": True})
    record_many(verb="revised", of=updated, by=by, at=at, detail={"import": True})
    public = [e.number for e in [*created, *updated] if e.state == EntryState.PUBLISHED]
    if public:
        note(public, at)
    if created or updated:
        signals.entries_imported.send(
            sender=Entry,
            created=[entry.number for entry in created],
            updated=[entry.number for entry in updated],
            by=by,
            at=at,
        )
    for (place, _), entry in zip(sort.new, created, strict=True):
        sort.verdicts.append(Verdict(place, Outcome.CREATED, entry.number))
    for place, entry, _ in sort.changed:
        sort.verdicts.append(Verdict(place, Outcome.UPDATED, entry.number))
    return sorted(sort.verdicts, key=lambda verdict: verdict.row)


def _sort(
    chunk: list[tuple[int, EntryValues]],
    around: Surroundings,
    entries: dict[int, Entry],
    before: dict[int, EntryValues],
) -> _Sorted:
    sort = _Sorted()
    taken_now: set[int] = set()
    for place, values in chunk:
        stated = replace(values, extra={**values.extra, IMPORTED: _fingerprint(values)})
        try:
            number = _match(values, around)
            if number is None:
                _check(stated, around, None, None)
                sort.new.append((place, stated))
                continue
            merged = _merge(stated, before[number])
            if before[number].extra.get(IMPORTED) == stated.extra[IMPORTED]:
                sort.verdicts.append(Verdict(place, Outcome.UNCHANGED, number))
                continue
            if entries[number].state == EntryState.WITHDRAWN:
                raise refused("entry_withdrawn", "identifiers")
            if number in taken_now:
                raise refused("identifier_ambiguous", "identifiers")
            _check(merged, around, number, before[number])
        except RuleBroken as broken:
            errors = tuple(broken.errors) if isinstance(broken, RulesBroken) else (broken,)
            sort.verdicts.append(Verdict(place, Outcome.REFUSED, None, errors))
            continue
        taken_now.add(number)
        sort.changed.append((place, entries[number], merged))
    return sort


def _match(values: EntryValues, around: Surroundings) -> int | None:
    holders = {
        around.holders[key]
        for key in ((i.system, i.value) for i in values.identifiers)
        if key in around.holders
    }
    if len(holders) > 1:
        raise refused("identifier_ambiguous", "identifiers")
    return holders.pop() if holders else None


def _merge(values: EntryValues, before: EntryValues) -> EntryValues:
    return replace(
        values,
        images=values.images or before.images,
        collections=values.collections or before.collections,
        registered_on=values.registered_on or before.registered_on,
    )


def _check(
    values: EntryValues, around: Surroundings, number: int | None, before: EntryValues | None
) -> None:
    if found := faults(values, around.for_entry(number), before):
        raise all_of(found)


def _fingerprint(values: EntryValues) -> str:
    try:
        plain = json.dumps(to_json(values), sort_keys=True, ensure_ascii=True)
    except (TypeError, ValueError):
        return ""  # not plain values; the check says so
    return hashlib.sha256(plain.encode()).hexdigest()
