"""Somebody says: this organisation, or this entry, is ours."""

from django.db import models

from stocktaking.accounts.models import Organisation, Person
from stocktaking.entries.models import Entry
from stocktaking.intake.states import ClaimKind, ClaimMethod, ClaimState


class Claim(models.Model):
    """A claim to act for an organisation; made on an entry, it names the entry as well.

    A transfer says that an entry without a known owner belongs to an organisation that the
    person acts for already.
    """

    kind = models.CharField(
        max_length=12, default=ClaimKind.MEMBERSHIP, choices=[(k.value, k.value) for k in ClaimKind]
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="claims")
    entry = models.ForeignKey(
        Entry, null=True, blank=True, on_delete=models.SET_NULL, related_name="claims"
    )
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="claims")
    method = models.CharField(max_length=14, choices=[(m.value, m.value) for m in ClaimMethod])
    state = models.CharField(max_length=10, default=ClaimState.OPEN)
    code = models.CharField(max_length=64, blank=True, help_text="To be put on the website")
    checked_at = models.DateTimeField(null=True, help_text="When the website was last read")
    finding = models.CharField(max_length=30, blank=True, help_text="Why the code was not found")
    statement = models.TextField(blank=True)
    answer = models.TextField(blank=True)
    at = models.DateTimeField()
    proved_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "person"],
                condition=models.Q(state__in=["open", "proved"], kind="membership"),
                name="claim_open_once",
            ),
            models.UniqueConstraint(
                fields=["entry", "person"],
                condition=models.Q(state__in=["open", "proved"], kind="transfer"),
                name="claim_of_entry_open_once",
            ),
        ]
        indexes = [models.Index(fields=["state", "at"], name="claim_queue")]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"claim {self.pk}"
