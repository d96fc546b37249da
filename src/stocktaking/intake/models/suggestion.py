"""Somebody says that an entry is wrong, or could say it better."""

from django.db import models

from stocktaking.accounts.models import Person
from stocktaking.entries.models import Entry
from stocktaking.intake.states import OwnerVerdict, SuggestionKind, SuggestionState


class Suggestion(models.Model):
    """A report of an error, or other words for one place of an entry."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="suggestions")
    entry_version = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in SuggestionKind])
    state = models.CharField(max_length=10, default=SuggestionState.OPEN)
    place = models.CharField(max_length=120, blank=True, help_text="texts.en.title; empty: all")
    proposed = models.TextField(blank=True)
    remark = models.TextField(blank=True)
    language = models.CharField(max_length=10)
    by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    email = models.EmailField(max_length=254, blank=True, help_text="To answer a visitor")
    at = models.DateTimeField()
    owner_verdict = models.CharField(
        max_length=10, blank=True, choices=[(v.value, v.value) for v in OwnerVerdict]
    )
    owner_note = models.TextField(blank=True)
    owner_by_id = models.BigIntegerField(null=True)
    owner_at = models.DateTimeField(null=True)
    taken_version = models.PositiveIntegerField(null=True, help_text="Of the entry, made by it")
    decided_by_id = models.BigIntegerField(null=True)
    decided_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)
    lock = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["state", "at"], name="suggestion_queue")]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk} of {self.entry_id}"
