"""What comes back: one party's answers to a call."""

import uuid

from django.db import models

from stocktaking.accounts.models import Organisation, Person
from stocktaking.calls.models.call import Call
from stocktaking.calls.states import Occasion, Part, ReplyState
from stocktaking.entries.models import Entry
from stocktaking.questionnaires.models import AnswerSet


class Reply(models.Model):
    """One party's answer set to a call. Addresses carry ``key``; people quote ``number``.

    ``title``, ``organisation``, ``country`` and ``stakeholder`` are taken from the answers at
    each saving, for lists and counts.
    """

    number = models.BigAutoField(primary_key=True)
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="replies")
    answer_set = models.OneToOneField(AnswerSet, on_delete=models.PROTECT, related_name="reply")
    state = models.CharField(max_length=10, default=ReplyState.DRAFT)
    occasion = models.CharField(
        max_length=10, default=Occasion.NEW, choices=[(o.value, o.value) for o in Occasion]
    )
    entry = models.ForeignKey(
        Entry,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="replies",
        help_text="Which it updates or confirms, or became",
    )
    copied_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    language = models.CharField(max_length=10)
    title = models.CharField(max_length=500, blank=True)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="replies"
    )
    organisation_name = models.CharField(max_length=300, blank=True)
    country = models.CharField(max_length=40, blank=True, help_text="Code of a term of country")
    stakeholder = models.CharField(max_length=40, blank=True)
    started_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    started_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, help_text="Last time; arrival of the request")
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True, help_text="Why it was returned or declined")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=[state.value for state in ReplyState]),
                name="reply_state_known",
            ),
            # one update or confirmation of an entry at a time within a call
            models.UniqueConstraint(
                fields=["call", "entry"],
                condition=models.Q(
                    state__in=["draft", "submitted", "returned", "accepted"], entry__isnull=False
                ),
                name="reply_of_entry_once",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "submitted_at", "number"], name="reply_queue"),
            models.Index(fields=["call", "state"], name="reply_of_call"),
        ]
        ordering = ["number"]

    def __str__(self) -> str:
        return f"reply {self.number}"


class ReplyAuthor(models.Model):
    """Somebody who writes a reply."""

    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, related_name="authors")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="authored")
    part = models.CharField(max_length=10, choices=[(p.value, p.value) for p in Part])
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reply", "person"], name="author_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} of {self.reply_id}"


class AuthorInvitation(models.Model):
    """Somebody was asked to write with others; the token stands in the mail alone."""

    # the token itself, on the instance that was just made and nowhere else
    token: str = ""

    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(max_length=254, blank=True, help_text="Emptied once accepted")
    token_hash = models.CharField(max_length=64, unique=True)
    by_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"invitation to {self.reply_id}"


class ReplySnapshot(models.Model):
    """The answers as they were sent, each time they were sent.

    Immutable, but for answers about a person that are taken out when the person is erased.
    """

    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, related_name="snapshots")
    number = models.PositiveIntegerField()
    revision = models.PositiveIntegerField(help_text="Of the answer set")
    version_id = models.BigIntegerField(help_text="Of the questionnaire")
    answers = models.JSONField()
    sha256 = models.CharField(max_length=64, help_text="Of the canonical JSON of the answers")
    by_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(help_text="Arrival of the request")
    erased_at = models.DateTimeField(null=True, help_text="Answers about people were taken out")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reply", "number"], name="snapshot_once"),
        ]
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.reply_id} sent {self.number}"
