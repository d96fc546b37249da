"""What keeps machines from flooding forms: paces of requests, proofs of work already spent."""

from django.db import models


class RequestPace(models.Model):
    """How far ahead of its steady pace one key is; the key is a keyed hash, never an address."""

    scope = models.CharField(max_length=60, help_text="Which act is limited")
    key = models.CharField(max_length=64, help_text="Keyed hash of an account, address or network")
    paid_until = models.BigIntegerField(
        db_index=True, help_text="Microseconds since 1970 until which the pace is used up"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scope", "key"], name="request_pace_once"),
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.key[:8]}"


class SpentProof(models.Model):
    """A challenge that was answered; it serves one request, and that request sent again."""

    challenge = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the challenge")
    request = models.CharField(
        max_length=64, blank=True, help_text="SHA-256 of what it served; empty serves no replay"
    )
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.challenge
