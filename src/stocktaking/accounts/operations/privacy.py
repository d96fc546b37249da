"""What the register holds of a person: handed out, and erased."""

import datetime as dt
from typing import Any, cast

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from stocktaking.accounts.models import Person, RoleGrant
from stocktaking.accounts.permissions import require_own_account
from stocktaking.accounts.rules.roles import Role
from stocktaking.accounts.rules.scopes import written
from stocktaking.accounts.signals import person_erased, person_exported
from stocktaking.history.models import HistoryRecord
from stocktaking.history.operations import record
from stocktaking.kernel.errors import RuleBroken


@transaction.atomic
def export_person(*, person: Person, by: Person | None, at: dt.datetime) -> dict[str, Any]:
    """All that is held of a person, ready for JSON. Apps above add theirs: each receiver of
    ``person_exported`` returns a dict of further parts."""
    require_own_account(by, person)
    data: dict[str, Any] = {
        "exported_at": at.isoformat(),
        "account": _account(person),
        "addresses": list(
            EmailAddress.objects.filter(user=person).values("email", "verified", "primary")
        ),
        "roles": [
            {
                "role": held.role,
                "scope": written(held.scope_key) if held.scope_key else None,
                "granted_at": held.granted_at.isoformat(),
            }
            for held in person.grants.select_related("scope__scheme").order_by("role", "id")
        ],
        "organisations": [
            {
                "number": held.organisation_id,
                "name": held.organisation.name,
                "standing": held.standing,
                "since": held.since.isoformat(),
            }
            for held in person.memberships.select_related("organisation").order_by("id")
        ],
        "second_factors": [
            {"type": held.type, "added_at": held.created_at.isoformat()}
            for held in Authenticator.objects.filter(user=person).order_by("id")
        ],
        "acts": _acts(person),
    }
    for _receiver, parts in person_exported.send(sender=Person, person=person, at=at):
        data.update(cast("dict[str, Any]", parts))
    record(verb="person_exported", of=person, by=by, at=at)
    return data


@transaction.atomic
def erase_person(*, person: Person, by: Person | None, at: dt.datetime) -> None:
    """Remove a person. History keeps the number; what they submitted stays, without a name."""
    require_own_account(by, person)
    grants = RoleGrant.objects.select_for_update().filter(role=Role.ADMINISTRATOR)
    if [grant.person_id for grant in grants] == [person.pk]:
        raise RuleBroken("last_administrator", _("The last administrator keeps the account."))
    number = person.pk
    record(verb="person_erased", of=person, by=by, at=at)
    _end_sessions(number, at)
    person.delete()
    person_erased.send(sender=Person, person_id=number, at=at)


def _account(person: Person) -> dict[str, Any]:
    return {
        "number": person.pk,
        "email": person.email,
        "name": person.name,
        "language": person.language,
        "country": person.country.code if person.country else None,
        "stakeholder": person.stakeholder.code if person.stakeholder else None,
        "joined_at": person.joined_at.isoformat(),
        "last_login": person.last_login.isoformat() if person.last_login else None,
    }


def _acts(person: Person) -> list[dict[str, Any]]:
    acts = HistoryRecord.objects.filter(actor_id=person.pk).order_by("id")
    return [
        {"at": act.at.isoformat(), "verb": act.verb, "object": f"{act.object_type} {act.object_id}"}
        for act in acts.iterator()
    ]


def _end_sessions(number: int, at: dt.datetime) -> None:
    # a session names the address that the code was sent to, so it has to go as well
    for session in Session.objects.filter(expire_date__gt=at).iterator():
        if session.get_decoded().get("_auth_user_id") == str(number):
            session.delete()
