"""How much waits for a moderator."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Min, Q

from stocktaking.accounts.models import Person
from stocktaking.calls.states import ReplyState
from stocktaking.intake.models import Moderation


@dataclass(frozen=True)
class WaitingReplies:
    """Counts of replies without a decision, and since when the oldest waits."""

    mine: int
    free: int
    refused: int  # accepted, and could not be published when their moment came
    oldest: dt.datetime | None
    oldest_mine: dt.datetime | None


def waiting_replies(person: Person, *, at: dt.datetime) -> WaitingReplies:
    """One SQL query."""
    waits = Q(reply__state=ReplyState.SUBMITTED)
    mine, free = waits & Q(assigned_to=person), waits & Q(assigned_to=None)
    refused = Q(publish_at__lte=at) & ~Q(publish_refusal="")
    counted = Moderation.objects.filter(waits | refused).aggregate(
        mine=Count("pk", filter=mine),
        free=Count("pk", filter=free),
        refused=Count("pk", filter=refused),
        oldest=Min("reply__submitted_at", filter=free),
        oldest_mine=Min("reply__submitted_at", filter=mine),
    )
    return WaitingReplies(**counted)
