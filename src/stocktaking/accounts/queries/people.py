"""People as an administrator looks for them."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q

from stocktaking.accounts.models import Person
from stocktaking.accounts.rules.roles import Role
from stocktaking.reference.queries import TermView, catalogue


@dataclass(frozen=True)
class Held:
    """A role that is held; ``scope`` is the term it is held for, None: the whole site."""

    role: Role
    scope: TermView | None


@dataclass(frozen=True)
class PersonRow:
    """One account with the staff roles it holds."""

    id: int
    name: str
    email: str
    language: str
    active: bool
    joined_at: dt.datetime
    roles: tuple[Role, ...]
    grants: tuple[Held, ...] = ()

    def __str__(self) -> str:
        return self.name or self.email


def people(
    text: str = "", *, staff_only: bool = False, first: int = 0, size: int = 50
) -> tuple[list[PersonRow], int]:
    """Accounts whose name or address contains ``text``, by address, and how many there are.

    Three SQL queries.
    """
    rows = Person.objects.all()
    for word in text.split():
        # SQLite ignores case for ASCII letters only, so the usual spellings are asked for
        fits = Q(email__icontains=word)
        for spelling in {word, word.lower(), word.upper(), word.capitalize()}:
            fits |= Q(name__icontains=spelling)
        rows = rows.filter(fits)
    if staff_only:
        rows = rows.filter(grants__isnull=False).distinct()
    found = rows.order_by("email").prefetch_related("grants")[first : first + size]
    return [_row(person) for person in found], rows.count()


def person_row(number: int) -> PersonRow | None:
    found = Person.objects.filter(pk=number).prefetch_related("grants").first()
    return _row(found) if found else None


def _row(person: Person) -> PersonRow:
    held = {grant.role for grant in person.grants.all()}
    terms = catalogue().terms
    return PersonRow(
        id=person.pk,
        name=person.name,
        email=person.email,
        language=person.language,
        active=person.is_active,
        joined_at=person.joined_at,
        roles=tuple(role for role in Role if role.value in held),
        grants=tuple(
            Held(Role(grant.role), terms.get(grant.scope_id or 0))
            for grant in sorted(person.grants.all(), key=lambda grant: grant.pk)
        ),
    )
