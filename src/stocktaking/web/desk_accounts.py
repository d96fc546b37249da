"""What waits for a person around the own account."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from stocktaking.accounts.queries import invitations_for
from stocktaking.web.desk import Viewer, Waiting, provider


@provider("accounts")
def invitations(viewer: Viewer) -> Iterator[Waiting]:
    for one in invitations_for(viewer.person, at=viewer.at):
        yield Waiting(
            title=one.organisation_name,
            url=reverse("account_invitations"),
            kind=_("Invitation to act for an organisation"),
            due=one.expires_at,
        )
