"""Replies that wait for a moderator, and what helps to decide."""

from django.db import models

from stocktaking.accounts.models import Person
from stocktaking.calls.models import Reply
from stocktaking.entries.models import Entry
from stocktaking.intake.states import EndorsementVerdict, Severity


class Moderation(models.Model):
    """What staff see of a reply in their queue; counts are kept so that long lists are fast."""

    reply = models.OneToOneField(Reply, on_delete=models.CASCADE, related_name="moderation")
    assigned_to = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    completeness = models.PositiveSmallIntegerField(default=0, help_text="Per cent")
    errors = models.PositiveSmallIntegerField(default=0)
    warnings = models.PositiveSmallIntegerField(default=0)
    hints = models.PositiveSmallIntegerField(default=0)
    findings = models.JSONField(default=list, help_text="Codes of checks that found something")
    alike = models.PositiveSmallIntegerField(default=0, help_text="Open likenesses")
    endorsed = models.PositiveSmallIntegerField(default=0)
    objected = models.PositiveSmallIntegerField(default=0)
    twins_sought_at = models.DateTimeField(
        null=True, help_text="Likenesses were looked for; empty: a job will"
    )
    override_reason = models.TextField(
        blank=True, help_text="Why it was accepted although a check found an error"
    )
    publish_at = models.DateTimeField(null=True, blank=True, help_text="Accepted, shown later")
    publish_refusal = models.TextField(
        blank=True, help_text="Why it could not be shown when its moment came"
    )
    first_submitted_at = models.DateTimeField()
    first_decided_at = models.DateTimeField(null=True)
    first_decided_by_id = models.BigIntegerField(null=True)
    lock = models.PositiveIntegerField(default=1, help_text="Counts acts, for safe deciding")

    class Meta:
        indexes = [
            models.Index(
                fields=["publish_at"],
                name="moderation_publish_at",
                condition=models.Q(publish_at__isnull=False),
            ),
            models.Index(
                fields=["reply"],
                name="moderation_twins_to_seek",
                condition=models.Q(twins_sought_at=None),
            ),
            models.Index(fields=["first_decided_at"], name="moderation_decided_at"),
        ]

    def __str__(self) -> str:
        return f"moderation of {self.reply_id}"


class Check(models.Model):
    """A test that staff set up: a condition over answers, and what to say where it holds."""

    slug = models.SlugField(max_length=60, unique=True)
    severity = models.CharField(max_length=10, choices=[(s.value, s.value) for s in Severity])
    condition = models.JSONField(help_text="As in questionnaires.rules.conditions")
    place = models.CharField(
        max_length=40, blank=True, help_text="Code of the question it is about"
    )
    message = models.JSONField(default=dict)
    to_submitter = models.BooleanField(default=False, help_text="Shown before sending, too")
    calls = models.JSONField(default=list, help_text="Slugs of calls; empty: all")
    active = models.BooleanField(default=True)
    lock = models.PositiveIntegerField(default=1, help_text="Counts changes, for safe editing")

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.slug


class Endorsement(models.Model):
    """A coordinator speaks for or against a reply from the country or region."""

    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, related_name="endorsements")
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    scope = models.CharField(max_length=80, help_text="scheme:code of the coordinator's term")
    verdict = models.CharField(
        max_length=10, choices=[(v.value, v.value) for v in EndorsementVerdict]
    )
    note = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reply", "scope"], name="endorsed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.verdict} {self.reply_id}"


class Likeness(models.Model):
    """An entry that a reply may repeat; a decision that it does not is remembered."""

    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, related_name="likenesses")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="+")
    score = models.PositiveSmallIntegerField(help_text="0-100")
    why = models.JSONField(default=list, help_text="title, organisation, country, website")
    dismissed_at = models.DateTimeField(null=True)
    dismissed_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reply", "entry"], name="likeness_once"),
        ]
        ordering = ["-score"]

    def __str__(self) -> str:
        return f"{self.reply_id} like {self.entry_id}"
