"""Owners ask others by mail to act for their organisation."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from stocktaking.accounts.models import Invitation, Membership, Organisation, Person
from stocktaking.accounts.operations.members import add_member, require_owner
from stocktaking.accounts.rules.tokens import digest, new_token
from stocktaking.accounts.signals import member_invited
from stocktaking.history.operations import record
from stocktaking.kernel import languages
from stocktaking.kernel.errors import RuleBroken

LASTS = dt.timedelta(days=14)
INVITATION_GONE = _("This invitation was used, taken back, or is too old.")
MOST_WAITING = 50  # of one organisation: it is no way to write to strangers


@transaction.atomic
def invite_member(
    *,
    organisation: Organisation,
    email: str,
    standing: Membership.Standing = Membership.Standing.EDITOR,
    language: str = languages.DEFAULT,
    by: Person,
    at: dt.datetime,
) -> Invitation:
    """Send a link that lets the owner of an address act for the organisation, for 14 days.

    A second invitation to one address takes the place of the first, whose link is dead.
    ``email_invalid``, ``member_already``, ``invitations_many``, ``organisation_merged``.
    """
    require_owner(by, organisation)
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise RuleBroken(
            "email_invalid", _("This is not an e-mail address."), field="email"
        ) from None
    if organisation.merged_into_id:
        raise RuleBroken("organisation_merged", _("It was merged into another organisation."))
    if organisation.memberships.filter(person__email__iexact=email).exists():
        raise RuleBroken("member_already", _("This person acts for it already."), field="email")
    waiting = organisation.invitations.filter(expires_at__gt=at).exclude(email=email)
    if waiting.count() >= MOST_WAITING:
        raise RuleBroken("invitations_many", _("Too many invitations wait for an answer."))
    token = new_token()
    invitation, _created = Invitation.objects.update_or_create(
        organisation=organisation,
        email=email,
        defaults={
            "standing": standing,
            "token_hash": digest(token),
            "invited_by": by,
            "invited_at": at,
            "expires_at": at + LASTS,
        },
    )
    # the address stands in the invitation alone, so that it goes with it
    detail = {"standing": standing, "invitation": invitation.pk}
    record(verb="member_invited", of=organisation, by=by, at=at, detail=detail)
    # the token is in no row: whoever writes the mail hears it now or never
    member_invited.send(
        sender=Organisation, invitation=invitation, token=token, language=language, at=at
    )
    return invitation


@transaction.atomic
def take_back_invitation(
    *, organisation: Organisation, invitation_id: int, by: Person, at: dt.datetime
) -> None:
    """The link is dead from now on; nothing happens where there is none."""
    require_owner(by, organisation)
    gone, _each = organisation.invitations.filter(pk=invitation_id).delete()
    if gone:
        detail = {"invitation": invitation_id}
        record(verb="invitation_taken_back", of=organisation, by=by, at=at, detail=detail)


@transaction.atomic
def answer_invitation(
    *, invitation_id: int, accept: bool, by: Person, at: dt.datetime
) -> Membership | None:
    """Accept or decline.

    An invitation is for the account with the invited address alone: mails are forwarded, and
    who may write for an organisation must not depend on where a link went. ``invitation_gone``.
    """
    rows = Invitation.objects.select_for_update().filter(pk=invitation_id, expires_at__gt=at)
    invitation = rows.filter(email=by.email.lower()).first()
    if invitation is None:
        raise RuleBroken("invitation_gone", INVITATION_GONE)
    if accept:
        return _accept(invitation, by, at)
    organisation, number = invitation.organisation, invitation.pk
    invitation.delete()
    detail = {"invitation": number}
    record(verb="invitation_declined", of=organisation, by=by, at=at, detail=detail)
    return None


def _accept(invitation: Invitation, by: Person, at: dt.datetime) -> Membership:
    organisation = invitation.organisation
    standing = Membership.Standing(invitation.standing)
    invitation.delete()
    held = organisation.memberships.filter(person=by).first()
    if held is not None and held.standing == Membership.Standing.OWNER:
        return held  # made an owner meanwhile: an invitation takes nothing away
    # the right was given by who invited; the act is that of who accepts
    membership = add_member(organisation=organisation, person=by, standing=standing, by=None, at=at)
    detail = {"person": by.pk}
    record(verb="invitation_accepted", of=organisation, by=by, at=at, detail=detail)
    return membership
