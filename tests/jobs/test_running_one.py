"""One job run here and now, and seeing that the process that ran it has ended."""

import datetime as dt
import subprocess
import sys

import pytest
from tests.factories.accounts import AT

from stocktaking.jobs import operations, queries
from stocktaking.jobs.models import Job
from stocktaking.jobs.operations import holders, leases
from stocktaking.jobs.states import JobState

pytestmark = pytest.mark.django_db

NAME = f"import runpy; print(runpy.run_path({holders.__file__!r})['this_process']())"


def clock() -> dt.datetime:
    return AT


@pytest.fixture
def job(kinds) -> Job:
    @kinds.kind("count")
    def count(run):
        for step in range(run.cursor.get("next", 0), 5):
            run.progress(step + 1, 5, cursor={"next": step + 1})

    return operations.start_job(kind="count", by=None, at=AT)


@pytest.fixture
def ended() -> str:
    """The name of a process that has ended."""
    done = subprocess.run([sys.executable, "-c", NAME], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_run_job_runs_it_and_tells_how_far_it_is(job):
    seen = []
    other = operations.start_job(kind="count", by=None, at=AT)
    watch = lambda done, total: seen.append((done, total))  # noqa: E731 - a plain listener
    assert operations.run_job(job_id=job.pk, at_clock=clock, watch=watch)
    assert queries.job(job.pk).state is JobState.DONE
    assert seen == [(step, 5) for step in range(1, 6)]
    assert queries.job(other.pk).state is JobState.WAITING
    assert not operations.run_job(job_id=job.pk, at_clock=clock)


def test_run_job_leaves_what_somebody_else_runs(job):
    leases.claim(at=AT)
    assert not operations.run_job(job_id=job.pk, at_clock=clock)
    assert queries.job(job.pk).runs == 1


def test_run_job_takes_over_at_once_from_a_process_that_ended(job, ended):
    leases.claim(at=AT)
    Job.objects.update(holder=ended, cursor={"next": 3})
    seen = []
    assert operations.run_job(
        job_id=job.pk, at_clock=clock, watch=lambda done, total: seen.append(done)
    )
    assert seen == [4, 5]
    assert queries.job(job.pk).runs == 2


def test_holder_of_another_machine_is_not_taken_for_gone(ended):
    assert holders.is_gone(ended)
    assert not holders.is_gone(holders.this_process())
    machine, number, began = ended.rsplit(" ", 2)
    assert not holders.is_gone(f"x{machine} {number} {began}")
    assert not holders.is_gone("")
    # the number of a process that ended is given to another one
    mine = holders.this_process().rsplit(" ", 1)[0]
    assert holders.is_gone(f"{mine} 1")
