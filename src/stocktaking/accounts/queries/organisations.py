"""Organisations as frozen values."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from stocktaking.accounts.models import Membership, Organisation, Person
from stocktaking.kernel import languages
from stocktaking.kernel.text.normalise import name_key
from stocktaking.reference.queries import TermView, catalogue


@dataclass(frozen=True)
class OrganisationView:
    """One organisation. ``lock`` is what a later ``revise_organisation`` is based on."""

    number: int
    slug: str
    name: str
    names: dict[str, str]
    type: TermView | None
    country: TermView | None
    website: str
    identifiers: tuple[tuple[str, str], ...]  # system and value
    logo_file_id: int | None
    unknown: bool
    merged_into: int | None
    lock: int

    def label(self, language: str | None = None) -> str:
        """The name in a language (default: of the request), else as registered."""
        return self.names.get(language or languages.current().code, self.name)

    def __str__(self) -> str:
        return self.label()


def organisation(number: int) -> OrganisationView | None:
    """One organisation, also one that was merged into another. Two SQL queries."""
    return next(iter(organisations_by_number([number]).values()), None)


def organisations_by_number(numbers: Iterable[int]) -> dict[int, OrganisationView]:
    """Several at once. Two SQL queries."""
    rows = Organisation.objects.filter(number__in=list(numbers))
    return {view.number: view for view in _views(rows)}


def organisations(
    text: str = "", *, first: int = 0, size: int = 50
) -> tuple[list[OrganisationView], int]:
    """Organisations whose name contains ``text``, by name, and how many there are in all.

    Spelling variants are folded; merged ones are left out. Three SQL queries.
    """
    rows = Organisation.objects.filter(merged_into=None)
    for word in name_key(text).split():
        rows = rows.filter(name_key__contains=word)
    total = rows.count()
    return _views(rows.order_by("name_key", "number")[first : first + size]), total


@dataclass(frozen=True)
class Member:
    person: Person
    standing: Membership.Standing


def members(number: int) -> list[Member]:
    """Who acts for an organisation, owners first. One SQL query."""
    rows = Membership.objects.filter(organisation=number).select_related("person")
    found = [Member(row.person, Membership.Standing(row.standing)) for row in rows]
    return sorted(found, key=lambda m: (m.standing != Membership.Standing.OWNER, m.person.email))


def organisations_of(person: Person) -> list[OrganisationView]:
    """The organisations somebody acts for, by name. Two SQL queries."""
    rows = Organisation.objects.filter(memberships__person=person, merged_into=None)
    return _views(rows.order_by("name_key", "number"))


def _views(rows: QuerySet[Organisation]) -> list[OrganisationView]:
    terms = catalogue().terms
    return [
        OrganisationView(
            number=row.number,
            slug=row.slug,
            name=row.name,
            names=row.names,
            type=terms.get(row.type_id or 0),
            country=terms.get(row.country_id or 0),
            website=row.website,
            identifiers=tuple(sorted((i.system, i.value) for i in row.identifiers.all())),
            logo_file_id=row.logo_file_id,
            unknown=row.unknown,
            merged_into=row.merged_into_id,
            lock=row.lock,
        )
        for row in rows.prefetch_related("identifiers")
    ]
