"""For which part of the register somebody holds a role."""

import datetime as dt
from collections.abc import Iterable

from stocktaking.accounts.models import Person
from stocktaking.accounts.rules.roles import Role
from stocktaking.accounts.rules.scopes import COUNTRIES, SCOPED_ROLES, TermKey
from stocktaking.reference.queries import Catalogue, SchemeView, TermView, catalogue


def scopes_of(person: Person | None, role: Role) -> tuple[TermKey, ...]:
    """Scheme and code of the terms for which a scoped role is held, sorted. One SQL query."""
    if person is None or person.pk is None or not person.is_active:
        return ()
    held = person.grants.filter(role=role.value, scope__isnull=False)
    return tuple(sorted(held.values_list("scope__scheme__slug", "scope__code")))


def scoped_terms(person: Person | None, *, on: dt.date) -> frozenset[TermKey]:
    """Every term that the scopes of all roles of a person cover on a day. One SQL query."""
    if person is None or person.pk is None or not person.is_active:
        return frozenset()
    held = person.grants.filter(role__in=[role.value for role in SCOPED_ROLES])
    keys = held.exclude(scope=None).values_list("scope__scheme__slug", "scope__code")
    return covered(keys, on=on)


def countries_of(person: Person | None, *, on: dt.date) -> frozenset[str]:
    """Codes of the countries that a coordinator answers for on a day. One SQL query."""
    own = covered(scopes_of(person, Role.COORDINATOR), on=on)
    return frozenset(code for scheme, code in own if scheme == COUNTRIES)


def lines_of(person: Person | None) -> frozenset[TermKey]:
    """The action lines of a facilitator, and the lines below them. One SQL query."""
    # lines have no members, so that no day matters
    return covered(scopes_of(person, Role.FACILITATOR), on=dt.date.min)


def covered(keys: Iterable[TermKey], *, on: dt.date) -> frozenset[TermKey]:
    """What scopes cover on a day: the terms themselves, those below, and their members.

    The countries of a region are those of that day, so that a country which moves is taken
    over by the coordinators of its new region, and old figures keep the old one.
    """
    known = catalogue()
    found: set[TermKey] = set()
    for scheme, code in keys:
        term = known.term(scheme, code)
        if term is None:
            continue
        for one in _with_below(known, term):
            found.add((one.scheme, one.code))
            found |= {(member.scheme, member.code) for member in known.members_of(one, on=on)}
    return frozenset(found)


def scope_choices(role: Role) -> list[tuple[SchemeView, tuple[TermView, ...]]]:
    """The terms for which a role may be held, by scheme; none for a role without a scope."""
    known = catalogue()
    if role is Role.COORDINATOR:
        schemes = [known.scheme(COUNTRIES), *_groupings(known)]
    elif role is Role.FACILITATOR:
        grid = known.grid()
        schemes = [grid.rows if grid else None]
    else:
        schemes = []
    return [(scheme, scheme.terms) for scheme in schemes if scheme is not None]


def _groupings(known: Catalogue) -> list[SchemeView]:
    """Schemes whose terms have countries as members, in the order of the framework."""
    slugs = {
        known.terms[held.group].scheme
        for held in known.memberships
        if known.terms[held.member].scheme == COUNTRIES
    }
    return [scheme for slug, scheme in known.schemes.items() if slug in slugs]


def _with_below(known: Catalogue, term: TermView) -> list[TermView]:
    scheme, found = known.schemes[term.scheme], [term]
    for one in found:  # grows while it is walked
        found += [below for below in scheme.children(one) if below not in found]
    return found
