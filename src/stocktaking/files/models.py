"""Stored files. What people send is never served; images are served as our own renditions."""

from django.db import models


class StoredFile(models.Model):
    """A file as received, by its content's SHA-256, kept outside what the web server serves."""

    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=255, help_text="As sent, cleaned; for people only")
    media_type = models.CharField(max_length=100, help_text="As found by reading, not as claimed")
    size = models.PositiveBigIntegerField(help_text="Bytes")
    by_id = models.BigIntegerField(null=True)
    stored_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sha256"], name="file_once")]

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
