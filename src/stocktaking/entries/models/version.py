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


class ImportedStatement(models.Model):
    """What an import from one system said of an entry, so that the next one can tell what its
    source changed from what was changed here.

    It said what ``version`` holds, except for ``differs``: pairs of a part and what it said
    instead, null where it said nothing of it. ``fingerprint`` is the hash of the whole record,
    empty where both sides had changed a part and ours was kept: that is told again next time.
    """

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="+")
    system = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    fingerprint = models.CharField(max_length=32, blank=True)
    differs = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "system", "version"], name="statement_once")
        ]

    def __str__(self) -> str:
        return f"{self.system} on {self.entry_id} v{self.version}"
