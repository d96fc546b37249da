"""What waits for organisers: calls being drawn up, calls that close, letters that wait."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from stocktaking.accounts.rules.roles import Capability
from stocktaking.calls.models import Call
from stocktaking.calls.queries import verdict_for
from stocktaking.calls.rules.window import Verdict
from stocktaking.calls.states import CallState
from stocktaking.kernel import languages
from stocktaking.reference.queries.catalogue import pick
from stocktaking.web.desk import MOST, Viewer, Waiting, provider


@provider("calls")
def calls(viewer: Viewer) -> Iterator[Waiting]:
    """One SQL query."""
    if not viewer.may(Capability.MANAGE_CALLS):
        return
    rows = Call.objects.exclude(state=CallState.CANCELLED).filter(closes_at__gt=viewer.at)
    for row in rows.order_by("closes_at")[:MOST]:
        title = pick(row.title, languages.current().code) or row.slug
        if row.state == CallState.DRAFT:
            yield Waiting(
                title=title,
                url=reverse("staff_call", args=[row.slug]),
                kind=_("Call to publish"),
                due=row.opens_at,
                texts=True,
            )
        elif verdict_for(row, viewer.at) is Verdict.OPEN:
            yield Waiting(
                title=title,
                url=reverse("staff_call_numbers", args=[row.slug]),
                kind=_("Call that closes"),
                due=row.closes_at,
                texts=True,
            )
