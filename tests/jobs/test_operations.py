import datetime as dt
import threading

import pytest
from django.db import transaction
from django.utils.translation import override
from tests.factories.accounts import AT, person

from stocktaking.history.models import HistoryRecord
from stocktaking.jobs import operations, queries
from stocktaking.jobs.models import Job
from stocktaking.jobs.operations import leases
from stocktaking.jobs.signals import job_ended
from stocktaking.jobs.states import JobState
from stocktaking.kernel.errors import RuleBroken

pytestmark = pytest.mark.django_db


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = AT

    def __call__(self) -> dt.datetime:
        return self.now

    def move(self, seconds: float) -> None:
        self.now += dt.timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


def start(kind="count", **arguments) -> Job:
    return operations.start_job(kind=kind, arguments=arguments, by=None, at=AT)


@pytest.fixture
def counted(kinds) -> list[int]:
    """The kind ``count``: counts to ``to``, a step at a time, from where the cursor stands."""
    steps: list[int] = []

    @kinds.kind("count")
    def count(run):
        for step in range(run.cursor.get("next", 0), run.arguments["to"]):
            steps.append(step)
            run.progress(
                step + 1, run.arguments["to"], message=f"step {step}", cursor={"next": step + 1}
            )

    return steps


def verbs(job: Job) -> list[str]:
    rows = HistoryRecord.objects.filter(object_type="jobs.job", object_id=str(job.pk))
    return list(rows.values_list("verb", flat=True))


def test_start_job_refuses_an_unknown_kind(kinds):
    with pytest.raises(RuleBroken) as refused:
        start("nothing")
    assert refused.value.code == "job_kind_unknown"


def test_registry_refuses_one_name_twice(kinds, counted):
    with pytest.raises(ValueError, match="count"):
        kinds.kind("count")(lambda run: None)


def test_job_runs_to_its_end_and_tells_history(counted, clock):
    ada = person()
    job = operations.start_job(kind="count", arguments={"to": 3}, by=ada, at=AT)
    ended = []

    def hear(sender, **kwargs):
        ended.append(kwargs["job"].pk)

    job_ended.connect(hear)
    try:
        assert operations.run_waiting(at_clock=clock) == 1
    finally:
        job_ended.disconnect(hear)
    view = queries.job(job.pk)
    assert counted == [0, 1, 2]
    assert (view.state, view.done, view.total, view.share) == (JobState.DONE, 3, 3, 1.0)
    assert (view.message, view.by_id, view.open) == ("step 2", ada.pk, False)
    assert verbs(job) == ["job_started", "job_done"]
    assert ended == [job.pk]


def test_jobs_run_oldest_first_up_to_the_limit(counted, clock):
    for to in (1, 2, 3):
        start(to=to)
    assert operations.run_waiting(at_clock=clock, limit=2) == 2
    assert [view.state for view in queries.recent()] == [
        JobState.WAITING,
        JobState.DONE,
        JobState.DONE,
    ]
    assert queries.waiting() == 1


def test_job_that_raises_fails_with_the_reason(kinds, clock):
    @kinds.kind("wrong")
    def wrong(run):
        raise KeyError("missing")

    @kinds.kind("refused")
    def refused(run):
        raise RuleBroken("not_now", "Not now.")

    jobs = [start("wrong"), start("refused")]
    assert operations.run_waiting(at_clock=clock) == 2
    views = [queries.job(job.pk) for job in jobs]
    assert [view.state for view in views] == [JobState.FAILED, JobState.FAILED]
    assert views[0].message == "KeyError: 'missing'"
    assert views[1].message == "Not now. [not_now]"


def test_job_of_a_kind_that_is_gone_fails(counted, kinds, clock):
    job = start(to=1)
    kinds.KINDS.clear()
    operations.run_waiting(at_clock=clock)
    assert queries.job(job.pk).state is JobState.FAILED
    assert Job.objects.get().message == "kind_unknown"
    with override("fr"):
        assert queries.job(job.pk).message.startswith("Cette version ne connaît pas")


def test_retry_job_goes_on_where_it_stopped(kinds, clock):
    seen = []

    @kinds.kind("once")
    def fails_at_first(run):
        seen.append(dict(run.cursor))
        run.progress(1, cursor={"next": 1})
        if len(seen) == 1:
            raise OSError("no network")

    job = start("once")
    operations.run_waiting(at_clock=clock)
    operations.retry_job(job_id=job.pk, by=None, at=AT)
    operations.run_waiting(at_clock=clock)
    assert seen == [{}, {"next": 1}]
    assert queries.job(job.pk).state is JobState.DONE
    with pytest.raises(RuleBroken):
        operations.retry_job(job_id=job.pk, by=None, at=AT)


def test_request_cancel_ends_a_waiting_job_at_once(counted, clock):
    job = start(to=3)
    operations.request_cancel(job_id=job.pk, by=None, at=AT)
    assert queries.job(job.pk).state is JobState.CANCELLED
    assert operations.run_waiting(at_clock=clock) == 0
    with pytest.raises(RuleBroken) as refused:
        operations.request_cancel(job_id=job.pk, by=None, at=AT)
    assert refused.value.code == "job_ended"


