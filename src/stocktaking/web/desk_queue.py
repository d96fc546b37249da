"""What waits for moderators and coordinators: rows that lead to their lists."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from stocktaking.accounts.queries import scopes_of
from stocktaking.accounts.rules.roles import Capability, Role
from stocktaking.accounts.rules.scopes import written
from stocktaking.intake.permissions import from_scopes
from stocktaking.intake.queries.endorsing import to_endorse
from stocktaking.intake.queries.waiting import waiting_replies
from stocktaking.web.desk import Viewer, Waiting, provider

# Somebody who has waited so long for a first word is asked about in red.
TOO_LONG = dt.timedelta(days=14)


@provider("queue")
def replies_to_decide(viewer: Viewer) -> Iterator[Waiting]:
    """One query for all rows of the queue, and one row each for what is there."""
    if not viewer.may(Capability.MODERATE_REPLIES):
        return
    found = waiting_replies(viewer.person, at=viewer.at)
    list_url = reverse("staff_queue")
    late = found.oldest is not None and found.oldest < viewer.at - TOO_LONG
    if found.mine:
        mine_late = found.oldest_mine is not None and found.oldest_mine < viewer.at - TOO_LONG
        yield Waiting(
            title=_("Replies assigned to you"),
            url=f"{list_url}?assigned=me",
            kind=_("Decide"),
            count=found.mine,
            late=mine_late,
        )
    if found.free:
        yield Waiting(
            title=_("Replies that nobody has"),
            url=f"{list_url}?assigned=nobody",
            kind=_("Take one"),
            count=found.free,
            late=late,
        )
    if found.refused:
        yield Waiting(
            title=_("Replies that could not be published"),
            url=f"{list_url}?state=accepted",
            kind=_("Put right"),
            count=found.refused,
            late=True,
        )


@provider("endorse")
def replies_to_endorse(viewer: Viewer) -> Iterator[Waiting]:
    if not viewer.may(Capability.ENDORSE_REPLIES):
        return
    scopes = [written(key) for key in scopes_of(viewer.person, Role.COORDINATOR)]
    within = from_scopes(viewer.person, on=viewer.at.date())
    waiting = to_endorse(within, scopes, at=viewer.at, size=1)
    if waiting.total:
        yield Waiting(
            title=_("Replies from your country or region"),
            url=reverse("staff_endorse"),
            kind=_("Say whether you endorse them"),
            count=waiting.total,
            late=waiting.rows[0].days >= TOO_LONG.days,
        )
