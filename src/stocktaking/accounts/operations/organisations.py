"""Organisations: found or registered, revised, merged; and who acts for them."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from stocktaking.accounts.models import Organisation, OrganisationIdentifier, Person
from stocktaking.accounts.operations.terms import COUNTRIES, TYPES, term_id
from stocktaking.accounts.signals import organisation_registered
from stocktaking.history.operations import record
from stocktaking.kernel.errors import RuleBroken
from stocktaking.kernel.text.normalise import name_key


@transaction.atomic
def register_organisation(
    *,
    name: str,
    country: str | None = None,
    type: str | None = None,
    website: str = "",
    identifiers: Iterable[tuple[str, str]] = (),
    names: dict[str, str] | None = None,
    unknown: bool = False,
    by: Person | None,
    at: dt.datetime,
) -> Organisation:
    """The organisation of this identifier, else of this name and country, else a new one.

    ``country`` and ``type`` are codes of terms, ``identifiers`` pairs of system and value.
    What is found is returned as it is, only identifiers it did not have are added.
    """
    name = " ".join(name.split())
    if not name or len(name) > 300:
        raise RuleBroken(
            "organisation_name", _("Give a name of 1 to 300 characters."), field="name"
        )
    pairs = [(system.strip().lower(), value.strip()) for system, value in identifiers]
    seat = term_id(COUNTRIES, country, "country")
    kind = term_id(TYPES, type, "type")
    found = _find(pairs, key_of(name), seat)
    if found is None:
        found = Organisation.objects.create(
            name=name,
            name_key=key_of(name),
            names=names or {},
            slug=slug_of(name),
            type_id=kind,
            country_id=seat,
            website=website,
            unknown=unknown,
            created_at=at,
        )
        record(verb="organisation_registered", of=found, by=by, at=at)
        organisation_registered.send(sender=Organisation, organisation=found, at=at)
    _add_identifiers(found, pairs)
    return found


def slug_of(name: str) -> str:
    """What stands behind the number in an address; Latin letters and digits only."""
    return slugify(name)[:90].strip("-") or "organisation"


def key_of(name: str) -> str:
    """What two spellings of one name share; a name of signs alone is its own key."""
    return name_key(name)[:300] or name.casefold()


def _find(pairs: list[tuple[str, str]], key: str, seat: int | None) -> Organisation | None:
    for system, value in pairs:
        held = OrganisationIdentifier.objects.filter(system=system, value=value)
        if known := held.select_related("organisation").first():
            return known.organisation
    return Organisation.objects.filter(name_key=key, country=seat, merged_into=None).first()


def _add_identifiers(organisation: Organisation, pairs: list[tuple[str, str]]) -> None:
    for system, value in dict.fromkeys(pairs):
        OrganisationIdentifier.objects.get_or_create(
            system=system, value=value, defaults={"organisation": organisation}
        )
