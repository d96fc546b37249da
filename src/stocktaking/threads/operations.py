"""Saying something about an object, and closing what was talked about.

Whether ``by`` may speak to an audience is decided by the caller, who knows the object.
"""

import datetime as dt
import unicodedata

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from stocktaking.accounts.models import Person
from stocktaking.history.operations import record
from stocktaking.kernel.errors import RuleBroken
from stocktaking.threads import signals
from stocktaking.threads.models import Comment, Thread

TEXT_MAX = 20_000


def say(
    *,
    about_type: str,
    about_id: str,
    place: str = "",
    audience: str = Thread.Audience.PARTIES,
    text: str,
    language: str,
    from_staff: bool = False,
    by: Person | None,
    at: dt.datetime,
) -> Comment:
    """Add a comment; the first one opens the thread, one in a resolved thread opens it again.

    ``about_type`` is the label of a model (``calls.reply``), ``place`` a part of the object,
    empty for the whole. RuleBroken ``comment_empty``, ``comment_long`` or
    ``control_character``, each with the field ``text``.
    """
    words = _checked(text)
    with transaction.atomic():
        thread, _new = Thread.objects.select_for_update().get_or_create(
            about_type=about_type,
            about_id=about_id,
            place=place,
            audience=Thread.Audience(audience),
            defaults={"opened_at": at},
        )
        if thread.resolved_at is not None:
            thread.resolved_at, thread.resolved_by_id = None, None
            thread.save(update_fields=["resolved_at", "resolved_by_id"])
        comment = Comment.objects.create(
            thread=thread, by=by, from_staff=from_staff, text=words, language=language, at=at
        )
        record(
            verb="comment_said",
            of=thread,
            by=by,
            at=at,
            detail={"about": f"{about_type} {about_id}", "place": place},
        )
        signals.comment_said.send(sender=Comment, comment=comment, thread=thread, by=by, at=at)
    return comment


def resolve(*, thread_id: int, by: Person | None, at: dt.datetime) -> Thread:
    """What was talked about is settled; doing it twice changes nothing."""
    with transaction.atomic():
        thread = _locked(thread_id)
        if thread.resolved_at is None:
            thread.resolved_at, thread.resolved_by_id = at, by.pk if by else None
            thread.save(update_fields=["resolved_at", "resolved_by_id"])
            record(verb="thread_resolved", of=thread, by=by, at=at)
            signals.thread_resolved.send(sender=Thread, thread=thread, by=by, at=at)
    return thread


def reopen(*, thread_id: int, by: Person | None, at: dt.datetime) -> Thread:
    """It is not settled after all."""
    with transaction.atomic():
        thread = _locked(thread_id)
        if thread.resolved_at is not None:
            thread.resolved_at, thread.resolved_by_id = None, None
            thread.save(update_fields=["resolved_at", "resolved_by_id"])
            record(verb="thread_reopened", of=thread, by=by, at=at)
            signals.thread_reopened.send(sender=Thread, thread=thread, by=by, at=at)
    return thread


def _locked(thread_id: int) -> Thread:
    thread = Thread.objects.select_for_update().filter(pk=thread_id).first()
    if thread is None:
        raise RuleBroken("thread_unknown", _("There is no such conversation."))
    return thread


def _checked(text: str) -> str:
    words = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").strip()
    if not words:
        raise RuleBroken("comment_empty", _("Write a comment."), field="text")
    if len(words) > TEXT_MAX:
        raise RuleBroken(
            "comment_long",
            _("This is too long: %(most)s characters at most."),
            field="text",
            most=TEXT_MAX,
        )
    if any(unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t" for c in words):
        raise RuleBroken(
            "control_character",
            _("Remove the control characters that cannot be shown."),
            field="text",
        )
    return words
