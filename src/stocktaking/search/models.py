"""The change log that every node's index follows."""

from django.db import models


class Change(models.Model):
    """One document to index again (or to drop), written in the transaction of its change.

    ``transaction`` is PostgreSQL's transaction id: rows commit out of order of ``id``, so a
    reader takes only rows below the oldest transaction still running. On SQLite writers queue,
    ids commit in order, and the column stays 0.
    """

    kind = models.CharField(max_length=30, help_text="Name of a document provider")
    key = models.CharField(max_length=60, help_text="Which document; empty: all of this kind")
    transaction = models.BigIntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["transaction", "id"], name="change_by_transaction")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
