"""What moderators do with a reply: assign, return with comments, accept, decline, take up again.

Every verb takes ``based_on``, the ``lock`` of the moderation that the moderator looked at: who
comes second is told (StaleVersion ``stale_reply``), and nothing is decided twice. None, for
commands and lists, decides on the reply as it is.
"""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from stocktaking.accounts.models import Person
from stocktaking.accounts.permissions import can, require
from stocktaking.accounts.rules.roles import Capability
from stocktaking.calls.models import Reply
from stocktaking.calls.operations import (
    accept_reply,
    decline_reply,
    reopen_reply,
    return_reply,
)
from stocktaking.history.operations import record
from stocktaking.intake import signals
from stocktaking.intake.models import Moderation
from stocktaking.intake.operations.holding import held, keep
from stocktaking.intake.operations.refusals import refused
from stocktaking.threads.models import Comment, Thread
from stocktaking.threads.operations import say

ABOUT = "calls.reply"


def assign_reply(
    *,
    number: int,
    to: Person | None,
    based_on: int | None = None,
    by: Person | None,
    at: dt.datetime,
) -> Moderation:
    """Give a reply to a moderator, or to nobody."""
    _require(by)
    if to is not None and not can(to, Capability.MODERATE_REPLIES):
        raise refused("not_a_moderator", "to")
    with transaction.atomic():
        moderation = held(number, based_on)
        if moderation.assigned_to_id == (to.pk if to else None):
            return moderation
        keep(moderation, assigned_to=to)
        record(
            verb="reply_assigned",
            of=moderation.reply,
            by=by,
            at=at,
            detail={"to": to.pk if to else None},
        )
        signals.reply_assigned.send(sender=Reply, reply=moderation.reply, person=to, by=by, at=at)
    return moderation


def return_with_comments(
    *,
    number: int,
    reason: str,
    comments: Mapping[str, str] | None = None,
    language: str,
    based_on: int | None = None,
    by: Person | None,
    at: dt.datetime,
) -> Reply:
    """Give a reply back to its authors: one reason for the whole, comments by question."""
    _require(by)
    with transaction.atomic():
        moderation = held(number, based_on)
        for place, text in (comments or {}).items():
            if text.strip():
                # the mail about the return is enough
                _say(moderation.reply, text, language, place=place, by=by, at=at)
        return return_reply(reply=moderation.reply, reason=reason, by=by, at=at)


def accept(
    *,
    number: int,
    publish_at: dt.datetime | None = None,
    override: str = "",
    based_on: int | None = None,
    by: Person | None,
    at: dt.datetime,
) -> Reply:
    """Accept a reply: it becomes an entry, shown at once or at ``publish_at``.

    ``errors_found`` where a check found an error and ``override`` gives no reason to go on.
    """
    _require(by)
    with transaction.atomic():
        moderation = held(number, based_on)
        if override.strip():
            moderation.override_reason = override.strip()
            moderation.save(update_fields=["override_reason"])
        return accept_reply(reply=moderation.reply, publish_at=publish_at, by=by, at=at)


def decline(
    *,
    number: int,
    reason: str,
    based_on: int | None = None,
    by: Person | None,
    at: dt.datetime,
) -> Reply:
    _require(by)
    with transaction.atomic():
        moderation = held(number, based_on)
        return decline_reply(reply=moderation.reply, reason=reason, by=by, at=at)


def take_up(
    *, number: int, based_on: int | None = None, by: Person | None, at: dt.datetime
) -> Reply:
    """A declined reply waits in the queue again."""
    _require(by)
    with transaction.atomic():
        moderation = held(number, based_on)
        return reopen_reply(reply=moderation.reply, by=by, at=at)


def comment_on(
    *,
    number: int,
    text: str,
    language: str,
    place: str = "",
    audience: str = Thread.Audience.PARTIES,
    by: Person | None,
    at: dt.datetime,
) -> Comment:
    """A comment of the staff on a reply, or on one of its answers; its authors are written to
    unless it is for the staff alone."""
    _require(by)
    with transaction.atomic():
        reply = held(number).reply
        comment = _say(reply, text, language, place=place, audience=audience, by=by, at=at)
        signals.reply_commented.send(sender=Reply, reply=reply, comment=comment, by=by, at=at)
    return comment


def comment_many(
    *,
    number: int,
    comments: Mapping[str, str],
    language: str,
    by: Person | None,
    at: dt.datetime,
) -> None:
    """Several comments at once, by question; the whole is ``""``. One mail tells of all."""
    _require(by)
    said = {place: text for place, text in comments.items() if text.strip()}
    if not said:
        raise refused("comment_missing", "reason")
    with transaction.atomic():
        reply = held(number).reply
        for place, text in said.items():
            comment = _say(reply, text, language, place=place, by=by, at=at)
        signals.reply_commented.send(sender=Reply, reply=reply, comment=comment, by=by, at=at)


def _say(
    reply: Reply,
    text: str,
    language: str,
    *,
    place: str,
    audience: str = Thread.Audience.PARTIES,
    by: Person | None,
    at: dt.datetime,
) -> Comment:
    return say(
        about_type=ABOUT,
        about_id=str(reply.pk),
        place=place,
        audience=audience,
        text=text,
        language=language,
        from_staff=True,
        by=by,
        at=at,
    )


def _require(by: Person | None) -> None:
    if by is not None:
        require(by, Capability.MODERATE_REPLIES)
