"""What the links below a digest lead to: no more of this one thing, or of all."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from stocktaking.accounts.rules.roles import Capability
from stocktaking.follow.operations import read_stop, stop_by_link
from stocktaking.follow.queries.stops import stopped_thing
from stocktaking.kernel import languages
from stocktaking.kernel.errors import RuleBroken
from stocktaking.web.access import allow
from stocktaking.web.arrival import arrived_at


# a mail program posts by itself (RFC 8058), with no page of ours before; the token is the proof
@csrf_exempt
@never_cache
@allow(Capability.READ)
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, and stop on POST. Looking at the page stops nothing: mail scanners look, too."""
    try:
        found = read_stop(token)
        if request.method == "POST":
            resume = request.POST.get("act") == "resume"
            stop_by_link(token=token, resume=resume, at=arrived_at(request))
    except RuleBroken as refused:
        raise Http404(str(refused)) from refused
    context = {
        "everything": found.everything,
        "thing": stopped_thing(found.number, everything=found.everything),
        "here": languages.current().code,
        "done": request.method == "POST",
    }
    return render(request, "web/follow/stop.html", context)
