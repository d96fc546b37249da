"""What staff do with single messages: try one, send one again, hold one back."""

import datetime as dt
import uuid
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from stocktaking.history.operations import record
from stocktaking.kernel import languages
from stocktaking.kernel.errors import RuleBroken
from stocktaking.outbox.models import Message
from stocktaking.outbox.operations.addresses import why_stopped
from stocktaking.outbox.operations.queueing import queue
from stocktaking.outbox.registry import KINDS
from stocktaking.outbox.states import Category, MessageState, may_move

TEST = "outbox.test"  # what a test mail is about


@transaction.atomic
def send_test(
    *,
    kind: str,
    language: str,
    to: str,
    by: Any | None,
    at: dt.datetime,
    subject: str | None = None,
    body: str | None = None,
) -> Message:
    """The mail of a kind with the examples of its placeholders. ``subject`` and ``body`` are
    words that are not saved yet; without them those that hold now."""
    if kind not in KINDS or language not in languages.BY_CODE:
        raise RuleBroken("not_found", _("There is no such mail."))
    with translation.override(languages.BY_CODE[language].django):
        values = KINDS[kind].examples()
    message = queue(
        kind=kind,
        to=to,
        language=language,
        values=values,
        about=TEST,
        subject=subject,
        body=body,
        at=at,
    )
    if message.state == MessageState.SUPPRESSED:
        raise RuleBroken(
            "address_suppressed",
            _("This address gets no more mail of this kind. Release it first."),
            field="to",
        )
    detail = {"kind": kind, "language": language}
    record(verb="mail_tested", of=message, by=by, at=at, detail=detail)
    return message


@transaction.atomic
def send_again(*, message_id: uuid.UUID, by: Any | None, at: dt.datetime) -> Message:
    """Let a message wait for a worker once more, with the same Message-ID."""
    message = _locked(message_id)
    if not may_move(MessageState(message.state), MessageState.QUEUED):
        raise RuleBroken("message_waits", _("This mail waits to be sent already."))
    if message.forgotten:
        raise RuleBroken("message_forgotten", _("The text of this mail is not kept any more."))
    if why_stopped(message.to, Category(message.category)):
        raise RuleBroken(
            "address_suppressed",
            _("This address gets no more mail of this kind. Release it first."),
        )
    before = message.state
    message.state, message.due_at, message.spent = MessageState.QUEUED, at, message.attempts
    message.save(update_fields=["state", "due_at", "spent"])
    record(verb="mail_sent_again", of=message, by=by, at=at, detail={"before": before})
    return message


@transaction.atomic
def cancel_message(*, message_id: uuid.UUID, by: Any | None, at: dt.datetime) -> Message:
    """Hold back a message that waits. One that is being sent cannot be called back."""
    message = _locked(message_id)
    if message.state == MessageState.CANCELLED:
        return message
    if not may_move(MessageState(message.state), MessageState.CANCELLED):
        raise RuleBroken("message_left", _("This mail does not wait any more."))
    message.state = MessageState.CANCELLED
    message.save(update_fields=["state"])
    record(verb="mail_cancelled", of=message, by=by, at=at, detail={"kind": message.kind})
    return message


def _locked(message_id: uuid.UUID) -> Message:
    message = Message.objects.select_for_update().filter(pk=message_id).first()
    if message is None:
        raise RuleBroken("not_found", _("There is no such mail."))
    return message
