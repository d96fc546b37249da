"""Stored files. What people send is never served; images are served as our own renditions."""

import uuid

from django.db import models

from stocktaking.files.states import FileState, UploadState


class StoredFile(models.Model):
    """A file as received, by its content's SHA-256, kept outside what the web server serves."""

    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=255, help_text="As sent, cleaned; for people only")
    media_type = models.CharField(max_length=100, help_text="As found by reading, not as claimed")
    size = models.PositiveBigIntegerField(help_text="Bytes")
    state = models.CharField(max_length=10, default=FileState.READY)
    refusal = models.CharField(max_length=40, blank=True, help_text="Code of why it is refused")
    by_id = models.BigIntegerField(null=True)
    stored_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sha256"], name="file_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=[state.value for state in FileState]),
                name="file_state_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Sending(models.Model):
    """That a person sent a file, and under which name: only they may put it into an answer."""

    file = models.ForeignKey(StoredFile, on_delete=models.CASCADE, related_name="sendings")
    person_id = models.BigIntegerField(db_index=True)
    name = models.CharField(max_length=255)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["file", "person_id"], name="sending_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Rendition(models.Model):
    """A re-encoded picture made from a stored file; free of the original's metadata."""

    file = models.ForeignKey(StoredFile, on_delete=models.CASCADE, related_name="renditions")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    path = models.CharField(max_length=200, help_text="Below the media folder")
    size = models.PositiveBigIntegerField(help_text="Bytes")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["file", "width"], name="rendition_once"),
        ]
        ordering = ["width"]

    def __str__(self) -> str:
        return self.path


class Upload(models.Model):
    """A file that arrives in pieces: the first ``received`` bytes are on the disk."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person_id = models.BigIntegerField()
    key = models.CharField(max_length=100, help_text="Idempotency key of the request for it")
    name = models.CharField(max_length=255)
    kinds = models.JSONField(default=list, help_text="Media types that are taken; empty: all")
    size = models.PositiveBigIntegerField(help_text="Bytes in all")
    received = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True, help_text="What the sender says it is")
    state = models.CharField(max_length=10, default=UploadState.OPEN)
    refusal = models.CharField(max_length=40, blank=True)
    file = models.ForeignKey(StoredFile, on_delete=models.CASCADE, null=True, related_name="+")
    began_at = models.DateTimeField()
    changed_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person_id", "key"], name="upload_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=[state.value for state in UploadState]),
                name="upload_state_known",
            ),
            models.CheckConstraint(
                condition=models.Q(received__lte=models.F("size")), name="upload_within_size"
            ),
        ]
        indexes = [models.Index(fields=["person_id", "began_at"], name="upload_of_person")]

    def __str__(self) -> str:
        return f"{self.name} {self.received}/{self.size}"
