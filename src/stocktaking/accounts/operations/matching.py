"""Many organisations at once, as foreign files name them: found, or registered."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

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
    fresh: set[Pair] = field(default_factory=set)  # identifiers that are still to be written


@dataclass
class Matching:
    """The organisations that files name, matched, and what is still to be written for it.

    Those to be registered have negative numbers until then.
    """

    matches: dict[StatedOrganisation, Match] = field(default_factory=dict)
    _new: dict[int, Organisation] = field(default_factory=dict)
    _pairs: dict[StatedOrganisation, list[Pair]] = field(default_factory=dict)

    def names(self) -> dict[int, str]:
        """The names of those to be registered, by their negative numbers."""
        return {number: one.name for number, one in self._new.items()}


@dataclass(frozen=True)
class _Clean:
    name: str
    place: Place
    type_id: int | None
    website: str
    pairs: tuple[Pair, ...]
    website_left_out: str = ""


def match_organisations(
    *, stated: Collection[StatedOrganisation], by: Person | None, at: dt.datetime
) -> dict[StatedOrganisation, Match]:
    """Each organisation by one of its identifiers, else by its name and country, else a new one.

    What is found stays as it is; identifiers of lists in which it had none are added.
    IntegrityError where somebody registers one of them in this moment: a second try finds it.
    """
    with transaction.atomic():
        matching = look_up_organisations(stated)
        numbers = register_matched(matching=matching, only=stated, by=by, at=at)
    return {
        one: replace(match, number=numbers.get(match.number or 0, match.number))
        for one, match in matching.matches.items()
    }


def look_up_organisations(stated: Collection[StatedOrganisation]) -> Matching:
    """The same without writing: what would be found, and what registered."""
    matching = Matching()
    clean: dict[StatedOrganisation, _Clean] = {}
    for one in dict.fromkeys(stated):
        try:
            clean[one] = _cleaned(one)
        except RuleBroken as broken:
            matching.matches[one] = Match(None, broken)
    if clean:
        known = _look(clean.values())
        # one order for all, so that two imports at once wait for each other and not both ways
        for one in sorted(clean, key=lambda one: _order(clean[one])):
            matching.matches[one] = _matched(one, clean[one], known, matching)
    return matching


def register_matched(
    *,
    matching: Matching,
    only: Collection[StatedOrganisation],
    by: Person | None,
    at: dt.datetime,
) -> dict[int, int]:
    """Write what is to be written for ``only`` these; the numbers that the new ones get, by
    their negative ones."""
    if by is not None:
        require(by, Capability.EDIT_ORGANISATIONS)
    wanted = {matching.matches[one].number for one in only}
    new = [(number, one) for number, one in matching._new.items() if number in wanted]
    for _number, one in new:
        one.created_at = at
    with transaction.atomic():
        made = Organisation.objects.bulk_create([one for _, one in new], batch_size=500)
        numbers = {before: one.number for (before, _), one in zip(new, made, strict=True)}
        pairs: dict[Pair, int] = {
            pair: number
            for one in only
            if (number := matching.matches[one].number) is not None
            for pair in matching._pairs.get(one, ())
        }
        OrganisationIdentifier.objects.bulk_create(
            OrganisationIdentifier(
                organisation_id=numbers.get(number, number), system=system, value=value
            )
            for (system, value), number in sorted(pairs.items())
        )
        if made:
            record_many(verb="organisation_registered", of=made, by=by, at=at)
        for one in made:
            organisation_registered.send(sender=Organisation, organisation=one, at=at)
    return numbers


def _order(one: _Clean) -> tuple[str, int, str, tuple[Pair, ...]]:
    return one.place[0], one.place[1] or 0, one.name, one.pairs


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


def _matched(one: StatedOrganisation, clean: _Clean, known: _Known, matching: Matching) -> Match:
    notes: list[tuple[str, Mapping[str, str]]] = []
    if clean.website_left_out:
        notes.append(("organisation_website_left_out", {"website": clean.website_left_out}))
    found = {known.by_pair[pair] for pair in clean.pairs if pair in known.by_pair}
    if len(found) > 1:
        words = MESSAGES[AMBIGUOUS]
        return Match(None, RuleBroken(AMBIGUOUS, words, field="organisation", name=clean.name))
    if found:
        number = found.pop()
        ours = known.names.get(number, "")
        if ours and key_of(ours) != clean.place[0]:
            notes.append(("organisation_named_otherwise", {"name": clean.name, "ours": ours}))
    else:
        number = known.by_place.get(clean.place) or _new(clean, known, matching)
    held = known.systems.setdefault(number, {})
    for system, value in clean.pairs:
        if known.by_pair.get((system, value)) == number:
            if (system, value) in known.fresh:  # whoever else states it may be refused
                matching._pairs.setdefault(one, []).append((system, value))
            continue
        if system in held:  # it may be that of somebody else
            told = {"name": clean.name, "identifier": f"{system}:{value}"}
            notes.append(("organisation_identifier_differs", told))
            continue
        held[system] = value
        known.by_pair[system, value] = number
        known.fresh.add((system, value))
        matching._pairs.setdefault(one, []).append((system, value))
    return Match(number, None, number < 0, tuple(notes))


def _new(clean: _Clean, known: _Known, matching: Matching) -> int:
    number = -len(matching._new) - 1
    matching._new[number] = Organisation(
        name=clean.name,
        name_key=clean.place[0],
        slug=slug_of(clean.name),
        type_id=clean.type_id,
        country_id=clean.place[1],
        website=clean.website,
    )
    known.by_place[clean.place] = number
    known.names[number] = clean.name
    return number
