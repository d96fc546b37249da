"""Messages passed on to the people behind an entry, and the yearly "still correct"."""

from django.db import models

from stocktaking.accounts.models import Person
from stocktaking.entries.models import Entry


class ContactMessage(models.Model):
    """A message to a project, passed on by mail without showing an address. It is kept for some
    weeks, so that abuse can be looked into."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    name = models.CharField(max_length=200, blank=True, help_text="As the sender signs")
    email = models.EmailField(max_length=254, blank=True, help_text="Of a visitor")
    language = models.CharField(max_length=10)
    may_reply = models.BooleanField(default=False, help_text="An answer goes to the sender")
    reached = models.PositiveSmallIntegerField(default=0, help_text="Mails that were queued")
    to_staff = models.BooleanField(default=False, help_text="Nobody of the organisation gets mail")
    subject = models.CharField(max_length=200)
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["at"], name="contact_message_at")]

    def __str__(self) -> str:
        return f"message {self.pk} to {self.entry_id}"


class Confirmation(models.Model):
    """Owners were asked whether an entry is still correct; the token stands in the mail alone."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="confirmations")
    email = models.EmailField(max_length=254)
    person_id = models.BigIntegerField(null=True)
    token_hash = models.CharField(max_length=64, unique=True)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["entry", "-asked_at"], name="confirmation_newest"),
            models.Index(fields=["email", "-asked_at"], name="confirmation_of_address"),
        ]

    def __str__(self) -> str:
        return f"confirmation {self.pk} of {self.entry_id}"
