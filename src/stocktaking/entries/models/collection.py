"""Special repositories: entries gathered under a theme."""

from django.db import models

from stocktaking.entries.models.entry import Entry


class Collection(models.Model):
    """A named set of entries with its own introduction; its slug is the facet's value."""

    slug = models.SlugField(max_length=60, unique=True)
    title = models.JSONField(default=dict)
    introduction = models.JSONField(default=dict)
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
