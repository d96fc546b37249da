"""Who may do what: the role table asked about one person, and about one object."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from stocktaking.accounts.models import Membership, Organisation, Person
from stocktaking.accounts.queries import roles_of, scoped_terms
from stocktaking.accounts.rules.roles import Capability, capabilities
from stocktaking.accounts.rules.scopes import COUNTRIES, TermKey
from stocktaking.kernel.errors import NotAllowed


def can(person: Person | None, capability: Capability, obj: Any = None) -> bool:
    """Whether ``person`` (None: a visitor) holds a capability, here for ``obj`` if it is given.

    ``obj`` is an organisation, its number, or anything with an ``organisation_id``; it
    matters for what people may do in their own organisation only.
    """
    if capability not in capabilities(roles_of(person)):
        return False
    if capability is Capability.EDIT_OWN_ORGANISATION and obj is not None:
        number = _organisation_of(obj)
        return person is not None and person.memberships.filter(organisation=number).exists()
    return True


def require(person: Person | None, capability: Capability, obj: Any = None) -> None:
    """Raise NotAllowed unless ``can``."""
    if not can(person, capability, obj):
        raise _not_allowed()


def may_own(person: Person | None, number: int) -> bool:
    """Whether somebody is an owner of an organisation, who lets others act for it."""
    if not can(person, Capability.EDIT_OWN_ORGANISATION, number) or person is None:
        return False
    owner = Membership.Standing.OWNER
    return person.memberships.filter(organisation=number, standing=owner).exists()


def in_scope(person: Person | None, about: str | Iterable[TermKey], *, on: dt.date) -> bool:
    """Whether something lies in the country, region or line for which ``person`` holds a role.

    ``about`` is the code of a country, or the terms (scheme, code) that the thing carries; one
    that is covered suffices. ``on`` is the day whose regions count. Nobody without a scoped role
    has anything in scope: what moderators may do is asked by ``can``. One SQL query.
    """
    asked = {(COUNTRIES, about)} if isinstance(about, str) else set(about)
    return not asked.isdisjoint(scoped_terms(person, on=on))


def require_own_account(by: Person | None, person: Person) -> None:
    """Raise NotAllowed unless the account is that of ``by``; None is the operator's console."""
    if by is not None and by.pk != person.pk:
        raise _not_allowed()


def _not_allowed() -> NotAllowed:
    return NotAllowed("not_allowed", _("You may not do this with your account."))


def _organisation_of(obj: Any) -> int | None:
    if isinstance(obj, Organisation):
        return obj.number
    return obj if isinstance(obj, int) else obj.organisation_id
