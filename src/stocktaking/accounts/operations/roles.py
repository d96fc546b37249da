"""Staff roles: granted and taken back by administrators."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from stocktaking.accounts.models import Person, RoleGrant
from stocktaking.accounts.permissions import require
from stocktaking.accounts.rules.roles import STAFF_ROLES, Capability, Role
from stocktaking.accounts.signals import role_granted, role_revoked
from stocktaking.history.operations import record
from stocktaking.kernel.errors import RuleBroken


@transaction.atomic
def grant_role(*, person: Person, role: Role, by: Person | None, at: dt.datetime) -> None:
    """Give a staff role; giving it twice changes nothing. ``by=None`` is the operator's console."""
    _may_change(role, by)
    if not person.is_active:
        raise RuleBroken("account_closed", _("This account is closed."), field="person")
    _grant, created = RoleGrant.objects.get_or_create(
        person=person,
        role=role.value,
        defaults={"granted_by_id": by.pk if by else None, "granted_at": at},
    )
    if created:
        record(verb="role_granted", of=person, by=by, at=at, detail={"role": role.value})
        role_granted.send(sender=Person, person=person, role=role, at=at)


@transaction.atomic
def revoke_role(*, person: Person, role: Role, by: Person | None, at: dt.datetime) -> None:
    """Take a staff role back; the register never loses its last administrator."""
    _may_change(role, by)
    # locked as one set, so that two administrators cannot revoke each other at once
    holders = list(RoleGrant.objects.select_for_update().filter(role=role.value).order_by("id"))
    held = [grant for grant in holders if grant.person_id == person.pk]
    if not held:
        return
    if role is Role.ADMINISTRATOR and len(holders) == 1:
        raise RuleBroken("last_administrator", _("The last administrator keeps the role."))
    held[0].delete()
    record(verb="role_revoked", of=person, by=by, at=at, detail={"role": role.value})
    role_revoked.send(sender=Person, person=person, role=role, at=at)


def _may_change(role: Role, by: Person | None) -> None:
    if role not in STAFF_ROLES:
        raise RuleBroken("role_not_granted", _("This role is not granted by hand."), field="role")
    if by is not None:
        require(by, Capability.GRANT_ROLES)
