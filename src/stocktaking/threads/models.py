"""Comments on anything. The object and its part are named by plain words, not by relation."""

from django.db import models

from stocktaking.accounts.models import Person


class Thread(models.Model):
    """A conversation about one place of one object."""

    class Audience(models.TextChoices):
        PARTIES = "parties"  # the authors of the object and the staff
        STAFF = "staff"  # the staff among themselves

    about_type = models.CharField(max_length=60, help_text="calls.reply")
    about_id = models.CharField(max_length=60)
    place = models.CharField(
        max_length=120, blank=True, help_text="Code of a question, or the whole"
    )
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.PARTIES)
    opened_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True)
    resolved_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["about_type", "about_id", "place", "audience"], name="thread_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.about_type}:{self.about_id} {self.place}"


class Comment(models.Model):
    """What one person said in a thread. It is never changed, only answered."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="comments")
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    from_staff = models.BooleanField(default=False)
    text = models.TextField()
    language = models.CharField(max_length=10)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"comment {self.pk} in {self.thread_id}"
