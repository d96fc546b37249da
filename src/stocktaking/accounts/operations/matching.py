"""Many organisations at once, as foreign files name them: found, or registered."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stocktaking.accounts.models import Organisation, OrganisationIdentifier, Person
from stocktaking.accounts.operations.organisations import (
    checked_name,
    checked_pairs,
    checked_website,
    key_of,
    slug_of,
)
from stocktaking.accounts.operations.terms import COUNTRIES, TYPES, term_id
from stocktaking.accounts.permissions import require
from stocktaking.accounts.rules.roles import Capability
from stocktaking.accounts.signals import organisation_registered
from stocktaking.history.operations import record_many
from stocktaking.kernel.errors import RuleBroken

Pair = tuple[str, str]
Place = tuple[str, int | None]  # key of the name, primary key of the country
AMBIGUOUS = "organisation_ambiguous"

# what is told of an organisation that was found; placeholders as in ``Match.notes``
MESSAGES: dict[str, str | Promise] = {
    AMBIGUOUS: _("The identifiers of “%(name)s” belong to several organisations."),
    "organisation_named_otherwise": _(
        "“%(name)s” was found by its identifier. It is called “%(ours)s” here."
    ),
    "organisation_identifier_differs": _(
        "“%(name)s” was found by its name. It has another identifier of this kind here; "
        "%(identifier)s was left out."
    ),
    "organisation_website_left_out": _("“%(website)s” is no web address and was left out."),
}


@dataclass(frozen=True)
class StatedOrganisation:
    """An organisation as a file names it; ``country`` and ``type`` are codes of terms."""

    name: str
    country: str = ""
    type: str = ""
    website: str = ""
    identifiers: tuple[Pair, ...] = ()


@dataclass(frozen=True)
class Match:
    """The organisation that was meant, or why there is none. ``notes`` are pairs of a code and
    its placeholders."""

    number: int | None
    refusal: RuleBroken | None = None
    registered: bool = False
    notes: tuple[tuple[str, Mapping[str, str]], ...] = ()


@dataclass
class _Known:
    """Who is known, by identifier and by name; what is new in this batch comes in as it goes."""

    by_pair: dict[Pair, int] = field(default_factory=dict)
    by_place: dict[Place, int] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    systems: dict[int, dict[str, str]] = field(default_factory=dict)  # value by system
    new: list[tuple[int, Organisation]] = field(default_factory=list)
    pairs: list[tuple[Pair, int]] = field(default_factory=list)  # identifiers to be added


@dataclass(frozen=True)
class _Clean:
    name: str
    place: Place
    type_id: int | None
    website: str
    pairs: tuple[Pair, ...]
    website_left_out: str = ""


def match_organisations(
    *,
    stated: Collection[StatedOrganisation],
    by: Person | None,
    at: dt.datetime,
    trial: bool = False,
) -> dict[StatedOrganisation, Match]:
    """Each organisation by one of its identifiers, else by its name and country, else new.

    What is found stays as it is; identifiers of lists in which it had none are added. A trial
    writes nothing and gives those it would register negative numbers. IntegrityError where
    somebody registers one of them in this moment: a second try finds it.
    """
    if by is not None:
        require(by, Capability.EDIT_ORGANISATIONS)
    matches: dict[StatedOrganisation, Match] = {}
    clean: dict[StatedOrganisation, _Clean] = {}
    for one in dict.fromkeys(stated):
        try:
            clean[one] = _cleaned(one)
        except RuleBroken as broken:
            matches[one] = Match(None, broken)
    if not clean:
        return matches
    # one order for all, so that two imports at once wait for each other and not both ways
    ordered = sorted(clean, key=lambda one: (clean[one].place[0], clean[one].place[1] or 0))
    with transaction.atomic():
        known = _look(clean.values())
        for one in ordered:
            matches[one] = _matched(clean[one], known, at)
        if not trial:
            numbers = _write(known, by, at)
            matches = {one: _numbered(match, numbers) for one, match in matches.items()}
    return matches


def _cleaned(one: StatedOrganisation) -> _Clean:
    name = checked_name(one.name)
    try:
        website, left_out = checked_website(one.website), ""
    except RuleBroken:
        website, left_out = "", one.website[:80]
    return _Clean(
        name,
        (key_of(name), term_id(COUNTRIES, one.country, "country")),
        term_id(TYPES, one.type, "type"),
        website,
        tuple(checked_pairs(one.identifiers)),
        left_out,
    )


def _look(stated: Iterable[_Clean]) -> _Known:
    known = _Known()
    stated = list(stated)
    pairs = {pair for one in stated for pair in one.pairs}
    if pairs:
        rows = OrganisationIdentifier.objects.filter(
            system__in={system for system, _ in pairs}, value__in={value for _, value in pairs}
        ).values_list(
            "system", "value", "organisation", "organisation__merged_into", "organisation__name"
        )
        for system, value, number, into, name in rows:
            if (system, value) in pairs:
                known.by_pair[system, value] = into or number
                known.names[into or number] = name
    keys = {one.place[0] for one in stated}
    places = {one.place for one in stated}
    named = Organisation.objects.filter(name_key__in=keys).order_by("number")
    for key, country, number, into, name in named.values_list(
        "name_key", "country", "number", "merged_into", "name"
    ):
        place = (key, country)
        # one that was merged into another leads on, unless the name is taken anew
        if place in places and (into is None or place not in known.by_place):
            known.by_place[place] = into or number
            known.names.setdefault(into or number, name)
    if pairs and known.names:
        held = OrganisationIdentifier.objects.filter(organisation__in=list(known.names))
        for number, system, value in held.values_list("organisation", "system", "value"):
            known.systems.setdefault(number, {})[system] = value
    return known


def _matched(one: _Clean, known: _Known, at: dt.datetime) -> Match:
    notes: list[tuple[str, Mapping[str, str]]] = []
    if one.website_left_out:
        notes.append(("organisation_website_left_out", {"website": one.website_left_out}))
    found = {known.by_pair[pair] for pair in one.pairs if pair in known.by_pair}
    if len(found) > 1:
        broken = RuleBroken(AMBIGUOUS, MESSAGES[AMBIGUOUS], field="organisation", name=one.name)
        return Match(None, broken)
    if found:
        number = found.pop()
        ours = known.names.get(number, "")
        if ours and key_of(ours) != one.place[0]:
            notes.append(("organisation_named_otherwise", {"name": one.name, "ours": ours}))
    else:
        number = known.by_place.get(one.place) or _register(one, known, at)
    notes += _take_pairs(one, number, known)
    return Match(number, None, number < 0, tuple(notes))


def _register(one: _Clean, known: _Known, at: dt.datetime) -> int:
    number = -len(known.new) - 1
    organisation = Organisation(
        name=one.name,
        name_key=one.place[0],
        slug=slug_of(one.name),
        type_id=one.type_id,
        country_id=one.place[1],
        website=one.website,
        created_at=at,
    )
    known.new.append((number, organisation))
    known.by_place[one.place] = number
    known.names[number] = one.name
    return number


def _take_pairs(one: _Clean, number: int, known: _Known) -> list[tuple[str, Mapping[str, str]]]:
    """Identifiers that the organisation did not have; one of a list in which it has another
    may be that of somebody else."""
    notes: list[tuple[str, Mapping[str, str]]] = []
    held = known.systems.setdefault(number, {})
    for system, value in one.pairs:
        if known.by_pair.get((system, value)) == number:
            continue
        if system in held:
            told = {"name": one.name, "identifier": f"{system}:{value}"}
            notes.append(("organisation_identifier_differs", told))
            continue
        held[system] = value
        known.by_pair[system, value] = number
        known.pairs.append(((system, value), number))
    return notes


def _write(known: _Known, by: Person | None, at: dt.datetime) -> dict[int, int]:
    """The numbers that the new ones got, by their provisional ones."""
    made = Organisation.objects.bulk_create([one for _, one in known.new], batch_size=500)
    numbers = {before: one.number for (before, _), one in zip(known.new, made, strict=True)}
    OrganisationIdentifier.objects.bulk_create(
        OrganisationIdentifier(
            organisation_id=numbers.get(number, number), system=system, value=value
        )
        for (system, value), number in sorted(known.pairs)
    )
    if made:
        record_many(verb="organisation_registered", of=made, by=by, at=at)
    for one in made:
        organisation_registered.send(sender=Organisation, organisation=one, at=at)
    return numbers


def _numbered(match: Match, numbers: Mapping[int, int]) -> Match:
    if match.number is None or match.number > 0:
        return match
    return Match(numbers[match.number], None, True, match.notes)
