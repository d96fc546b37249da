"""One chunk of an import: its entries, its verdicts, its counters, in one transaction."""

import datetime as dt
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from django.db import transaction

from stocktaking.accounts.models import Person
from stocktaking.accounts.operations import register_matched
from stocktaking.entries.operations import (
    Assumed,
    Outcome,
    Verdict,
    import_chunk,
    register_source,
)
from stocktaking.entries.rules.threeway import Conflict
from stocktaking.insight.queries.suggestion import Suggestions
from stocktaking.intake.models import ImportBatch, ImportRow
from stocktaking.intake.operations.imports.own import settled
from stocktaking.intake.operations.imports.records import (
    First,
    Item,
    column_of,
    fill,
    match_bodies,
    sources_of,
    stated_by,
    told_of,
)
from stocktaking.intake.operations.imports.results import count, keep_rows
from stocktaking.intake.operations.imports.suggesting import (
    FIRST,
    spoken_for,
    suggested_by_place,
    suggested_notes,
)
from stocktaking.intake.queries.likenesses import likened_of_values
from stocktaking.intake.rules.duplicates import Register
from stocktaking.intake.rules.imports import content_hash, short_hash
from stocktaking.intake.rules.likeness import Likened, likened
from stocktaking.intake.rules.profiles.mapped import Mapped
from stocktaking.intake.rules.profiles.model import Profile
from stocktaking.intake.rules.profiles.reach import Reach
from stocktaking.intake.states import RowVerdict
from stocktaking.jobs.registry import Run
from stocktaking.kernel.reading import Note, Record
from stocktaking.kernel.retrying import retried
from stocktaking.kernel.turns import take_turn

IMPORTS = "imports"  # whose turn it is
_SLUG = re.compile(r"[-a-z0-9_]{1,40}")


@dataclass(frozen=True)
class Act:
    """One import as its chunks need it: what does not change from one to the next."""

    number: int
    profile: Profile
    reach: Reach
    conflict: Conflict
    publish: bool
    trial: bool
    by: Person | None
    register: Register | None = None  # what a trial compares new entries with


def do_chunk(
    act: Act, pairs: Sequence[tuple[Record, Mapped]], run: Run, *, position: int, at: dt.datetime
) -> None:
    """Bring in at most 500 records that stand behind ``position`` others in the file.

    All or nothing: entries, organisations, verdicts, counters, the position and the cursor of
    the job are written in one transaction. What ends the run passes through, and nothing of the
    chunk is kept.
    """
    # it takes some hundredths of a second each, for which nobody else should wait
    suggested = suggested_by_place(pairs) if act.profile.suggest else {}
    retried(partial(_in_transaction, act, pairs, run, suggested, position=position, at=at))


@transaction.atomic
def _in_transaction(
    act: Act,
    pairs: Sequence[tuple[Record, Mapped]],
    run: Run,
    suggested: Mapping[int, Sequence[Suggestions]],
    *,
    position: int,
    at: dt.datetime,
) -> None:
    done = position + len(pairs)
    # first of all: who has lost the job meanwhile learns it here, and writes nothing
    run.progress(done, cursor={"position": done})
    batch = ImportBatch.objects.select_for_update().get(number=act.number)
    # two imports of the same records would meet in every chunk, and give up after some
    take_turn(IMPORTS)
    mapped = settled([one for _, one in pairs])
    items = [_item(record, one) for (record, _), one in zip(pairs, mapped, strict=True)]
    for item in items:
        item.suggested = suggested.get(item.record.place, ())
    done_before = _brought_in(act, items)
    once, again = _apart(items, done_before)
    _bring_in(act, once, at)
    for item in once:
        _note_first(item, done_before)
    for item in again:
        if item.identity in done_before:
            _repeated(act, item, done_before[item.identity])
        else:  # the first of its identity was refused
            _bring_in(act, [item], at)
            _note_first(item, done_before)
    keep_rows(act.number, items)
    count(batch, act.reach, items)
    batch.position = done
    batch.save()


def _item(record: Record, mapped: Mapped) -> Item:
    identity = short_hash(mapped.identity) if mapped.identity else None
    return Item(record, mapped, identity, content_hash(record.data) if mapped.identity else None)


