"""Organisations: found or registered, and revised."""

import datetime as dt
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from stocktaking.accounts.models import Organisation, OrganisationIdentifier, Person
from stocktaking.accounts.operations.terms import COUNTRIES, TYPES, term_id
from stocktaking.accounts.permissions import can, require
from stocktaking.accounts.rules.roles import Capability
from stocktaking.accounts.signals import organisation_registered, organisation_revised
from stocktaking.history.operations import record
from stocktaking.kernel import languages
from stocktaking.kernel.errors import RuleBroken, StaleVersion
from stocktaking.kernel.text.normalise import name_key

NAME_MAX = 300
Pairs = list[tuple[str, str]]


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
    if by is not None:
        require(by, Capability.EDIT_ORGANISATIONS)
    name = checked_name(name)
    pairs = checked_pairs(identifiers)
    seat = term_id(COUNTRIES, country, "country")
    kind = term_id(TYPES, type, "type")
    found = _find(pairs, key_of(name), seat)
    if found is None:
        new = Organisation(
            name=name,
            name_key=key_of(name),
            names=_checked_names(names or {}),
            slug=slug_of(name),
            type_id=kind,
            country_id=seat,
            website=checked_website(website),
            unknown=unknown,
            created_at=at,
        )
        try:
            with transaction.atomic():
                new.save()
        except IntegrityError:  # somebody was faster by a moment
            found = _find(pairs, new.name_key, seat)
            if found is None:
                raise
        else:
            found = new
            record(verb="organisation_registered", of=found, by=by, at=at)
            organisation_registered.send(sender=Organisation, organisation=found, at=at)
    for system, value in pairs:
        OrganisationIdentifier.objects.get_or_create(
            system=system, value=value, defaults={"organisation": found}
        )
    return found


@transaction.atomic
def revise_organisation(
    *,
    number: int,
    name: str,
    names: dict[str, str] | None = None,
    country: str | None = None,
    type: str | None = None,
    website: str = "",
    identifiers: Iterable[tuple[str, str]] = (),
    based_on: int,
    by: Person | None,
    at: dt.datetime,
) -> Organisation:
    """Replace what is said of an organisation. ``based_on`` is the ``lock`` that was edited;
    StaleVersion where somebody else saved since."""
    organisation = Organisation.objects.select_for_update().get(number=number)
    require_editor(by, organisation)
    if organisation.lock != based_on:
        raise StaleVersion("organisation_changed", _("Somebody else has changed it since."))
    if organisation.merged_into_id:
        raise RuleBroken("organisation_merged", _("It was merged into another organisation."))
    before = _described(organisation)
    organisation.name = checked_name(name)
    organisation.name_key = key_of(organisation.name)
    organisation.slug = slug_of(organisation.name)
    organisation.names = _checked_names(names or {})
    organisation.country_id = term_id(COUNTRIES, country, "country")
    organisation.type_id = term_id(TYPES, type, "type")
    organisation.website = checked_website(website)
    _refuse_twin(organisation)
    _replace_identifiers(organisation, checked_pairs(identifiers))
    after = _described(organisation)
    changed = sorted(field for field, value in after.items() if before[field] != value)
    if changed:
        organisation.lock += 1
        organisation.save()
        detail = {field: [before[field], after[field]] for field in changed}
        record(verb="organisation_revised", of=organisation, by=by, at=at, detail=detail)
        organisation_revised.send(sender=Organisation, organisation=organisation, at=at)
    return organisation


def require_editor(by: Person | None, organisation: Organisation) -> None:
    """Staff, people who act for it, and the operator's console may change an organisation."""
    if by is not None and not can(by, Capability.EDIT_ORGANISATIONS):
        require(by, Capability.EDIT_OWN_ORGANISATION, organisation)


def slug_of(name: str) -> str:
    """What stands behind the number in an address, in the script of the name."""
    return slugify(name, allow_unicode=True)[:90].strip("-") or "organisation"


def key_of(name: str) -> str:
    """What two spellings of one name share; a name of signs alone is its own key."""
    return name_key(name)[:NAME_MAX] or name.casefold()


def _find(pairs: Pairs, key: str, seat: int | None) -> Organisation | None:
    for system, value in pairs:
        held = OrganisationIdentifier.objects.filter(system=system, value=value)
        if known := held.select_related("organisation").first():
            return known.organisation
    return Organisation.objects.filter(name_key=key, country=seat, merged_into=None).first()


def _refuse_twin(organisation: Organisation) -> None:
    twin = _find([], organisation.name_key, organisation.country_id)
    if twin is not None and twin != organisation:
        raise RuleBroken(
            "organisation_exists",
            _("Organisation %(number)s has this name in this country. Merge the two instead."),
            field="name",
            number=twin.number,
        )


def _replace_identifiers(organisation: Organisation, pairs: Pairs) -> None:
    for system, value in pairs:
        others = OrganisationIdentifier.objects.filter(system=system, value=value)
        if others.exclude(organisation=organisation).exists():
            raise RuleBroken(
                "identifier_taken",
                _("Another organisation has the identifier %(identifier)s."),
                field="identifiers",
                identifier=f"{system}:{value}",
            )
    organisation.identifiers.all().delete()
    OrganisationIdentifier.objects.bulk_create(
        OrganisationIdentifier(organisation=organisation, system=system, value=value)
        for system, value in pairs
    )


def _described(organisation: Organisation) -> dict[str, object]:
    return {
        "name": organisation.name,
        "names": organisation.names,
        "country": organisation.country_id,
        "type": organisation.type_id,
        "website": organisation.website,
        "identifiers": sorted(f"{i.system}:{i.value}" for i in organisation.identifiers.all()),
    }


def checked_name(name: str) -> str:
    """The name with single spaces; RuleBroken ``organisation_name``."""
    name = " ".join(name.split())
    if not name or len(name) > NAME_MAX:
        raise RuleBroken(
            "organisation_name", _("Give a name of 1 to 300 characters."), field="name"
        )
    return name


def _checked_names(names: dict[str, str]) -> dict[str, str]:
    if not set(names) <= set(languages.CODES):
        raise RuleBroken("language_unknown", _("This language is not offered."), field="names")
    return {code: checked_name(name) for code, name in names.items() if name.strip()}


def checked_website(website: str) -> str:
    """A web address or nothing; RuleBroken ``website_invalid``, ``website_long``."""
    website = website.strip()
    parts = urlsplit(website)
    if website and (parts.scheme not in ("http", "https") or not parts.hostname):
        raise RuleBroken(
            "website_invalid", _("Give an address that starts with https://."), field="website"
        )
    if len(website) > 500:
        raise RuleBroken("website_long", _("This address is too long."), field="website")
    return website


def checked_pairs(identifiers: Iterable[tuple[str, str]]) -> Pairs:
    """Pairs of system and value, each once; RuleBroken ``identifier_invalid``."""
    pairs = dict.fromkeys((system.strip().lower(), value.strip()) for system, value in identifiers)
    for system, value in pairs:
        if not system or not value or len(system) > 40 or len(value) > 200:
            raise RuleBroken(
                "identifier_invalid",
                _("An identifier needs the name of its list and a value."),
                field="identifiers",
            )
    return list(pairs)
