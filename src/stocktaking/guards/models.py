"""What keeps machines from flooding forms: counters of requests, proofs of work already spent."""

from django.db import models


class RequestCount(models.Model):
    """How often one key was used in one window; the key is a keyed hash, never an address."""

    scope = models.CharField(max_length=60, help_text="Which act is limited")
    key = models.CharField(max_length=64, help_text="Keyed hash of an account, address or network")
    window = models.DateTimeField(help_text="When the window began")
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scope", "key", "window"], name="request_count_once"),
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.window:%H:%M} {self.count}"


class SpentProof(models.Model):
    """A challenge that was answered; it serves once."""

    challenge = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the challenge")
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.challenge
