"""Who gets a message to a project, without the sender seeing an address."""

from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from stocktaking.accounts.models import Person
from stocktaking.accounts.queries import has_consent
from stocktaking.accounts.rules.consents import Purpose
from stocktaking.accounts.rules.roles import GRANTS, STAFF_ROLES, Capability
from stocktaking.entries.models import Entry
from stocktaking.kernel import languages

STAFF_MOST = 10  # accounts, where the operator has named no address


@dataclass(frozen=True)
class Recipient:
    """``person`` is None for the address that the operator named."""

    address: str
    name: str
    language: str
    person: Person | None = None


def members_reached(entry: Entry) -> list[Recipient]:
    """Those who act for the entry and agreed to be written to."""
    if entry.organisation_id is None:
        return []
    rows = Person.objects.filter(memberships__organisation=entry.organisation_id, is_active=True)
    people = list(rows.order_by("pk"))
    agreeing = has_consent([person.pk for person in people], Purpose.CONTACT)
    return [_of(person) for person in people if person.pk in agreeing]


def staff_reached() -> list[Recipient]:
    """The address for questions to the register; else the accounts of moderators."""
    try:
        validate_email(settings.CONTACT)
    except ValidationError:
        roles = [role for role in STAFF_ROLES if Capability.MODERATE_REPLIES in GRANTS[role]]
        rows = Person.objects.filter(grants__role__in=roles, is_active=True).distinct()
        return [_of(person) for person in rows.order_by("pk")[:STAFF_MOST]]
    return [Recipient(settings.CONTACT, settings.ORGANISER, languages.DEFAULT)]


def _of(person: Person) -> Recipient:
    return Recipient(person.email, person.name, person.language, person)
