"""What waits for owners: their entries that nobody has confirmed for long."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from stocktaking.accounts.rules.roles import Capability
from stocktaking.entries.queries.ageing import FRESHNESS
from stocktaking.entries.queries.vocabulary import ORGANISATIONS
from stocktaking.entries.rules.freshness import Freshness
from stocktaking.intake.queries.freshness import own_old_entries
from stocktaking.web.desk import Viewer, Waiting, provider


@provider("freshness")
def to_confirm(viewer: Viewer) -> Iterator[Waiting]:
    """One row that leads to the list of them. One SQL query."""
    if not viewer.may(Capability.EDIT_OWN_ORGANISATION):
        return
    bodies = own_old_entries(viewer.person, on=viewer.at.date())
    if not bodies:
        return
    asked = [(FRESHNESS, str(word)) for word in (Freshness.AGEING, Freshness.STALE)]
    asked += [("organisation", str(body)) for body in sorted(bodies)[:ORGANISATIONS]]
    yield Waiting(
        title=_("Our entries that nobody has confirmed for long"),
        url=f"{reverse('explore')}?{urlencode(asked)}",
        kind=_("Entries to confirm"),
        count=sum(bodies.values()),
    )
