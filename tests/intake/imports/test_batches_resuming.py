"""Imports that are stopped, go on, and meet each other."""

import datetime as dt
import random
import threading
import time

import pytest
from django.db import connections, transaction
from tests.factories.accounts import person
from tests.factories.entries import AT
from tests.intake.imports.batching import entries, opened, row, run, seen

from stocktaking.accounts.models import Organisation
from stocktaking.accounts.rules.roles import Role
from stocktaking.entries.models import Entry, EntryVersion
from stocktaking.history.models import HistoryRecord
from stocktaking.history.operations import record
from stocktaking.intake.models import ImportBatch, ImportRow
from stocktaking.intake.operations.imports import cancel_batch, resume_batch, running, undo_batch
from stocktaking.intake.states import BatchState
from stocktaking.jobs.models import Job
from stocktaking.jobs.operations import run_job, run_waiting
from stocktaking.kernel import clock
from stocktaking.kernel.errors import RuleBroken

LATER = AT + dt.timedelta(days=1)
pytestmark = pytest.mark.usefixtures("_framework")


class Killed(BaseException):
    """Stands for the end of a process: nothing of the running transaction is kept."""


@pytest.fixture
def _small(monkeypatch):
    monkeypatch.setattr(running, "CHUNK", 3)
    monkeypatch.setattr(running, "PAUSE", 0)


def killed_after(batch, words):
    """Run the job of a batch until it has said so much, then end it without a word."""
    heard = []

    def watch(done, total):
        heard.append(done)
        if len(heard) > words:
            raise Killed

    with pytest.raises(Killed):
        run_job(job_id=batch.job_id, at_clock=lambda: AT, watch=watch)
    Job.objects.filter(pk=batch.job_id).update(lease_until=AT - dt.timedelta(seconds=1))


DATA = [
    *(row(n, owner=f"Owner {n % 4}", goals="1; 7" if n % 5 == 0 else "2") for n in range(10)),
    row(3),
    row("bad", end="soon"),
    *(row(n, countries="KE") for n in range(20, 27)),
]


def left():
    """All that an import leaves behind, in words of the file."""
    return (
        list(ImportRow.objects.values_list("place", "title", "verdict", "faults", "notes")),
        {code: (one.state, one.version, one.title) for code, one in _titled().items()},
        sorted(Organisation.objects.values_list("name", flat=True)),
        ImportBatch.objects.values_list(
            "position", "total", "created", "updated", "unchanged", "refused", "noted", "unknown"
        ).get(),
    )


def _titled():
    found = entries()
    for one in found.values():
        one.title = one.texts.get().title
    return found


@pytest.mark.usefixtures("_small")
@pytest.mark.parametrize("words", [1, 2, 3, 5, 7, 8])
def test_killed_import_goes_on_and_ends_the_same(words, django_db_blocker):
    with transaction.atomic():
        run(DATA)
        undisturbed = left()
        transaction.set_rollback(True)
    batch = opened(DATA)
    killed_after(batch, words)
    done = seen(batch.number).position
    assert done == ImportRow.objects.count()
    assert run_waiting(at_clock=lambda: AT) == 1
    view = seen(batch.number)
    assert view.state is BatchState.DONE
    assert left() == undisturbed
    assert EntryVersion.objects.count() == Entry.objects.count()


@pytest.mark.usefixtures("_small")
def test_killed_import_is_undone_without_going_on():
    batch = opened(DATA)
    killed_after(batch, 3)
    undoing = undo_batch(number=batch.number, by=None, at=AT)
    run_job(job_id=undoing.job_id, at_clock=lambda: AT)
    view = seen(batch.number)
    assert (view.state, view.undone) == (BatchState.UNDONE, view.created)
    assert {one.state for one in entries().values()} == {"withdrawn"}


def test_running_import_is_not_undone():
    batch = opened([row(n) for n in range(3)])

    def watch(done, total):
        with pytest.raises(RuleBroken):
            undo_batch(number=batch.number, by=None, at=AT)

    run_job(job_id=batch.job_id, at_clock=lambda: AT, watch=watch)
    assert seen(batch.number).created == 3


