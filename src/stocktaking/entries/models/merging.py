"""Two entries that became one, so that it can be looked up, and taken back."""

from django.db import models

from stocktaking.entries.models.entry import Entry


class Merging(models.Model):
    """``kept`` took in ``merged``: the versions of both before it and after it."""

    kept = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="took_in")
    merged = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="went_into")
    kept_before = models.PositiveIntegerField(help_text="Version of the entry that stays")
    kept_after = models.PositiveIntegerField()
    merged_before = models.PositiveIntegerField(help_text="Version of the entry that went into it")
    was_published = models.BooleanField(help_text="Whether the merged entry was, before")
    absorbed = models.JSONField(
        default=list,
        help_text="Identifiers of records whose source speaks of the entry by another one already",
    )
    at = models.DateTimeField()
    by_id = models.BigIntegerField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["merged"],
                condition=models.Q(undone_at=None),
                name="entry_merged_once",
            ),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.merged_id} into {self.kept_id}"
