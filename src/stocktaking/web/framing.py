"""Pages that other sites may show in a frame: no others may be."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_exempt

from stocktaking.web.context import THEMES

View = Callable[..., HttpResponseBase]
NOTHING_RUNS = {"frame-ancestors": ["*"], "script-src": ["'none'"], "form-action": ["'none'"]}


def framable(view: View) -> View:
    """Let any site show this page in a frame.

    Such a page is the same for everybody: it has no form, sets no cookie, and does not know who
    looks at it. Goes above ``conditional``, below ``allow``. What is not found is said in the
    frame as well: the usual page would stay blank there.
    """

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            response = view(request, *args, **kwargs)
        except Http404:
            response = nothing(request, 404)
        response["X-Robots-Tag"] = "noindex"
        return response

    return cast(View, xframe_options_exempt(csp_replace(NOTHING_RUNS)(shown)))


def nothing(request: HttpRequest, status: int) -> HttpResponse:
    """The frame of what is not there, or no longer."""
    gone = status == 410
    return render(request, "web/embed/nothing.html", framed_in(request, gone=gone), status=status)


def framed_in(request: HttpRequest, **content: object) -> dict[str, object]:
    """The context of a page for frames: light or dark by its address, else as the device has it."""
    theme = request.GET.get("theme", "")
    return {"theme": theme if theme in THEMES else "", "canonical": "", "noindex": True, **content}
