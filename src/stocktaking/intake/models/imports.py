"""Imports: profiles as rows, batches, and a verdict for every record of a file."""

from django.db import models

from stocktaking.entries.models import Entry
from stocktaking.files.models import StoredFile
from stocktaking.intake.states import BatchState, RowVerdict


class ImportProfile(models.Model):
    """One version of a mapping profile of this register, as the file that it is; a version never
    changes. Shipped profiles are files of the package and stand in no row."""

    slug = models.SlugField(max_length=40)
    version = models.PositiveIntegerField()
    title = models.JSONField(default=dict)
    text = models.TextField(help_text="The profile file (TOML)")
    by_id = models.BigIntegerField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["slug", "version"], name="profile_version_once"),
        ]
        ordering = ["slug", "-version"]

    def __str__(self) -> str:
        return f"{self.slug} {self.version}"


class ImportBatch(models.Model):
    """One import of one file with one profile: what is to be done, how far it is, what came of it.

    A trial (``dry_run``) writes its verdicts and no entries. ``profile`` is the text of the
    profile as it was then. ``position`` is the number of records that are done, in the order of
    the file; it moves in the transaction that writes their entries and verdicts.
    """

    number = models.BigAutoField(primary_key=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=255)
    profile_slug = models.CharField(max_length=40)
    profile_version = models.PositiveIntegerField()
    profile = models.TextField()
    dry_run = models.BooleanField(default=False)
    publish = models.BooleanField(default=True)
    conflict = models.CharField(max_length=10, default="keep")
    state = models.CharField(max_length=12, default=BatchState.WAITING)
    job_id = models.BigIntegerField(null=True, help_text="The job that runs or ran it last")
    position = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(null=True, help_text="Records of the file, once known")
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    noted = models.PositiveIntegerField(default=0, help_text="Records with something to tell")
    undone = models.PositiveIntegerField(default=0, help_text="Entries put back by undoing it")
    kept = models.PositiveIntegerField(default=0, help_text="Left by undoing: changed since")
    head = models.JSONField(default=dict, help_text="Kind, encoding, columns of the file")
    unread = models.JSONField(default=dict, help_text="Columns no rule reads: number of records")
    unknown = models.JSONField(default=dict, help_text="Scheme: value that is no term: records")
    message = models.TextField(blank=True, help_text="Why it could not go on")
    key = models.CharField(max_length=100, blank=True, help_text="Idempotency key of the request")
    by_id = models.BigIntegerField(null=True)
    as_of = models.DateTimeField(null=True, help_text="The moment its entries get, if stated")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=[state.value for state in BatchState]),
                name="batch_state_known",
            ),
            models.UniqueConstraint(
                fields=["by_id", "key"], condition=~models.Q(key=""), name="batch_asked_once"
            ),
        ]
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"import {self.number} of {self.file_name}"


class ImportRow(models.Model):
    """The verdict on one record. ``data`` is kept of refused ones, to correct and send back.

    ``identity`` and ``content`` are hashes of what makes the record this entry and of all it
    says: they tell a record that stands in the file twice.
    """

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="rows")
    place = models.PositiveBigIntegerField(help_text="Row, line or number of the element")
    title = models.CharField(max_length=200, blank=True)
    verdict = models.CharField(max_length=10, choices=[(v.value, v.value) for v in RowVerdict])
    entry = models.ForeignKey(Entry, null=True, on_delete=models.PROTECT, related_name="+")
    version_before = models.PositiveIntegerField(null=True)
    version_after = models.PositiveIntegerField(null=True)
    faults = models.JSONField(default=list, help_text="[{code, column, params}]")
    notes = models.JSONField(default=list, help_text="[{code, column, params}]")
    data = models.JSONField(default=dict)
    identity = models.BigIntegerField(null=True)
    content = models.BigIntegerField(null=True)
    undoing = models.CharField(
        max_length=6, blank=True, help_text="What undoing the batch did: undone or kept"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "place"], name="import_row_once"),
        ]
        indexes = [
            models.Index(fields=["batch", "verdict", "place"], name="import_row_verdict"),
            models.Index(fields=["batch", "identity"], name="import_row_identity"),
        ]
        ordering = ["place"]

    def __str__(self) -> str:
        return f"{self.batch_id}:{self.place} {self.verdict}"
