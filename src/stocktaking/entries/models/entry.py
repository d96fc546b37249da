"""The entry itself: what is one per entry. What is many stands in ``parts``."""

from django.db import models

from stocktaking.accounts.models import Organisation, Person
from stocktaking.entries.states import EntryState
from stocktaking.kernel.periods import PRECISIONS, PartialDate

PRECISION_CHOICES = [(precision, precision) for precision in PRECISIONS]


class Source(models.Model):
    """Where entries came from, with the notice and licence that every page of them shows."""

    slug = models.SlugField(max_length=40, unique=True)
    title = models.JSONField(default=dict)
    notice = models.JSONField(default=dict, help_text="Shown on each page of its entries")
    licence = models.CharField(max_length=60, blank=True, help_text="SPDX identifier")
    attribution = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.slug


class Entry(models.Model):
    """One project, programme or activity of the register; its number is public for ever."""

    number = models.BigAutoField(primary_key=True)
    state = models.CharField(max_length=12, default=EntryState.UNPUBLISHED)
    slug = models.CharField(max_length=90, help_text="From the original title; may change")
    original_language = models.CharField(max_length=10)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="entries"
    )
    source = models.ForeignKey(
        Source, null=True, blank=True, on_delete=models.PROTECT, related_name="entries"
    )
    submitted_by = models.ForeignKey(
        Person,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Not always the owner",
    )
    worldwide = models.BooleanField(default=False)
    start = models.DateField(null=True, blank=True)
    start_precision = models.CharField(max_length=5, blank=True, choices=PRECISION_CHOICES)
    end = models.DateField(null=True, blank=True)
    end_precision = models.CharField(max_length=5, blank=True, choices=PRECISION_CHOICES)
    website = models.URLField(max_length=500, blank=True)
    licence = models.CharField(max_length=60, blank=True, help_text="Of the texts; SPDX identifier")
    attribution = models.CharField(max_length=300, blank=True)
    registered_on = models.DateField()
    registered_on_assumed = models.BooleanField(
        default=False, help_text="The source does not state it; shown as an assumption"
    )
    confirmed_on = models.DateField(null=True, blank=True, help_text="Last said to be correct")
    published_at = models.DateTimeField(null=True, blank=True)
    published_version = models.PositiveIntegerField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0, help_text="Newest version; guards editing")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawal_reason = models.TextField(blank=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged"
    )
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=[state.value for state in EntryState]),
                name="entry_state_known",
            ),
            models.CheckConstraint(
                condition=models.Q(end=None)
                | models.Q(start=None)
                | models.Q(end__gte=models.F("start")),
                name="entry_ends_after_start",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=EntryState.PUBLISHED)
                | models.Q(published_version__isnull=False),
                name="entry_published_has_version",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-registered_on", "-number"], name="entry_newest"),
            models.Index(fields=["organisation", "state"], name="entry_of_organisation"),
        ]
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number}-{self.slug}"

    @property
    def starts(self) -> PartialDate | None:
        if self.start is None:
            return None
        return PartialDate(self.start, self.start_precision or "day")  # type: ignore[arg-type]

    @property
    def ends(self) -> PartialDate | None:
        if self.end is None:
            return None
        # the column holds the last day it may mean
        return PartialDate.parse(str(PartialDate(self.end, self.end_precision or "day")))  # type: ignore[arg-type]
