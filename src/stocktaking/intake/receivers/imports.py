"""A batch learns how its job ended where the job could not say so itself."""

import datetime as dt
from typing import Any

from django.dispatch import receiver

from stocktaking.intake.models import ImportBatch
from stocktaking.intake.operations.imports.opening import IMPORT, UNDO
from stocktaking.intake.states import BatchState
from stocktaking.jobs.models import Job
from stocktaking.jobs.signals import job_ended
from stocktaking.jobs.states import JobState


@receiver(job_ended)
def follow_job(sender: Any, job: Job, at: dt.datetime, **told: Any) -> None:
    """A failed or cancelled import can go on; an undoing that failed is asked for again."""
    if job.kind not in (IMPORT, UNDO) or job.state == JobState.DONE:
        return
    batch = ImportBatch.objects.select_for_update().filter(job_id=job.pk).first()
    if batch is None:
        return
    batch.message, batch.ended_at = job.message if job.state == JobState.FAILED else "", at
    if job.kind == IMPORT:
        ended = {JobState.FAILED: BatchState.FAILED, JobState.CANCELLED: BatchState.CANCELLED}
        batch.state = ended[JobState(job.state)]
    batch.save(update_fields=["state", "message", "ended_at"])
