"""Letters of a call, and the groups of people they go to."""

from django.db import models

from stocktaking.calls.models.call import Call
from stocktaking.calls.states import LetterKind, LetterState


class RecipientGroup(models.Model):
    """People who are written to. ``rule`` finds accounts; ``recipients`` are listed by hand."""

    slug = models.SlugField(max_length=60, unique=True)
    title = models.JSONField(default=dict)
    rule = models.JSONField(
        default=dict,
        help_text='{"stakeholders": [codes], "countries": [codes], "owners": bool,'
        ' "everybody": bool}; empty: none',
    )
    lock = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.slug


class Recipient(models.Model):
    """Somebody without an account who is written to."""

    group = models.ForeignKey(RecipientGroup, on_delete=models.CASCADE, related_name="recipients")
    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=200, blank=True)
    organisation = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=10)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "email"], name="recipient_once"),
        ]

    def __str__(self) -> str:
        return self.email


class Letter(models.Model):
    """A dated, signed text to some groups; a reminder is a letter with a day before the end."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="letters")
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in LetterKind])
    state = models.CharField(max_length=10, default=LetterState.DRAFT)
    reference = models.CharField(max_length=60, blank=True)
    dated = models.DateField(null=True, blank=True)
    signed_by = models.JSONField(default=dict, help_text="Name and office, by language")
    groups = models.ManyToManyField(RecipientGroup, related_name="letters", blank=True)
    to_drafts = models.BooleanField(
        default=False, help_text="Also to people whose reply to this call is not sent yet"
    )
    days_before = models.PositiveIntegerField(
        null=True, blank=True, help_text="Of a reminder: sent so many days before the end"
    )
    send_at = models.DateTimeField(null=True, blank=True)
    job_id = models.BigIntegerField(null=True)
    sent_at = models.DateTimeField(null=True)
    lock = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class LetterText(models.Model):
    """The letter in one language: Markdown with {placeholders}."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=10)
    subject = models.CharField(max_length=300)
    body = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["letter", "language"], name="letter_text_once"),
        ]

    def __str__(self) -> str:
        return f"{self.letter_id} ({self.language})"
