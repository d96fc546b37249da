"""Rows of replies and of their moderation, held until the end of the transaction."""

import datetime as dt
from typing import Any

from stocktaking.calls.models import Reply
from stocktaking.intake.models import Moderation
from stocktaking.intake.operations.refusals import refused, stale


def held(number: int, based_on: int | None = None) -> Moderation:
    """The moderation of a reply that was sent, with the reply; always held in this order.

    StaleVersion where ``based_on`` is not its ``lock`` any more: somebody acted meanwhile.
    """
    reply = (
        Reply.objects.select_for_update(of=("self",))
        .select_related("call", "answer_set")
        .filter(pk=number)
        .first()
    )
    if reply is None:
        raise refused("reply_unknown")
    moderation = Moderation.objects.select_for_update().filter(reply=reply).first()
    if moderation is None:
        raise refused("not_in_queue")
    if based_on is not None and moderation.lock != based_on:
        raise stale("stale_reply")
    moderation.reply = reply
    return moderation


def row_of(reply: Reply, at: dt.datetime) -> Moderation:
    """The moderation of a reply, made when it is sent for the first time. Called while the
    reply is held, so that nobody else makes it at this moment."""
    moderation, _new = Moderation.objects.select_for_update().get_or_create(
        reply=reply, defaults={"first_submitted_at": reply.submitted_at or at}
    )
    moderation.reply = reply
    return moderation


def keep(moderation: Moderation, **stated: Any) -> Moderation:
    """Write these columns and count the act, so that whoever looked before looks again."""
    for name, value in stated.items():
        setattr(moderation, name, value)
    moderation.lock += 1
    moderation.save(update_fields=[*stated, "lock"])
    return moderation
