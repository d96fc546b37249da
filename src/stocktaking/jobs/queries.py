"""Questions about jobs, for the staff page and for whoever waits for one."""

import datetime as dt
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stocktaking.jobs.models import Job
from stocktaking.jobs.states import Failure, JobState

OPEN = (JobState.WAITING, JobState.RUNNING)
WORDS: dict[str, str | Promise] = {
    Failure.WORKERS_LOST: _("Every run ended without a word, as when a worker is killed."),
    Failure.KIND_UNKNOWN: _("This release does not know this kind of job."),
}


@dataclass(frozen=True)
class JobView:
    """``total`` is None while nobody knows it; ``by_id`` is a person's number."""

    id: int
    kind: str
    state: JobState
    done: int
    total: int | None
    message: str
    cancelling: bool
    runs: int
    by_id: int | None
    created_at: dt.datetime
    ended_at: dt.datetime | None

    @property
    def share(self) -> float | None:
        """What is done, from 0 to 1."""
        return min(1.0, self.done / self.total) if self.total else None

    @property
    def open(self) -> bool:
        return self.state in OPEN


def job(number: int) -> JobView | None:
    """One job. One SQL query."""
    row = Job.objects.filter(pk=number).first()
    return _view(row) if row else None


def recent(limit: int = 50) -> list[JobView]:
    """The newest jobs, newest first. One SQL query."""
    return [_view(row) for row in Job.objects.order_by("-id")[:limit]]


def waiting() -> int:
    """How many jobs wait for a worker. One SQL query."""
    return Job.objects.filter(state=JobState.WAITING).count()


def _view(row: Job) -> JobView:
    return JobView(
        id=row.pk,
        kind=row.kind,
        state=JobState(row.state),
        done=row.done,
        total=row.total,
        message=str(WORDS.get(row.message, row.message)),
        cancelling=row.cancel_requested and row.state in OPEN,
        runs=row.runs,
        by_id=row.by_id,
        created_at=row.created_at,
        ended_at=row.ended_at,
    )
