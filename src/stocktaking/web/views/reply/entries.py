"""Last year's entries: still correct, in one click each or all at once; or to be updated."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from stocktaking.accounts.rules.roles import Capability
from stocktaking.calls.operations import Confirmed, confirm_entries
from stocktaking.calls.queries import entries_to_confirm, verdict_for, window_of
from stocktaking.calls.queries.confirming import ToConfirm
from stocktaking.calls.queries.deadline import tell
from stocktaking.calls.rules.window import ACCEPTS
from stocktaking.kernel import languages
from stocktaking.kernel.errors import RulesBroken
from stocktaking.web.access import allow
from stocktaking.web.arrival import arrived_at
from stocktaking.web.forms.questions import words_in
from stocktaking.web.views.reply.found import shown_call, writer_of
from stocktaking.web.views.reply.frame import page
from stocktaking.web.views.staff.once import key_for

MOST = 200  # entries in one form: each is a transaction


@dataclass(frozen=True)
class Row:
    """An entry with what became of it just now; ``faults`` say why it must be updated."""

    entry: ToConfirm
    confirmed: bool = False
    faults: tuple[str, ...] = ()


@allow(Capability.REPLY_TO_CALLS)
@require_http_methods(["GET", "HEAD", "POST"])
def entries(request: HttpRequest, slug: str) -> HttpResponse:
    """Sending the form again does nothing anew: what is confirmed stays so."""
    call, person, at = shown_call(slug), writer_of(request), arrived_at(request)
    verdicts: dict[int, Confirmed] = {}
    if request.method == "POST":
        done = confirm_entries(call=call, entries=_chosen(request), by=person, at=at)
        verdicts = {one.entry: one for one in done}
    language = languages.current().code
    rows = [
        _row(one, verdicts.get(one.card.number))
        for one in entries_to_confirm(call, person, language)
    ]
    context = {
        "call": call,
        "call_title": words_in(call.title, language),
        "rows": rows,
        "waiting": sum(1 for row in rows if row.entry.open),
        "takes": verdict_for(call, at, person) in ACCEPTS,
        "deadline": str(tell(call.closes_at, call)),
        "days_left": window_of(call).days_left(at),
        "confirmed": sum(1 for row in rows if row.confirmed),
        "refused": sum(1 for row in rows if row.faults),
        "answered": request.method == "POST",
        "idempotency_key": key_for(request),
    }
    return page(request, "web/reply/entries.html", context)


def _chosen(request: HttpRequest) -> list[int]:
    """The one whose button was pressed, or all that are ticked."""
    one = request.POST.get("one", "")
    typed = [one] if one else request.POST.getlist("entry")
    digits = (text for text in typed if text.isascii() and text.isdigit() and len(text) < 19)
    return [int(text) for text in digits][:MOST]


def _row(entry: ToConfirm, verdict: Confirmed | None) -> Row:
    if verdict is None or verdict.refusal is None:
        return Row(entry, confirmed=verdict is not None)
    refusal = verdict.refusal
    faults = refusal.errors if isinstance(refusal, RulesBroken) else [refusal]
    return Row(entry, faults=tuple(dict.fromkeys(str(one) for one in faults)))
