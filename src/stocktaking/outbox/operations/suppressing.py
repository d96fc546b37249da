"""Addresses that get no more mail, and those that may get it again."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from stocktaking.history.operations import record
from stocktaking.kernel.errors import RuleBroken
from stocktaking.outbox.models import Suppression
from stocktaking.outbox.operations.addresses import checked, keys
from stocktaking.outbox.rules.tokens import unseal
from stocktaking.outbox.states import Category, SuppressionReason

DETAIL_MAX = 500


@dataclass(frozen=True)
class Stop:
    """What a token of a mail stops."""

    address: str
    category: Category


@transaction.atomic
def suppress_address(
    *,
    address: str,
    category: Category | None = None,
    reason: SuppressionReason = SuppressionReason.BY_HAND,
    detail: str = "",
    by: Any | None,
    at: dt.datetime,
) -> Suppression:
    """No more mail to this address: of a category, or of any (None). What waits for it is not
    sent either. Where it is suppressed already, the first reason stays."""
    address = checked(address, "address").lower()
    row = Suppression(
        address=address,
        category=category or "",
        reason=reason,
        detail=detail[:DETAIL_MAX],
        since=at,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return Suppression.objects.get(address=address, category=category or "")
    # no address in history: it is personal data, and history stays
    detail_of = {"category": category.value if category else "all", "reason": reason.value}
    record(verb="address_suppressed", of=row, by=by, at=at, detail=detail_of)
    return row


@transaction.atomic
def release_address(*, suppression_id: int, by: Any | None, at: dt.datetime) -> None:
    """Mail may go to this address again. One that is released already stays so."""
    row = Suppression.objects.select_for_update().filter(pk=suppression_id).first()
    if row is None:
        return
    detail = {"category": row.category or "all", "reason": row.reason}
    record(verb="address_released", of=row, by=by, at=at, detail=detail)
    row.delete()


def read_stop(token: str) -> Stop:
    """What the token of a mail stops; RuleBroken ``token_unknown`` for one that is not ours."""
    opened = unseal(token, keys())
    if opened is None:
        raise RuleBroken("token_unknown", _("This link is not whole. Open it again from the mail."))
    return Stop(*opened)


def stop_mail(*, token: str, at: dt.datetime) -> Stop:
    """The reader of a mail wants no more of its category (RFC 8058). Twice is as once."""
    stop = read_stop(token)
    suppress_address(
        address=stop.address,
        category=stop.category,
        reason=SuppressionReason.UNSUBSCRIBED,
        by=None,
        at=at,
    )
    return stop
