"""What an entry has many of."""

from django.db import models

from stocktaking.accounts.models import Organisation
from stocktaking.entries.models.entry import Entry
from stocktaking.entries.states import Basis, LinkKind, Origin, PartnerRole
from stocktaking.files.models import StoredFile
from stocktaking.reference.models import Term


class EntryText(models.Model):
    """Title and summary in one language."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=10)
    title = models.CharField(max_length=500)
    summary = models.TextField(blank=True)
    origin = models.CharField(
        max_length=10, default=Origin.AUTHOR, choices=[(o.value, o.value) for o in Origin]
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "language"], name="text_once")]

    def __str__(self) -> str:
        return f"{self.entry_id} ({self.language})"


class EntrySection(models.Model):
    """A longer text in one language; ``code`` is a term of the scheme ``section``."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="sections")
    code = models.CharField(max_length=40)
    language = models.CharField(max_length=10)
    text = models.TextField()
    origin = models.CharField(
        max_length=10, default=Origin.AUTHOR, choices=[(o.value, o.value) for o in Origin]
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "code", "language"], name="section_once"),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.code} ({self.language})"


class EntryTerm(models.Model):
    """A term said to fit the entry, and who says so. Countries it works in are terms too."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="terms")
    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="+")
    basis = models.CharField(max_length=10, choices=[(b.value, b.value) for b in Basis])
    note = models.TextField(blank=True, help_text="How it serves this goal")
    note_language = models.CharField(max_length=10, blank=True)
    order = models.PositiveIntegerField(default=0, help_text="The main one first")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "term"], name="entry_term_once")]
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.term_id}"


class EntryPartner(models.Model):
    """A body that takes part; by name, and by organisation where it is known."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="partners")
    name = models.CharField(max_length=300)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    role = models.CharField(
        max_length=12,
        default=PartnerRole.PARTNER,
        choices=[(r.value, r.value) for r in PartnerRole],
    )
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.name


class EntryLink(models.Model):
    """An address, or a source that has none."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="links")
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in LinkKind])
    url = models.URLField(max_length=1000, blank=True)
    label = models.CharField(max_length=500, blank=True)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.label or self.url


class EntryImage(models.Model):
    """A picture with its alternative text; renditions of the file are what is served."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="images")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    alt = models.CharField(max_length=500)
    language = models.CharField(max_length=10, help_text="Of the alternative text")
    credit = models.CharField(max_length=300, blank=True)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "file"], name="image_once")]
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.alt


class ExternalIdentifier(models.Model):
    """The number of an entry in somebody else's list."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="identifiers")
    system = models.CharField(max_length=60)
    value = models.CharField(max_length=200)
    url = models.URLField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["system", "value"], name="entry_identifier_once"),
        ]

    def __str__(self) -> str:
        return f"{self.system}:{self.value}"
