"""Immutable snapshots."""

from django.db import models

from stocktaking.entries.models.entry import Entry


class EntryVersion(models.Model):
    """The whole entry as it was after one change; persons appear by id only."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    snapshot = models.JSONField()
    made_at = models.DateTimeField()
    by_id = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    public = models.BooleanField(default=False, help_text="Was published at some time")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "number"], name="version_once")]
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.entry_id} v{self.number}"
