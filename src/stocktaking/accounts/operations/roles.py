"""Staff roles: granted and taken back by administrators."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from stocktaking.accounts.models import Person, RoleGrant
from stocktaking.accounts.permissions import require
from stocktaking.accounts.queries import scope_choices
from stocktaking.accounts.rules.roles import STAFF_ROLES, Capability, Role
from stocktaking.accounts.rules.scopes import SCOPED_ROLES, TermKey, written
from stocktaking.accounts.signals import role_granted, role_revoked
from stocktaking.history.operations import record
from stocktaking.kernel.errors import RuleBroken


@transaction.atomic
def grant_role(
    *,
    person: Person,
    role: Role,
    scope: TermKey | None = None,
    by: Person | None,
    at: dt.datetime,
) -> None:
    """Give a staff role; giving it twice changes nothing. ``by=None`` is the operator's console.

    ``scope`` is a term: a country or region for a coordinator, a line of the grid for a
    facilitator, and none for every other role. ``scope_missing``, ``scope_unfit``.
    """
    _may_change(role, by)
    term_id = _term_of(role, scope)
    if not person.is_active:
        raise RuleBroken("account_closed", _("This account is closed."), field="person")
    _grant, created = RoleGrant.objects.get_or_create(
        person=person,
        role=role.value,
        scope_id=term_id,
        defaults={"granted_by_id": by.pk if by else None, "granted_at": at},
    )
    if created:
        record(verb="role_granted", of=person, by=by, at=at, detail=_detail(role, scope))
        role_granted.send(sender=Person, person=person, role=role, scope=scope, at=at)


@transaction.atomic
def revoke_role(
    *,
    person: Person,
    role: Role,
    scope: TermKey | None = None,
    by: Person | None,
    at: dt.datetime,
) -> None:
    """Take a staff role back: for one ``scope``, or without one wholly.

    The register never loses its last administrator.
    """
    _may_change(role, by)
    # locked as one set, so that two administrators cannot revoke each other at once
    holders = list(RoleGrant.objects.select_for_update().filter(role=role.value).order_by("id"))
    held = [grant for grant in holders if grant.person_id == person.pk]
    if scope is not None:
        held = [grant for grant in held if grant.scope_key == scope]
    if held and role is Role.ADMINISTRATOR and len(holders) == 1:
        raise RuleBroken("last_administrator", _("The last administrator keeps the role."))
    for grant in held:
        key = grant.scope_key
        grant.delete()
        record(verb="role_revoked", of=person, by=by, at=at, detail=_detail(role, key))
        role_revoked.send(sender=Person, person=person, role=role, scope=key, at=at)


def _may_change(role: Role, by: Person | None) -> None:
    if role not in STAFF_ROLES:
        raise RuleBroken("role_not_granted", _("This role is not granted by hand."), field="role")
    if by is not None:
        require(by, Capability.GRANT_ROLES)


def _term_of(role: Role, scope: TermKey | None) -> int | None:
    """Key of the term that a role is held for; RuleBroken where the two do not go together."""
    if role not in SCOPED_ROLES:
        if scope is not None:
            raise RuleBroken("scope_unfit", _("This role is held for everything."), field="scope")
        return None
    if scope is None:
        raise RuleBroken(
            "scope_missing", _("Choose for which country, region or line."), field="scope"
        )
    for scheme, terms in scope_choices(role):
        if scheme.slug == scope[0]:
            for term in terms:
                if term.code == scope[1]:
                    return term.id
    raise RuleBroken("scope_unfit", _("The role cannot be held for this."), field="scope")


def _detail(role: Role, scope: TermKey | None) -> dict[str, str]:
    return {"role": role.value} | ({"scope": written(scope)} if scope else {})
