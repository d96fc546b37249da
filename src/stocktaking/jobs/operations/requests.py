"""What people ask of jobs: start one, cancel it, try again."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from stocktaking.history.operations import record
from stocktaking.jobs.models import Job
from stocktaking.jobs.registry import KINDS
from stocktaking.jobs.signals import job_ended, job_started
from stocktaking.jobs.states import JobState
from stocktaking.kernel.errors import RuleBroken


@transaction.atomic
def start_job(
    *, kind: str, arguments: dict[str, Any] | None = None, by: Any | None, at: dt.datetime
) -> Job:
    """Put a job in the queue; a worker takes it within a second or two of the commit."""
    if kind not in KINDS:
        raise RuleBroken("job_kind_unknown", _("There is no such job."))
    job = Job.objects.create(
        kind=kind, arguments=arguments or {}, by_id=by.pk if by else None, created_at=at
    )
    record(verb="job_started", of=job, by=by, at=at, detail={"kind": kind})
    job_started.send(sender=Job, job=job, at=at)
    return job


@transaction.atomic
def request_cancel(*, job_id: int, by: Any | None, at: dt.datetime) -> Job:
    """A waiting job ends at once, a running one at its next word; an ended one stays."""
    job = Job.objects.select_for_update().get(pk=job_id)
    state = JobState(job.state)
    if state not in (JobState.WAITING, JobState.RUNNING):
        raise RuleBroken("job_ended", _("This job has ended."))
    if job.cancel_requested:
        return job
    job.cancel_requested = True
    if state is JobState.WAITING:
        job.state, job.ended_at = JobState.CANCELLED, at
    job.save(update_fields=["cancel_requested", "state", "ended_at"])
    record(verb="job_cancel_requested", of=job, by=by, at=at)
    if job.ended_at:
        job_ended.send(sender=Job, job=job, at=at)
    return job


@transaction.atomic
def retry_job(*, job_id: int, by: Any | None, at: dt.datetime) -> Job:
    """Put a failed job back in the queue; it goes on where it stopped."""
    job = Job.objects.select_for_update().get(pk=job_id)
    if job.state != JobState.FAILED:
        raise RuleBroken("job_not_failed", _("Only a failed job can be tried again."))
    job.state, job.ended_at, job.message, job.runs = JobState.WAITING, None, "", 0
    job.save(update_fields=["state", "ended_at", "message", "runs"])
    record(verb="job_retried", of=job, by=by, at=at)
    job_started.send(sender=Job, job=job, at=at)
    return job
