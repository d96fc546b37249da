"""The mailbox of a demonstration: every mail to everybody, so that visitors can sign in."""

import uuid

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from stocktaking.accounts.rules.roles import Capability
from stocktaking.kernel import languages
from stocktaking.kernel.paging import Pager
from stocktaking.outbox import queries
from stocktaking.web.access import allow
from stocktaking.web.forms.search import number_in, text_in

SIZE = 50


@never_cache
@allow(Capability.READ)
@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    """All mails, newest first, whether a worker has sent them or not."""
    _in_a_demonstration()
    address, page = text_in(request, "address"), number_in(request, "page") or 1
    found = queries.messages(address=address)
    total = found.count()

    def url(number: int) -> str:
        asked = {"address": address} if address else {}
        return f"{reverse('mailbox')}?{urlencode(asked | {'page': number})}"

    pager = Pager.of(page=page, total=total, size=SIZE, url=url)
    first = (pager.page - 1) * SIZE
    context = {
        "found": [
            (row, languages.direction_of(row.language))
            for row in queries.rows(found[first : first + SIZE], codes=True)
        ],
        "address": address,
        "pager": pager,
        "noindex": True,
    }
    return render(request, "web/mail/mailbox.html", context)


@never_cache
@allow(Capability.READ)
@require_safe
def mail(request: HttpRequest, number: uuid.UUID) -> HttpResponse:
    _in_a_demonstration()
    view = queries.message_view(number, codes=True)
    if view is None:
        raise Http404
    context = {
        "mail": view,
        "direction": languages.direction_of(view.row.language),
        "html": mark_safe(view.html),  # noqa: S308 - cleaned by ``message_view``
        "noindex": True,
    }
    return render(request, "web/mail/mail.html", context)


def _in_a_demonstration() -> None:
    if not settings.DEMO:
        raise Http404
