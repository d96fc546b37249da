"""What was accepted for later: shown when its moment has come."""

import datetime as dt
import logging

from django.db import OperationalError, transaction

from stocktaking.accounts.models import Person
from stocktaking.accounts.permissions import require
from stocktaking.accounts.rules.roles import Capability
from stocktaking.calls.states import ReplyState
from stocktaking.history.operations import record
from stocktaking.intake.models import Moderation
from stocktaking.intake.operations.becoming import show
from stocktaking.intake.operations.holding import held, keep
from stocktaking.kernel.errors import Refused

log = logging.getLogger(__name__)
MOST = 500  # in one go; the next tick takes the rest


def publish_due(*, at: dt.datetime) -> int:
    """Show everything whose moment has come; the number shown. Run twice, it shows it once.

    What cannot be shown (its entry was withdrawn, a term retired) keeps the reason, for a
    moderator to see, and does not hold up the others.
    """
    due = Moderation.objects.filter(publish_at__lte=at, publish_refusal="")
    shown = 0
    for number in list(due.order_by("publish_at", "pk").values_list("reply_id", flat=True)[:MOST]):
        try:
            shown += _publish(number, by=None, at=at)
        except Refused as refusal:
            with transaction.atomic():
                moderation = held(number)
                keep(moderation, publish_refusal=str(refusal))
                record(
                    verb="publication_failed",
                    of=moderation.reply,
                    by=None,
                    at=at,
                    detail={"code": refusal.code},
                )
        except OperationalError:  # the database is away: none can be shown
            raise
        except Exception:  # one reply that cannot be shown must not hold up the others
            log.exception("reply %s cannot be shown", number)
    return shown


def publish_now(*, number: int, by: Person | None, at: dt.datetime) -> None:
    """Show what waits for its moment, or what could not be shown then, now."""
    if by is not None:
        require(by, Capability.PUBLISH_ENTRIES)
    _publish(number, by=by, at=at, due=False)


def _publish(number: int, *, by: Person | None, at: dt.datetime, due: bool = True) -> int:
    with transaction.atomic():
        moderation = held(number)
        moment = moderation.publish_at
        if moderation.reply.state != ReplyState.ACCEPTED or moment is None:
            return 0  # another process was faster
        if due and moment > at:
            return 0
        show(moderation, by=by, at=at)
        keep(moderation, publish_at=None, publish_refusal="")
    return 1
