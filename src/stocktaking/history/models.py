"""Who did what, append-only. Actors and objects by plain id: history outlives both."""

from django.db import models


class HistoryRecord(models.Model):
    """One verb done to one object at one moment."""

    at = models.DateTimeField(db_index=True)
    actor_id = models.BigIntegerField(null=True, help_text="Person, or empty for the system")
    verb = models.CharField(max_length=60)
    object_type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=60)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["object_type", "object_id", "id"], name="history_object")]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.verb} {self.object_type} {self.object_id}"


class IdempotencyRecord(models.Model):
    """The answer given to a request that creates something, so that a replay gets it again."""

    key = models.CharField(max_length=100)
    actor_id = models.BigIntegerField(default=0, help_text="Person, or 0 for nobody")
    scope = models.CharField(max_length=100, help_text="Which act: the route's name")
    fingerprint = models.CharField(max_length=64, help_text="SHA-256 of the request's content")
    answer = models.JSONField(null=True, help_text="Empty while the first request runs")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "actor_id", "scope"], name="idempotency_once"),
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.key}"
