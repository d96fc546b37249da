"""Mail that waits, was sent or came back; templates as the organiser changed them."""

import uuid

from django.db import models

from stocktaking.outbox.states import Category, MessageState, Outcome, SuppressionReason


class Message(models.Model):
    """One mail to one address. It is rendered when it is queued, and sent by a worker."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=60, help_text="Name in the registry of kinds")
    category = models.CharField(max_length=10, choices=[(c.value, c.value) for c in Category])
    to = models.EmailField(max_length=254)
    to_name = models.CharField(max_length=200, blank=True)
    person_id = models.BigIntegerField(null=True, db_index=True, help_text="Whose mail it is")
    reply_to = models.EmailField(max_length=254, blank=True)
    language = models.CharField(max_length=10)
    subject = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True, help_text="What stands in the body element, cleaned")
    about = models.CharField(max_length=120, blank=True, help_text="calls.reply:12")
    once_key = models.CharField(
        max_length=200, null=True, unique=True, help_text="The same key is queued once"
    )
    state = models.CharField(max_length=10, default=MessageState.QUEUED)
    due_at = models.DateTimeField(help_text="Not sent before; moved by each failed attempt")
    attempts = models.PositiveIntegerField(default=0)
    spent = models.PositiveIntegerField(
        default=0, help_text="Attempts before somebody asked for it again"
    )
    lease_until = models.DateTimeField(null=True)
    lease_token = models.CharField(max_length=36, blank=True, help_text="Whose attempt it is")
    queued_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    forgotten = models.BooleanField(default=False, help_text="Subject and text were removed")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=[state.value for state in MessageState]),
                name="message_state_known",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "category", "due_at"], name="message_due"),
            models.Index(fields=["state", "lease_until"], name="message_lease"),
            models.Index(fields=["to"], name="message_to"),
            models.Index(fields=["-queued_at"], name="message_newest"),
            models.Index(fields=["about"], name="message_about"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class Attempt(models.Model):
    """One try to hand a message over. Written before the try, completed after it."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="tries")
    number = models.PositiveIntegerField()
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(
        max_length=20, blank=True, choices=[(o.value, o.value) for o in Outcome]
    )
    answer = models.TextField(blank=True, help_text="What the mail server said")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message", "number"], name="attempt_once"),
        ]
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.message_id} {self.number}"


class Suppression(models.Model):
    """An address that gets no more mail of a category; an empty category means of any."""

    address = models.CharField(max_length=254, help_text="In small letters")
    category = models.CharField(max_length=10, blank=True)
    reason = models.CharField(
        max_length=12, choices=[(r.value, r.value) for r in SuppressionReason]
    )
    detail = models.TextField(blank=True)
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["address", "category"], name="suppressed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.address} {self.category or 'all'}"


class TemplateText(models.Model):
    """The organiser's words for a kind of mail in one language; without it the shipped ones."""

    kind = models.CharField(max_length=60)
    language = models.CharField(max_length=10)
    subject = models.CharField(max_length=300)
    body = models.TextField(help_text="Markdown with {placeholders}")
    lock = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "language"], name="template_text_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.language})"