@pytest.mark.usefixtures("_small")
def test_cancelled_import_can_go_on():
    batch = opened(DATA)

    def watch(done, total):
        if done == 6:
            cancel_batch(number=batch.number, by=None, at=AT)

    run_job(job_id=batch.job_id, at_clock=lambda: AT, watch=watch)
    view = seen(batch.number)
    assert (view.state, view.position, view.may_resume, view.may_undo) == (
        BatchState.CANCELLED,
        6,
        True,
        True,
    )
    again = resume_batch(number=batch.number, by=None, at=LATER)
    assert again.job_id != batch.job_id
    run_job(job_id=again.job_id, at_clock=lambda: AT)
    assert seen(batch.number).summary == "created 17, updated 0, unchanged 0, refused 2"


def test_cancel_of_one_that_waits_and_of_one_that_has_ended():
    batch = opened(DATA)
    assert resume_batch(number=batch.number, by=None, at=AT).job_id == batch.job_id
    assert cancel_batch(number=batch.number, by=None, at=AT).state == BatchState.CANCELLED
    view = run([row("a")])
    for operation in (cancel_batch, resume_batch):
        with pytest.raises(RuleBroken) as refused:
            operation(number=view.number, by=None, at=AT)
        assert refused.value.code == "batch_move"


def test_import_of_somebody_who_may_no_longer_fails():
    by = person(Role.ORGANISER)
    batch = opened([row("a")], by=by)
    by.grants.all().delete()
    run_job(job_id=batch.job_id, at_clock=lambda: AT)
    assert (seen(batch.number).state, seen(batch.number).position) == (BatchState.FAILED, 0)
    assert "not_allowed" in seen(batch.number).message


def test_run_that_lost_its_job_writes_nothing():
    batch = opened([row(n) for n in range(3)])

    def watch(done, total):
        # another process takes the run for dead and does the work
        Job.objects.filter(pk=batch.job_id).update(lease_token="somebody else")

    run_job(job_id=batch.job_id, at_clock=lambda: AT, watch=watch)
    assert not ImportRow.objects.exists()
    assert not Entry.objects.exists()
    assert seen(batch.number).position == 0


def in_threads(*works):
    """Run these at the same moment, each with a connection of its own."""
    ready = threading.Barrier(len(works))
    failed = []

    def begin(work):
        try:
            ready.wait()
            work()
        except BaseException as failure:
            failed.append(failure)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=begin, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]


@pytest.mark.django_db(transaction=True)
def test_two_imports_at_once_do_not_mix(monkeypatch):
    monkeypatch.setattr(running, "CHUNK", 7)
    chance = random.Random(5)
    data = [row(n, owner=f"Owner {n % 9}") for n in range(60)]
    batches = []
    for _ in range(2):
        mine = [*data]
        chance.shuffle(mine)
        batches.append(opened(mine))
    in_threads(*(lambda b=b: run_job(job_id=b.job_id, at_clock=clock.now) for b in batches))
    views = [seen(one.number) for one in batches]
    assert [one.state for one in views] == [BatchState.DONE] * 2, [one.message for one in views]
    assert sum(one.created for one in views) == 60
    assert sum(one.unchanged for one in views) == 60
    assert Entry.objects.count() == EntryVersion.objects.count() == 60
    assert Organisation.objects.count() == 9
    made = HistoryRecord.objects.filter(object_type="entries.entry", verb="created")
    for view in views:
        of_batch = ImportRow.objects.filter(batch=view.number, verdict="created")
        told = made.filter(detail={"import": view.number}).values_list("object_id", flat=True)
        assert sorted(map(int, told)) == sorted(of_batch.values_list("entry", flat=True))


@pytest.mark.django_db(transaction=True)
def test_others_write_while_an_import_runs():
    """On SQLite one writes at a time: everybody gets a turn between two chunks."""
    batch = opened([row(n, owner=f"Owner {n}") for n in range(2000)])
    written = []
    over = threading.Event()

    def load():
        try:
            run_job(job_id=batch.job_id, at_clock=clock.now)
        finally:
            over.set()

    def write():
        while not over.is_set():
            with transaction.atomic():
                record(verb="looked", of=batch, by=None, at=AT)
            written.append(over.is_set())
            time.sleep(0.01)

    in_threads(load, write)
    assert seen(batch.number).created == 2000
    # nobody waited in vain, and some had a turn while it ran
    assert written.count(False) > 4
