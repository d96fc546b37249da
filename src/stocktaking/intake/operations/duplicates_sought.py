"""Looking through the whole register for entries that are there twice."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import F

from stocktaking.accounts.models import Person
from stocktaking.accounts.permissions import require
from stocktaking.accounts.rules.roles import Capability
from stocktaking.entries.models import Entry, EntryText
from stocktaking.entries.states import EntryState
from stocktaking.history.operations import record
from stocktaking.intake.models import DuplicateFamily, DuplicatePair
from stocktaking.intake.queries.duplicates import DUPLICATES
from stocktaking.intake.queries.likenesses import likened_entries
from stocktaking.intake.rules.duplicates import Family, Register
from stocktaking.intake.rules.likeness import Candidate, mark_of
from stocktaking.intake.states import PairState
from stocktaking.jobs.models import Job
from stocktaking.jobs.operations import start_job
from stocktaking.jobs.registry import Run
from stocktaking.jobs.states import JobState
from stocktaking.kernel.retrying import retried
from stocktaking.kernel.turns import take_turn

CHUNK = 2000  # entries compared between two words of the job
MORE_ALIKE = 10  # points by which a pair that was set apart must have risen to be asked again
NOTE_MAX = 500
SHOWN = 20  # members of a series that are named
FAMILIES = 1000
EVERY = dt.timedelta(days=7)


def ask_for_duplicates(*, by: Person | None, at: dt.datetime) -> Job:
    """Start the job, unless one waits or runs: then that one is given."""
    if by is not None:
        require(by, Capability.MERGE_ENTRIES)
    open_ = (JobState.WAITING, JobState.RUNNING)
    with transaction.atomic():
        take_turn(DUPLICATES)  # two at once would forget what the other one found
        running = Job.objects.filter(kind=DUPLICATES, state__in=open_).order_by("id").last()
        return running or start_job(kind=DUPLICATES, by=by, at=at)


def ask_now_and_then(*, at: dt.datetime) -> int:
    """Once a week, where entries have changed since; how many jobs were started."""
    last = Job.objects.filter(kind=DUPLICATES).order_by("id").last()
    if last is not None and last.created_at > at - EVERY:
        return 0
    changed = Entry.objects.exclude(state=EntryState.WITHDRAWN)
    if last is not None:
        changed = changed.filter(changed_at__gt=last.created_at)
    if not changed.exists():
        return 0
    ask_for_duplicates(by=None, at=at)
    return 1


def look_through(run: Run) -> None:
    """Compare all entries. The cursor holds how far it is and when it began; who goes on reads the
    register anew and compares what is left."""
    began = dt.datetime.fromisoformat(run.cursor.get("began") or run.moment().isoformat())
    after, done = int(run.cursor.get("after", 0)), int(run.cursor.get("done", 0))
    run.progress(done, cursor={"began": began.isoformat(), "after": after, "done": done})

    def watched() -> Iterable[tuple[int, Any]]:
        for place, one in enumerate(likened_entries()):
            if place % CHUNK == 0:
                run.progress(done)  # reading holds the lease as well
            yield one

    register = Register(watched())
    numbers = [number for number in register.numbers() if number > after]
    total = done + len(numbers)
    for start in range(0, len(numbers), CHUNK):
        chunk = numbers[start : start + CHUNK]
        found = [(number, one) for number in chunk for one in register.behind(number)]
        done += len(chunk)
        cursor = {"began": began.isoformat(), "after": chunk[-1], "done": done}
        # somebody who merges two entries may hold pairs that this chunk wants, and the other way
        retried(partial(_keep_chunk, run, found, register, began, total, cursor))
    with transaction.atomic():
        keep_families(register.families()[:FAMILIES], began)
        # who looks alike no longer; what was decided stays
        DuplicatePair.objects.filter(state=PairState.OPEN, seen_at__lt=began).delete()
        DuplicateFamily.objects.filter(settled_at=None, seen_at__lt=began).delete()
        run.progress(done, total)


@transaction.atomic
def _keep_chunk(
    run: Run,
    found: list[tuple[int, Candidate]],
    register: Register,
    began: dt.datetime,
    total: int,
    cursor: dict[str, Any],
) -> None:
    _keep(found, register, began)
    run.progress(cursor["done"], total, cursor=cursor)


def _keep(found: list[tuple[int, Candidate]], register: Register, at: dt.datetime) -> None:
    """Write the pairs of a chunk. A decision holds, but for a pair that became more alike."""
    firsts = {number for number, _ in found}
    known = {
        (row.first_id, row.second_id): row
        for row in DuplicatePair.objects.select_for_update().filter(first__in=firsts)
    }
    there = set(
        Entry.objects.exclude(state=EntryState.WITHDRAWN)
        .filter(number__in=firsts | {one.entry for _, one in found})
        .values_list("number", flat=True)
    )
    new: list[DuplicatePair] = []
    for number, one in found:
        if not {number, one.entry} <= there:
            continue  # withdrawn since the register was read
        marks = marks_of(register, number, one.entry)
        row = known.get((number, one.entry))
        if row is None:
            new.append(
                DuplicatePair(
                    first_id=number,
                    second_id=one.entry,
                    score=one.score,
                    why=list(one.why),
                    marks=marks,
                    found_at=at,
                    seen_at=at,
                )
            )
            continue
        if row.state == PairState.APART:
            if row.marks == marks or one.score < row.score + MORE_ALIKE:
                DuplicatePair.objects.filter(pk=row.pk).update(seen_at=at)
                continue
            record(verb="duplicates_reopened", of=row, by=None, at=at, detail={"score": one.score})
        elif row.state == PairState.MERGED:
            row.merging = None  # parted again by other means
        row.state, row.decided_at, row.decided_by_id = PairState.OPEN, None, None
        row.score, row.why, row.marks, row.seen_at = one.score, list(one.why), marks, at
        row.save()
    DuplicatePair.objects.bulk_create(new, batch_size=500, ignore_conflicts=True)


def marks_of(register: Register, first: int, second: int) -> str:
    return f"{mark_of(register.seen(first))}-{mark_of(register.seen(second))}"


def keep_families(families: list[Family], at: dt.datetime) -> None:
    """Write the series, in the words of their first member."""
    members = {family.members[0] for family in families}
    titles = {
        number: (title, language)
        for number, title, language in EntryText.objects.filter(
            entry__in=members, language=F("entry__original_language")
        ).values_list("entry_id", "title", "language")
    }
    owners = dict(Entry.objects.filter(number__in=members).values_list("number", "organisation_id"))
    rows = []
    for family in families:
        first = family.members[0]
        title, language = titles.get(first, (family.stem[:500], "en"))
        rows.append(
            DuplicateFamily(
                stem=hashlib.sha256(f"{family.stem}\n{family.owner}".encode()).hexdigest(),
                organisation_id=owners.get(first),
                title=title,
                language=language,
                size=len(family.members),
                members=list(family.members[:SHOWN]),
                found_at=at,
                seen_at=at,
            )
        )
    DuplicateFamily.objects.bulk_create(
        rows,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["stem"],
        update_fields=["organisation", "title", "language", "size", "members", "seen_at"],
    )
