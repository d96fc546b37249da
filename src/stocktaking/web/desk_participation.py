"""What waits for owners and staff: suggestions, claims, invitations of collections."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from stocktaking.accounts.rules.roles import Capability
from stocktaking.entries.queries.invitations import open_invitations
from stocktaking.intake.queries.claims import claims_waiting, waiting_for_owner
from stocktaking.intake.queries.suggestions import to_judge, waiting_suggestions
from stocktaking.web.desk import Viewer, Waiting, provider


@provider("owners")
def for_owners(viewer: Viewer) -> Iterator[Waiting]:
    """Rows of numbers: each leads to its list. Three SQL queries."""
    if not viewer.may(Capability.EDIT_OWN_ORGANISATION):
        return
    if suggested := to_judge(viewer.person).count():
        yield Waiting(
            title=_("Suggestions to our entries"),
            url=reverse("own_suggestions"),
            kind=_("Suggestions to answer"),
            count=suggested,
        )
    if invited := open_invitations(viewer.person):
        yield Waiting(
            title=_("Collections that ask for our entries"),
            url=reverse("own_invitations"),
            kind=_("Invitations to answer"),
            count=invited,
        )
    if claimed := waiting_for_owner(viewer.person).count():
        yield Waiting(
            title=_("Claims to our organisations"),
            url=reverse("own_claims"),
            kind=_("Claims to decide"),
            count=claimed,
        )


@provider("participation")
def for_staff(viewer: Viewer) -> Iterator[Waiting]:
    """Two SQL queries."""
    if not viewer.may(Capability.MODERATE_REPLIES):
        return
    if suggested := waiting_suggestions():
        yield Waiting(
            title=_("Suggestions and reports of errors"),
            url=reverse("staff_suggestions"),
            kind=_("Suggestions to decide"),
            count=suggested,
        )
    if claimed := claims_waiting():
        yield Waiting(
            title=_("Claims"),
            url=reverse("staff_claims"),
            kind=_("Claims to decide"),
            count=claimed,
        )
