"""A picture that was acknowledged turns out to be none: its authors may send another one.

In a surge pictures are kept at once and drawn later. Nobody may lose a reply, or its place before
the deadline, by that: it goes back to its authors, who may send it again whatever the time.
"""

import datetime as dt

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from stocktaking.calls.models import Reply
from stocktaking.calls.operations.deciding import return_reply
from stocktaking.calls.queries.files import names_now
from stocktaking.calls.states import ReplyState
from stocktaking.files.models import StoredFile
from stocktaking.kernel import languages

REASON = _(
    "A picture in your reply could not be read: %(name)s. Take it out or send another one, then"
    " send the reply again. You may do so after the deadline, too."
)


def ask_for_replacement(*, file: StoredFile, at: dt.datetime) -> list[Reply]:
    """Return each reply that was sent with this file, with the reason in its language."""
    senders = set(file.sendings.values_list("person_id", flat=True))
    sent = Reply.objects.filter(state=ReplyState.SUBMITTED, authors__person__in=senders).distinct()
    return [
        return_reply(reply=reply, reason=_reason(reply, file), by=None, at=at)
        for reply in sent.select_related("answer_set").order_by("number")
        if names_now(reply, file.pk)
    ]


def _reason(reply: Reply, file: StoredFile) -> str:
    authors = reply.authors.values_list("person_id", flat=True)
    sending = file.sendings.filter(person_id__in=authors).order_by("pk").first()
    with translation.override(languages.BY_CODE[reply.language].django):
        return str(REASON) % {"name": sending.name if sending else file.name}
