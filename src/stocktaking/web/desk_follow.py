"""Mail that does not reach somebody who follows something."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from stocktaking.follow.queries import standing_of
from stocktaking.follow.queries.subscriptions import follower_of
from stocktaking.outbox.states import SuppressionReason
from stocktaking.web.desk import Viewer, Waiting, provider


@provider("follow")
def address_that_takes_no_mail(viewer: Viewer) -> Iterator[Waiting]:
    """One row, where mails came back and something is followed."""
    if follower_of(viewer.person) is None:
        return
    if standing_of(viewer.person).reason is SuppressionReason.BOUNCED:
        yield Waiting(
            title=_("Mail to your address came back"),
            url=reverse("following"),
            kind=_("Address to look at"),
            note=_("You are told nothing of what you follow until it is put right."),
            late=True,
        )
