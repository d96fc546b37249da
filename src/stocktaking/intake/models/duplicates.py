"""Entries that may be one, and what was decided about them."""

from django.db import models

from stocktaking.accounts.models import Organisation
from stocktaking.entries.models import Entry, Merging
from stocktaking.intake.states import PairState


class DuplicatePair(models.Model):
    """Two entries that look like one project; ``first`` has the lower number.

    ``marks`` are hashes of what was compared of either, as of the decision or the last look: while
    they stay, a decision that these are two projects is never questioned.
    """

    first = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(
        max_length=10, default=PairState.OPEN, choices=[(s.value, s.value) for s in PairState]
    )
    score = models.PositiveSmallIntegerField(help_text="0-100")
    why = models.JSONField(default=list, help_text="title, organisation, website, country")
    marks = models.CharField(max_length=80)
    found_at = models.DateTimeField()
    seen_at = models.DateTimeField(help_text="When it was last found")
    decided_at = models.DateTimeField(null=True)
    decided_by_id = models.BigIntegerField(null=True)
    note = models.CharField(max_length=500, blank=True)
    merging = models.ForeignKey(
        Merging, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    moved = models.JSONField(
        default=dict, help_text="What named the merged entry and was moved, by kind"
    )
    lock = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="pair_once"),
            models.CheckConstraint(
                condition=models.Q(first__lt=models.F("second")), name="pair_in_order"
            ),
        ]
        indexes = [models.Index(fields=["state", "-score", "id"], name="pair_queue")]
        ordering = ["-score", "id"]

    def __str__(self) -> str:
        return f"{self.first_id} like {self.second_id}"


class DuplicateFamily(models.Model):
    """Entries of one organisation with one title but for numbers, such as the grants of a
    programme: a series, whose members are not asked about pair by pair."""

    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    stem = models.CharField(max_length=64, help_text="Hash of the title without numbers")
    title = models.CharField(max_length=500)
    language = models.CharField(max_length=10)
    size = models.PositiveIntegerField()
    members = models.JSONField(default=list, help_text="Numbers of the first ones")
    found_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, help_text="Somebody has looked: a series")
    settled_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stem"], name="family_once")]
        ordering = ["-size", "id"]

    def __str__(self) -> str:
        return f"{self.size} like {self.title[:40]}"
