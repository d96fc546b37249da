"""Replies that wait for their authors."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from stocktaking.calls.queries import drafts_of
from stocktaking.calls.states import ReplyState
from stocktaking.kernel import languages
from stocktaking.questionnaires.rules.texts import pick
from stocktaking.web.desk import MOST, Viewer, Waiting, provider

SOON = dt.timedelta(days=3)


@provider("replies")
def replies(viewer: Viewer) -> Iterator[Waiting]:
    """What was returned, and drafts that can still be sent."""
    for one in drafts_of(viewer.person, viewer.at)[:MOST]:
        returned = one.state is ReplyState.RETURNED
        yield Waiting(
            title=one.title or pick(one.call.title, languages.current().code),
            url=reverse("reply", args=[one.key]),
            kind=_("Reply to correct") if returned else _("Reply to finish and send"),
            due=one.until,
            late=returned or (one.until is not None and one.until - viewer.at < SOON),
            texts=bool(one.title),
        )