def _brought_in(act: Act, items: Sequence[Item]) -> dict[int | None, First]:
    """The first record of each identity that an earlier chunk has brought in."""
    wanted = [item.identity for item in items if item.identity is not None]
    rows = ImportRow.objects.filter(batch=act.number, identity__in=wanted)
    return {
        identity: First(place, content, entry)
        for identity, place, content, entry in rows.exclude(verdict=RowVerdict.REFUSED)
        .order_by("-place")
        .values_list("identity", "place", "content", "entry_id")
    }


def _apart(
    items: Sequence[Item], before: Mapping[int | None, First]
) -> tuple[list[Item], list[Item]]:
    """The first record of each identity, and those whose identity stood before."""
    seen = set(before)
    once: list[Item] = []
    again: list[Item] = []
    for item in items:
        (again if item.identity is not None and item.identity in seen else once).append(item)
        seen.add(item.identity)
    return once, again


def _note_first(item: Item, before: dict[int | None, First]) -> None:
    if item.identity is not None and item.verdict is not RowVerdict.REFUSED:
        before[item.identity] = First(item.record.place, item.content, item.entry)


def _repeated(act: Act, item: Item, first: First) -> None:
    """A record whose identity was brought in before, and its faults besides, if it has any."""
    item.notes += item.mapped.notes
    item.faults += item.mapped.faults
    if first.content == item.content and not item.faults:
        item.notes.append(Note("repeated_identical", "", {"place": first.place}))
        item.verdict, item.entry = RowVerdict.UNCHANGED, first.entry
        return
    identity = act.profile.identity
    column = next(iter(identity.columns), identity.number)
    item.faults.append(Note("identity_repeated", column, {"place": first.place}))


def _bring_in(act: Act, items: Sequence[Item], at: dt.datetime) -> None:
    """Import records of different identities, and give each its verdict.

    Organisations are registered only for records that are not refused.
    """
    known = match_bodies(items)
    for item in items:
        fill(item, act.profile, act.conflict, known)
    missing = {slug for slug in sources_of(items) if _SLUG.fullmatch(slug)}
    if not act.trial:
        for slug in sorted(missing):
            register_source(slug=slug, title={}, by=act.by, at=at)
    by_place = {item.record.place: item for item in items if item.row is not None}

    def register(places: Collection[int]) -> Mapping[int, int]:
        wanted = stated_by([by_place[place] for place in places])
        return register_matched(matching=known.matching, only=wanted, by=act.by, at=at)

    names = known.matching.names()
    verdicts = import_chunk(
        rows=[(place, item.row) for place, item in by_place.items() if item.row is not None],
        by=act.by,
        at=at,
        publish=act.publish,
        detail={"import": act.number},
        assumed=Assumed(frozenset(names), frozenset(missing), register),
        trial=act.trial,
    )
    for verdict in verdicts:
        item = by_place[verdict.row]
        item.names = names
        _settle(act, item, verdict)


def _settle(act: Act, item: Item, verdict: Verdict) -> None:
    item.verdict = RowVerdict(verdict.outcome.value)
    item.entry, item.after = verdict.number, verdict.values
    item.version_before, item.version_after = verdict.version_before, verdict.version_after
    column = partial(column_of, mapped=item.mapped, profile=act.profile)
    for broken in verdict.errors:
        item.faults += told_of(broken, column)
    item.notes += [Note(one.code, column(one.field), one.params) for one in verdict.notes]
    if verdict.outcome is Outcome.CREATED and item.row is not None:
        item.notes += suggested_notes(item.suggested, brought_in=True)
        if act.trial and not act.profile.suggest and item.record.place <= FIRST:
            item.notes += suggested_notes(spoken_for(item.row.values))
    if act.register is not None and verdict.outcome is Outcome.CREATED and verdict.number is None:
        title = column(f"texts.{item.row.values.original_language}.title") if item.row else ""
        item.notes += [
            Note("may_repeat", title, {"number": one.entry, "score": one.score})
            for one in act.register.near(_likened(item))[:1]
        ]


def _likened(item: Item) -> Likened:
    values = item.row.values if item.row is not None else None
    if values is None:
        return likened(())
    # an organisation that is not registered yet has a negative number, and a name
    return likened_of_values(values, item.names.get(values.organisation or 0, ""))
