"""What the link below a mail leads to: no more mail of its kind."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from stocktaking.accounts.rules.roles import Capability
from stocktaking.kernel import clock
from stocktaking.kernel.errors import RuleBroken
from stocktaking.outbox.operations import read_stop, stop_mail
from stocktaking.outbox.states import Category
from stocktaking.web.access import allow


# a mail program posts by itself (RFC 8058), with no page of ours before; the token is the proof
@csrf_exempt
@never_cache
@allow(Capability.READ)
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, and stop on POST. Looking at the page stops nothing: mail scanners look, too."""
    try:
        if request.method == "POST":
            found = stop_mail(token=token, at=clock.now())
        else:
            found = read_stop(token)
    except RuleBroken as refused:
        raise Http404(str(refused)) from refused
    context = {
        "address": found.address,
        "news": found.category is Category.NEWS,
        "stopped": request.method == "POST",
    }
    return render(request, "web/mail/stop.html", context)
