"""What the register holds of a person: handed out, and erased."""

import datetime as dt
from typing import Any, cast

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from stocktaking.accounts.models import Invitation, Person, RoleGrant
from stocktaking.accounts.operations.sessions import end_sessions
from stocktaking.accounts.permissions import require_own_account
from stocktaking.accounts.rules.names import sent_by
from stocktaking.accounts.rules.roles import Role
from stocktaking.accounts.rules.scopes import written
from stocktaking.accounts.signals import person_erased, person_exported
from stocktaking.history.models import HistoryRecord
from stocktaking.history.operations import record
from stocktaking.kernel.errors import RuleBroken
from stocktaking.kernel.giving_way import giving_way
from stocktaking.outbox.models import Message
from stocktaking.outbox.operations.forgetting import forget_person, mails_of


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
        "sign_ins": [
            {
                "provider": held.provider,
                "subject": held.uid,
                "stated": held.extra_data,
                "linked_at": held.date_joined.isoformat(),
            }
            for held in SocialAccount.objects.filter(user=person).order_by("id")
        ],
        "consents": [
            {
                "purpose": said.purpose,
                "given": said.given,
                "text": said.text,
                "language": said.language,
                "version": said.version,
                "how": said.how,
                "at": said.at.isoformat(),
            }
            for said in person.consents.all()
        ],
        "invitations": _invitations(person),
        "mails": _mails(person),
        "acts": _acts(person),
    }
    for _receiver, parts in person_exported.send(sender=Person, person=person, at=at):
        data.update(cast("dict[str, Any]", parts))
    record(verb="person_exported", of=person, by=by, at=at)
    return data


@giving_way
def erase_person(*, person: Person, by: Person | None, at: dt.datetime) -> None:
    """Remove a person. History keeps the number; what they submitted stays, without a name.

    ``in_use`` where others hold for long what is theirs.
    """
    require_own_account(by, person)
    grants = RoleGrant.objects.select_for_update().filter(role=Role.ADMINISTRATOR)
    if [grant.person_id for grant in grants] == [person.pk]:
        raise RuleBroken("last_administrator", _("The last administrator keeps the account."))
    number = person.pk
    Invitation.objects.filter(email__iexact=person.email).delete()
    for address in {person.email, *addresses_of(person)}:
        forget_person(person_id=number, address=address)
    # what others got in this person's name
    Message.objects.filter(about=sent_by(number)).delete()
    record(verb="person_erased", of=person, by=by, at=at)
    end_sessions(number, at)
    person.delete()
    person_erased.send(sender=Person, person_id=number, at=at)


def addresses_of(person: Person) -> list[str]:
    """Addresses that were confirmed for an account, one or, after merging, several."""
    confirmed = EmailAddress.objects.filter(user=person, verified=True)
    return list(confirmed.values_list("email", flat=True))


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


def _invitations(person: Person) -> list[dict[str, Any]]:
    """To act for an organisation: those that wait for the person, and those the person sent.

    Whom the person invited is said by number alone: that address is somebody else's.
    """
    rows = Invitation.objects.filter(Q(email__iexact=person.email) | Q(invited_by=person))
    return [
        {
            "organisation": row.organisation_id,
            "standing": row.standing,
            "sent": row.invited_by_id == person.pk,
            "invited_at": row.invited_at.isoformat(),
            "expires_at": row.expires_at.isoformat(),
        }
        for row in rows.order_by("id")
    ]


def _mails(person: Person) -> list[dict[str, Any]]:
    return [
        {
            "to": mail.to,
            "subject": mail.subject,
            "text": mail.text,
            "queued_at": mail.queued_at.isoformat(),
        }
        for mail in sorted(
            {
                mail
                for address in {person.email, *addresses_of(person)}
                for mail in mails_of(person_id=person.pk, address=address)
            },
            key=lambda mail: mail.queued_at,
        )
    ]


def _acts(person: Person) -> list[dict[str, Any]]:
    """What the person did, also with accounts that were merged into this one."""
    taken_in = HistoryRecord.objects.filter(
        object_type="accounts.person", object_id=str(person.pk), verb="person_took_in"
    )
    numbers = {person.pk, *(told.detail["merged"] for told in taken_in)}
    acts = HistoryRecord.objects.filter(actor_id__in=numbers).order_by("id")
    return [
        {"at": act.at.isoformat(), "verb": act.verb, "object": f"{act.object_type} {act.object_id}"}
        for act in acts.iterator()
    ]
