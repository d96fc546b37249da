"""Background work that people can watch, cancel and resume."""

from django.db import models

from stocktaking.jobs.states import JobState


class Job(models.Model):
    """One piece of long work. ``done`` of ``total`` units are finished."""

    kind = models.CharField(max_length=60, help_text="Name in the registry of kinds")
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=12, default=JobState.WAITING)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(null=True)
    message = models.TextField(blank=True)
    cursor = models.JSONField(default=dict, help_text="Where a resumed run goes on")
    runs = models.PositiveIntegerField(default=0, help_text="Starts, those after a crash included")
    lease_until = models.DateTimeField(null=True)
    lease_token = models.CharField(max_length=36, blank=True, help_text="Whose run it is")
    holder = models.CharField(max_length=200, blank=True, help_text="The process that runs it")
    cancel_requested = models.BooleanField(default=False)
    by_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=[state.value for state in JobState]),
                name="job_state_known",
            ),
        ]
        indexes = [models.Index(fields=["state", "id"], name="job_waiting")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk} ({self.state})"
