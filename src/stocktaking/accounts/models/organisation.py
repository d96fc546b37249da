"""Organisations, who acts for them, and who was invited to."""

from django.db import models

from stocktaking.accounts.models.person import Person
from stocktaking.reference.models import Term


class Organisation(models.Model):
    """A body that owns entries. It may exist without people (imports) and be claimed later."""

    number = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=300)
    name_key = models.CharField(
        max_length=300, db_index=True, help_text="Normalised name, for matching"
    )
    names = models.JSONField(default=dict, help_text="In other languages")
    slug = models.CharField(max_length=90)
    type = models.ForeignKey(
        Term,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Of the stakeholder scheme",
    )
    country = models.ForeignKey(
        Term,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Where it has its seat; entries are from there",
    )
    website = models.URLField(max_length=500, blank=True)
    logo_file_id = models.BigIntegerField(null=True, blank=True)
    unknown = models.BooleanField(
        default=False, help_text="Stands for an owner that the source does not state"
    )
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged"
    )
    lock = models.PositiveIntegerField(default=1, help_text="Counts changes, for safe editing")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["name_key", "country"],
                name="organisation_once",
                condition=models.Q(merged_into=None),
            ),
            models.UniqueConstraint(
                fields=["name_key"],
                name="organisation_without_country_once",
                condition=models.Q(merged_into=None, country=None),
            ),
        ]
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class OrganisationIdentifier(models.Model):
    """The number of an organisation in somebody else's list (ROR, IATI, ISNI ...)."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="identifiers"
    )
    system = models.CharField(max_length=40)
    value = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["system", "value"], name="organisation_id_once"),
        ]

    def __str__(self) -> str:
        return f"{self.system}:{self.value}"


class Membership(models.Model):
    """A person acts for an organisation."""

    class Standing(models.TextChoices):
        OWNER = "owner"
        EDITOR = "editor"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="memberships"
    )
    standing = models.CharField(max_length=10, choices=Standing)
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "organisation"], name="membership_of_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} for {self.organisation_id}"


class Invitation(models.Model):
    """Somebody is asked by mail to act for an organisation. Only the link's hash is kept.

    The row goes when it is accepted or taken back, or some time after it has expired.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="invitations"
    )
    email = models.EmailField(max_length=254, help_text="In lower case")
    standing = models.CharField(max_length=10, choices=Membership.Standing)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "email"], name="invitation_once"),
        ]

    def __str__(self) -> str:
        return f"invitation to {self.organisation_id}"
