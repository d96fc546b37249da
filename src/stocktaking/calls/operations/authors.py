"""Several people write one reply: invited by mail, one of them leads."""

import datetime as dt
import hashlib
import secrets

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q

from stocktaking.accounts.models import Person
from stocktaking.accounts.permissions import require
from stocktaking.accounts.rules.roles import Capability
from stocktaking.calls import signals
from stocktaking.calls.models import AuthorInvitation, Reply, ReplyAuthor
from stocktaking.calls.operations.holding import held_reply
from stocktaking.calls.operations.refusals import refused
from stocktaking.calls.permissions import require_lead
from stocktaking.calls.states import WRITABLE, Part, ReplyState
from stocktaking.history.operations import record
from stocktaking.kernel import languages

LASTS = dt.timedelta(days=14)
WAITING_MOST = 20  # of one reply: an invitation is a mail to somebody who did not ask for it


def invite_author(
    *, reply: Reply, email: str, language: str = "", by: Person, at: dt.datetime
) -> AuthorInvitation:
    """Ask somebody to write with; the mail alone carries the token (``invitation.token``).

    It is in the language of their account; where they have none in ``language``, or in that of
    whoever invites.
    """
    email = email.strip().lower()
    if language and language not in languages.CODES:
        raise refused("language_unknown", "language")
    try:
        validate_email(email)
    except ValidationError:
        raise refused("email_malformed", "email") from None
    with transaction.atomic():
        held = _writable(reply)
        require_lead(by, held)
        if held.authors.filter(person__email__iexact=email).exists():
            raise refused("author_already", "email")
        waiting = list(waiting_invitations(held, at))
        if any(one.email == email for one in waiting):
            raise refused("invited_already", "email")
        if len(waiting) >= WAITING_MOST:
            raise refused("too_many_invitations", "email")
        token = secrets.token_urlsafe(32)
        invitation = AuthorInvitation.objects.create(
            reply=held,
            email=email,
            token_hash=hash_of(token),
            by_id=by.pk,
            at=at,
            expires_at=at + LASTS,
        )
        invitation.token = token
        record(verb="author_invited", of=held, by=by, at=at)
        signals.author_invited.send(
            sender=Reply, reply=held, invitation=invitation, language=language, by=by, at=at
        )
    return invitation


def accept_invitation(*, token: str, by: Person, at: dt.datetime) -> Reply:
    """Whoever holds the token writes with from now on. A token serves one person, also twice."""
    require(by, Capability.REPLY_TO_CALLS)
    with transaction.atomic():
        invitation = AuthorInvitation.objects.filter(token_hash=hash_of(token)).first()
        if invitation is None:
            raise refused("invitation_unknown")
        held = held_reply(invitation.reply)
        # read again under the lock of the reply: it serves once
        invitation.refresh_from_db()
        if held.authors.filter(person=by).exists():
            return held
        if invitation.accepted_at or invitation.revoked_at or invitation.expires_at <= at:
            raise refused("invitation_unknown")
        if ReplyState(held.state) not in WRITABLE:
            raise refused("reply_not_writable")
        invitation.accepted_at, invitation.email = at, ""
        invitation.save(update_fields=["accepted_at", "email"])
        ReplyAuthor.objects.create(reply=held, person=by, part=Part.CO_AUTHOR, since=at)
        record(verb="author_added", of=held, by=by, at=at, detail={"person": by.pk})
        signals.author_added.send(sender=Reply, reply=held, person=by, at=at)
    return held


def revoke_invitation(*, invitation: AuthorInvitation, by: Person, at: dt.datetime) -> None:
    """Take back an invitation that nobody accepted; twice is once."""
    with transaction.atomic():
        held = held_reply(invitation.reply)
        require_lead(by, held)
        found = held.invitations.get(pk=invitation.pk)
        if found.accepted_at or found.revoked_at:
            return
        found.revoked_at, found.email = at, ""
        found.save(update_fields=["revoked_at", "email"])
        record(verb="author_invitation_revoked", of=held, by=by, at=at)


def remove_author(*, reply: Reply, person: Person, by: Person, at: dt.datetime) -> None:
    """The lead takes somebody out, or a co-author leaves. The lead hands over first."""
    with transaction.atomic():
        held = held_reply(reply)
        if by.pk != person.pk:
            require_lead(by, held)
        author = held.authors.filter(person=person).first()
        if author is None:
            raise refused("author_unknown", "person")
        if author.part == Part.LEAD:
            raise refused("lead_stays", "person")
        author.delete()
        record(verb="author_removed", of=held, by=by, at=at, detail={"person": person.pk})
        signals.author_removed.send(sender=Reply, reply=held, person=person, at=at)


def hand_over_lead(*, reply: Reply, person: Person, by: Person, at: dt.datetime) -> None:
    """A co-author becomes the lead, and the lead a co-author."""
    with transaction.atomic():
        held = held_reply(reply)
        require_lead(by, held)
        heir = held.authors.filter(person=person).first()
        if heir is None:
            raise refused("author_unknown", "person")
        if heir.part == Part.LEAD:
            return
        held.authors.filter(part=Part.LEAD).update(part=Part.CO_AUTHOR)
        heir.part = Part.LEAD
        heir.save(update_fields=["part"])
        record(verb="lead_handed_over", of=held, by=by, at=at, detail={"person": person.pk})


def waiting_invitations(reply: Reply, at: dt.datetime) -> list[AuthorInvitation]:
    """Those that may still be accepted, in their order."""
    open_ones = Q(accepted_at=None, revoked_at=None, expires_at__gt=at)
    return list(reply.invitations.filter(open_ones).order_by("at", "pk"))


def forget_invitations(*, before: dt.datetime) -> int:
    """Delete invitations that ran out before a moment; the number deleted."""
    gone, _each = AuthorInvitation.objects.filter(expires_at__lt=before).delete()
    return gone


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _writable(reply: Reply) -> Reply:
    held = held_reply(reply)
    if ReplyState(held.state) not in WRITABLE:
        raise refused("reply_not_writable")
    return held
