"""Who follows what, and how far each was told of it."""

from django.db import models

from stocktaking.accounts.models import Person
from stocktaking.entries.models import Entry
from stocktaking.follow.states import Kind, Rhythm, State


class Follower(models.Model):
    """Somebody who follows anything: when digests come, and whether they come at all."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="follower")
    weekday = models.PositiveSmallIntegerField(default=0, help_text="0 is Monday")
    hour = models.PositiveSmallIntegerField(default=7, help_text="Of the day in the zone")
    zone = models.CharField(max_length=60, default="UTC", help_text="IANA name: Europe/Zurich")
    state = models.CharField(max_length=10, default=State.ACTIVE)
    digests = models.PositiveIntegerField(default=0, help_text="How many were written")
    last_digest_at = models.DateTimeField(null=True)
    lock = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=[state.value for state in State]),
                name="follower_state_known",
            ),
            models.CheckConstraint(
                condition=models.Q(weekday__lte=6, hour__lte=23), name="follower_moment_exists"
            ),
        ]

    def __str__(self) -> str:
        return f"follower {self.person_id}"


class Subscription(models.Model):
    """One thing that somebody follows.

    A search was told of entries published until ``since``; ``told`` are the numbers of those
    that were published shortly before, for a transaction may be committed late. Of an entry
    ``seen_version`` and ``seen_state`` were told; ``moved`` are the entries that were followed in
    its place before each went into the next one, the newest last.
    """

    follower = models.ForeignKey(Follower, on_delete=models.CASCADE, related_name="subscriptions")
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in Kind])
    key = models.CharField(max_length=80, help_text="Tells what one person follows apart")
    name = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=10, help_text="Of titles and links in the mail")
    query = models.TextField(blank=True, help_text="Of a search: its parameters")
    entry = models.ForeignKey(Entry, null=True, on_delete=models.CASCADE, related_name="+")
    rhythm = models.CharField(max_length=10)
    state = models.CharField(max_length=10, default=State.ACTIVE)
    since = models.DateTimeField()
    told = models.JSONField(default=list)
    seen_version = models.PositiveIntegerField(default=0)
    seen_state = models.CharField(max_length=12, blank=True)
    moved = models.JSONField(default=list, help_text="Numbers of entries that were merged")
    looked = models.BigIntegerField(
        default=0, help_text="Version of the index at the last look, for what is told at once"
    )
    next_at = models.DateTimeField(help_text="Not looked at before")
    created_at = models.DateTimeField()
    lock = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["follower", "key"], name="followed_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=[state.value for state in State])
                & models.Q(rhythm__in=[rhythm.value for rhythm in Rhythm]),
                name="subscription_words_known",
            ),
            models.CheckConstraint(
                condition=models.Q(kind=Kind.ENTRY, entry__isnull=False)
                | models.Q(kind=Kind.SEARCH, entry__isnull=True),
                name="subscription_of_one_kind",
            ),
        ]
        indexes = [models.Index(fields=["state", "next_at"], name="subscription_due")]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.follower_id} {self.key}"
