"""People, the roles they hold, what they agreed to, and links that let them in once."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from stocktaking.accounts.rules.consents import Purpose
from stocktaking.accounts.rules.roles import STAFF_ROLES, Role
from stocktaking.kernel import languages
from stocktaking.reference.models import Term


class PersonManager(BaseUserManager["Person"]):
    """What Django's authentication asks of a manager; people are made by operations."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    """Somebody with an account, known by an e-mail address; no password is needed."""

    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=10, default=languages.DEFAULT)
    country = models.ForeignKey(
        Term, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    stakeholder = models.ForeignKey(
        Term, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = PersonManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="person_email_once")]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def is_staff(self) -> bool:
        """Django asks; whether somebody may do a thing is answered by ``permissions``."""
        return self.grants.exists()


class RoleGrant(models.Model):
    """A staff role held by a person: for the whole site, or for a country, region or line."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=20)
    scope = models.ForeignKey(
        Term,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="A coordinator's country or region, a facilitator's line",
    )
    granted_by_id = models.BigIntegerField(null=True)
    granted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "role", "scope"], name="grant_once"),
            models.UniqueConstraint(
                fields=["person", "role"],
                condition=models.Q(scope=None),
                name="grant_without_scope_once",
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=[role.value for role in STAFF_ROLES]),
                name="grant_role_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} is {Role(self.role)}"

    @property
    def scope_key(self) -> tuple[str, str] | None:
        """Scheme and code of the scope; asks for both unless they were selected with it."""
        return (self.scope.scheme.slug, self.scope.code) if self.scope else None


class Consent(models.Model):
    """A person agreed to a purpose, or took it back. Rows are added and never changed."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=20)
    given = models.BooleanField()
    text = models.TextField(help_text="The words that were agreed to, as they were shown")
    language = models.CharField(max_length=10)
    version = models.PositiveIntegerField(help_text="Of what the purpose means")
    how = models.CharField(max_length=20, help_text="Where it was said")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(purpose__in=[purpose.value for purpose in Purpose]),
                name="consent_purpose_known",
            ),
        ]
        indexes = [models.Index(fields=["purpose", "person", "id"], name="consent_newest")]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.person_id} {'agrees' if self.given else 'does not agree'} to {self.purpose}"


class OneTimeLink(models.Model):
    """A sign-in link that works once; only its hash is kept. Made for demo accounts only."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    second_factor = models.BooleanField(default=False, help_text="Stands in for one (demo)")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"link for {self.person_id}"