def test_request_cancel_ends_a_running_job_at_its_next_word(kinds, clock):
    steps = []

    @kinds.kind("long")
    def long(run):
        for step in range(10):
            steps.append(step)
            if step == 3:
                operations.request_cancel(job_id=Job.objects.get().pk, by=None, at=AT)
                assert queries.recent()[0].cancelling
            try:
                run.progress(step + 1)
            except Exception:  # a careless kind swallows errors, and is stopped all the same
                steps.append(-1)

    job = start("long")
    operations.run_waiting(at_clock=clock)
    view = queries.job(job.pk)
    assert steps == [0, 1, 2, 3]
    assert (view.state, view.done) == (JobState.CANCELLED, 4)
    assert verbs(job) == ["job_started", "job_cancel_requested", "job_cancelled"]


def test_claim_is_for_one_worker(counted):
    start(to=1)
    assert leases.claim(at=AT) is not None
    assert leases.claim(at=AT) is None


def test_dead_run_is_resumed_at_its_cursor(counted, clock):
    job = start(to=5)
    dead = leases.LeasedRun(leases.claim(at=clock()), clock=clock, stopping=lambda: False)
    dead.progress(3, 5, cursor={"next": 3})
    clock.move(59)
    assert operations.run_waiting(at_clock=clock) == 0
    clock.move(2)
    assert operations.run_waiting(at_clock=clock) == 1
    assert counted == [3, 4]
    assert queries.job(job.pk).runs == 2
    assert verbs(job) == ["job_started", "job_done"]


def test_progress_holds_the_lease(counted, clock):
    start(to=5)
    run = leases.LeasedRun(leases.claim(at=clock()), clock=clock, stopping=lambda: False)
    for done in range(4):
        clock.move(50)
        run.progress(done)
        assert leases.release_dead(at=clock()) == 0


def test_run_that_lost_its_lease_can_write_nothing(counted, clock):
    job = start(to=5)
    slow = leases.claim(at=clock())
    run = leases.LeasedRun(slow, clock=clock, stopping=lambda: False)
    clock.move(61)
    operations.run_waiting(at_clock=clock)
    with pytest.raises(leases.LeaseLost):
        run.progress(1, cursor={"next": 1})
    assert not leases.end(slow, JobState.FAILED, at=clock())
    view = queries.job(job.pk)
    assert (view.state, view.done) == (JobState.DONE, 5)


def test_lease_renewed_while_it_was_judged_stays(counted, clock, monkeypatch):
    start(to=5)
    job = leases.claim(at=clock())
    run = leases.LeasedRun(job, clock=clock, stopping=lambda: False)
    clock.move(61)
    stale = Job.objects.get(pk=job.pk)
    run.progress(1)
    assert not leases._seize(stale)
    run.progress(2)


def test_job_that_kills_its_workers_fails_in_the_end(counted, clock):
    job = start(to=1)
    for _ in range(leases.RUNS_MAX):
        assert leases.claim(at=clock()) is not None
        clock.move(61)
        leases.release_dead(at=clock())
    assert queries.job(job.pk).state is JobState.FAILED
    with override("fr"):
        assert queries.job(job.pk).message.startswith("Chaque exécution s’est arrêtée")
    assert leases.claim(at=clock()) is None


def test_dead_run_that_was_to_be_cancelled_is_not_resumed(counted, clock):
    job = start(to=1)
    leases.claim(at=clock())
    operations.request_cancel(job_id=job.pk, by=None, at=AT)
    clock.move(61)
    assert operations.run_waiting(at_clock=clock) == 0
    assert queries.job(job.pk).state is JobState.CANCELLED


def test_work_gives_the_job_back_when_the_process_stops(kinds, clock):
    stop = threading.Event()

    @kinds.kind("long")
    def long(run):
        run.progress(1, cursor={"next": 1})
        stop.set()
        run.progress(2, cursor={"next": 2})
        raise AssertionError("the run went on")

    job = start("long")
    operations.run_waiting(at_clock=clock, stopping=stop.is_set)
    row = Job.objects.get(pk=job.pk)
    assert (row.state, row.cursor, row.lease_token) == (JobState.WAITING, {"next": 2}, "")


def test_chunk_and_cursor_are_kept_or_lost_together(kinds, clock):
    @kinds.kind("chunks")
    def chunks(run):
        with transaction.atomic():
            person(email="first@example.org")
            run.progress(1, cursor={"next": 1})
        with transaction.atomic():
            person(email="second@example.org")
            run.progress(2, cursor={"next": 2})
            raise OSError("disk full")

    job = start("chunks")
    operations.run_waiting(at_clock=clock)
    row = Job.objects.get(pk=job.pk)
    assert row.cursor == {"next": 1}
    assert HistoryRecord.objects.filter(verb="person_registered").count() == 1
