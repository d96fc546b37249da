"""All replies of a person: what is to be done first."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from stocktaking.accounts.rules.roles import Capability
from stocktaking.calls.queries import MyReply, open_calls, replies_of
from stocktaking.calls.queries.deadline import tell
from stocktaking.calls.states import ReplyState
from stocktaking.kernel import languages
from stocktaking.web.access import allow
from stocktaking.web.arrival import arrived_at
from stocktaking.web.forms.questions import words_in
from stocktaking.web.views.reply.found import writer_of
from stocktaking.web.views.reply.frame import page

OVER = (ReplyState.DECLINED, ReplyState.WITHDRAWN)


@allow(Capability.REPLY_TO_CALLS)
@require_safe
def replies(request: HttpRequest) -> HttpResponse:
    """Those in the author's hands by their end, then those sent, then the rest."""
    mine = replies_of(writer_of(request))
    in_hand = sorted((one for one in mine if one.writable), key=_urgency)
    context = {
        "section": "account",
        "in_hand": [_row(one) for one in in_hand],
        "sent": [_row(one) for one in mine if not one.writable and one.state not in OVER],
        "over": [_row(one) for one in mine if one.state in OVER],
        "calls": open_calls(arrived_at(request)) if not mine else [],
    }
    return page(request, "web/reply/mine.html", context)


def _urgency(one: MyReply) -> tuple[bool, float]:
    """What was returned comes first, then what closes next."""
    return one.state is not ReplyState.RETURNED, one.until.timestamp() if one.until else 0.0


def _row(one: MyReply) -> dict[str, object]:
    return {
        "reply": one,
        "call_title": words_in(one.call.title, languages.current().code),
        "deadline": str(tell(one.until, one.call)) if one.until else "",
    }
