"""Taking imports back as a whole."""

import datetime as dt
from dataclasses import replace

import pytest
from tests.factories.accounts import person
from tests.factories.entries import AT
from tests.intake.imports.batching import entries, row, run, seen

from stocktaking.accounts.models import Organisation
from stocktaking.accounts.rules.roles import Role
from stocktaking.entries import operations
from stocktaking.entries.models import Entry
from stocktaking.entries.queries import values_of
from stocktaking.history.models import HistoryRecord
from stocktaking.intake.operations.imports import undo_batch, undo_trial
from stocktaking.intake.queries.imports import rows
from stocktaking.intake.states import BatchState
from stocktaking.jobs.models import Job
from stocktaking.jobs.operations import request_cancel, run_job
from stocktaking.kernel.errors import NotAllowed, RuleBroken

LATER = AT + dt.timedelta(days=1)
pytestmark = pytest.mark.usefixtures("_framework")


def undo(number, at=LATER):
    batch = undo_batch(number=number, by=None, at=at)
    run_job(job_id=batch.job_id, at_clock=lambda: at)
    return seen(number)


def edit(code, **stated):
    entry = entries()[code]
    edited = replace(values_of(entry.number), **stated)
    operations.revise_entry(
        number=entry.number, values=edited, based_on=entry.version, by=None, at=LATER
    )


def states():
    return {code: (entry.state, entry.version) for code, entry in entries().items()}


def test_undo_withdraws_restores_and_leaves_what_was_changed_since():
    run([row("a", end="2020"), row("x")])
    view = run([row(code, end="2021", owner="Council") for code in "abcd"])
    assert view.summary == "created 3, updated 1, unchanged 0, refused 0"
    edit("c", website="https://example.org")
    assert undo_trial(number=view.number) == (3, 1)
    view = undo(view.number)
    assert (view.state, view.undone, view.kept) == (BatchState.UNDONE, 3, 1)
    assert states() == {
        "a": ("published", 3),
        "b": ("withdrawn", 1),
        "c": ("published", 2),
        "d": ("withdrawn", 1),
        "x": ("published", 1),
    }
    assert values_of(entries()["a"].number).end == "2020"
    assert [one.undoing for one in rows(view.number).rows] == ["undone", "undone", "kept", "undone"]
    # who was registered stays: a later import finds it
    assert Organisation.objects.get().name == "Council"
    told = HistoryRecord.objects.get(verb="import_undone")
    assert told.detail == {"undone": 3, "kept": 1}
    assert view.summary == "created 3, updated 1, unchanged 0, refused 0"
    with pytest.raises(RuleBroken):
        undo_batch(number=view.number, by=None, at=LATER)


def test_what_was_undone_comes_back_under_its_number():
    data = [row("a", end="2020"), row("b")]
    first = run(data)
    numbers = {code: one.number for code, one in entries().items()}
    undo(first.number)
    again = run(data, at=LATER)
    assert again.summary == "created 2, updated 0, unchanged 0, refused 0"
    assert {code: one.number for code, one in entries().items()} == numbers
    assert states() == {"a": ("published", 1), "b": ("published", 1)}
    assert run(data, at=LATER).summary == "created 0, updated 0, unchanged 2, refused 0"
    assert undo(again.number).undone == 2
    assert Entry.objects.filter(state="withdrawn").count() == 2


def test_undo_of_the_last_and_then_of_the_one_before():
    first = run([row("a", end="2020")])
    second = run([row("a", end="2021")])
    assert undo(second.number).undone == 1
    assert values_of(entries()["a"].number).end == "2020"
    assert undo(first.number).undone == 1
    assert states() == {"a": ("withdrawn", 3)}


def test_undo_goes_on_where_it_stopped(monkeypatch):
    monkeypatch.setattr("stocktaking.intake.operations.imports.undoing.CHUNK", 2)
    view = run([row(code) for code in "abcde"])
    batch = undo_batch(number=view.number, by=None, at=LATER)

    class Stopped(BaseException):
        pass

    calls = []

    def watch(done, total):
        calls.append(done)
        if len(calls) == 3:
            raise Stopped

    with pytest.raises(Stopped):
        run_job(job_id=batch.job_id, at_clock=lambda: LATER, watch=watch)
    assert (seen(view.number).undone, seen(view.number).state) == (2, BatchState.UNDOING)
    Job.objects.filter(pk=batch.job_id).update(holder="", lease_until=AT)
    assert run_job(job_id=batch.job_id, at_clock=lambda: LATER)
    after = seen(view.number)
    assert (after.state, after.undone, after.kept) == (BatchState.UNDONE, 5, 0)
    assert {state for state, _ in states().values()} == {"withdrawn"}


def test_undo_that_was_cancelled_is_asked_for_again():
    view = run([row("a")])
    batch = undo_batch(number=view.number, by=None, at=LATER)
    request_cancel(job_id=batch.job_id, by=None, at=LATER)
    assert seen(view.number).state is BatchState.UNDOING
    assert seen(view.number).may_undo
    assert undo(view.number).state is BatchState.UNDONE


def test_undo_is_for_who_may_import_and_not_for_trials():
    trial = run([row("a")], dry_run=True)
    with pytest.raises(RuleBroken) as refused:
        undo_batch(number=trial.number, by=None, at=LATER)
    assert refused.value.code == "batch_trial"
    view = run([row("a")])
    with pytest.raises(NotAllowed):
        undo_batch(number=view.number, by=person(Role.MODERATOR), at=LATER)
    with pytest.raises(RuleBroken) as refused:
        undo_batch(number=view.number + 9, by=None, at=LATER)
    assert refused.value.code == "batch_unknown"
    assert undo_batch(number=view.number, by=person(Role.ORGANISER), at=LATER)
