"""Special repositories: entries gathered under a theme."""

from django.db import models

from stocktaking.accounts.models import Person
from stocktaking.entries.models.entry import Entry
from stocktaking.entries.states import CollectionState, InvitationState


class Collection(models.Model):
    """A named set of entries with its own introduction; its slug is the facet's value."""

    slug = models.SlugField(max_length=60, unique=True)
    title = models.JSONField(default=dict)
    introduction = models.JSONField(default=dict)
    criteria = models.JSONField(default=dict, help_text="Which entries belong to it, by language")
    state = models.CharField(
        max_length=10,
        default=CollectionState.OPEN,
        choices=[(s.value, s.value) for s in CollectionState],
    )
    call = models.CharField(
        max_length=60, blank=True, help_text="Slug of the call for it; calls stand above entries"
    )
    curators = models.ManyToManyField(Person, blank=True, related_name="curated")
    order = models.PositiveIntegerField(default=0)
    lock = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["order", "slug"]

    def __str__(self) -> str:
        return self.slug


class CollectionMember(models.Model):
    """An entry belongs to a collection."""

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="members")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="collections")
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["collection", "entry"], name="collected_once"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} in {self.collection_id}"


class CollectionInvitation(models.Model):
    """A curator invites an entry; whoever acts for its organisation answers."""

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="invitations")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="invitations")
    state = models.CharField(max_length=12, default=InvitationState.OPEN)
    message = models.TextField(blank=True, help_text="Why it would fit, in the curator's words")
    token_hash = models.CharField(
        max_length=64, unique=True, help_text="Of the link in the mail to its owners"
    )
    invited_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    invited_at = models.DateTimeField()
    answered_by_id = models.BigIntegerField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["collection", "entry"],
                condition=models.Q(state="open"),
                name="invited_once",
            ),
        ]
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.entry_id} invited to {self.collection_id}"
