"""What waits for who answers for mail: mails that did not leave."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from stocktaking.accounts.rules.roles import Capability
from stocktaking.outbox.queries import failed, longest_wait
from stocktaking.web.desk import Viewer, Waiting, provider

PATIENCE = dt.timedelta(minutes=10)


@provider("mail")
def mails(viewer: Viewer) -> Iterator[Waiting]:
    """Two SQL queries."""
    if not viewer.may(Capability.MANAGE_MAIL):
        return
    if number := failed():
        yield Waiting(
            title=_("Mails that could not be sent"),
            url=f"{reverse('staff_mail')}?state=failed",
            kind=_("Mail to look at"),
            count=number,
        )
    wait = longest_wait(at=viewer.at)
    if wait is not None and wait > PATIENCE:
        yield Waiting(
            title=_("Mail waits for too long"),
            url=f"{reverse('staff_mail')}?state=queued",
            kind=_("Mail to look at"),
            late=True,
            note=_("No worker runs, or the mail server cannot be reached."),
        )
