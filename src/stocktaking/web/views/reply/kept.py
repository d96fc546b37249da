"""Text that arrives from somebody who is signed out is not lost: it waits in the session.

A session that ran out leaves a page with text in it. When its form is sent, the fields go into
the new, still nameless session of that browser, under the address of the form; signing in keeps
the content of a nameless session, and the page that follows shows the fields again. Nobody but
this browser can get at them, whoever signs in sees them only if the reply is theirs, and they
are forgotten after a day. The same saves a form whose protection was renewed meanwhile by
signing in elsewhere.
"""

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.urls import Resolver404, resolve

from stocktaking.calls.models import Reply
from stocktaking.kernel import clock
from stocktaking.web.access import person_of
from stocktaking.web.forms.questions import SHOWN

SESSION_KEY = "kept_replies"
LASTS = dt.timedelta(days=1)
LARGEST = 300_000  # characters: all answers together have hardly more
MOST = 5  # forms
LEFT_OUT = ("csrfmiddlewaretoken", "act")

View = Callable[..., HttpResponseBase]


def keeping(view: View) -> View:
    """Put aside what a signed-out person sends, and let the view send them to sign in."""

    @wraps(view)  # and with it what ``allow`` wrote down
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and person_of(request) is None:
            keep(request)
        return view(request, *args, **kwargs)

    return kept


def keep(request: HttpRequest) -> bool:
    """Put the fields of a section's form aside; whether there was anything to keep."""
    fields = request.POST.copy()
    for name in LEFT_OUT:
        fields.pop(name, None)
    text = fields.urlencode()
    if not fields.get(SHOWN) or len(text) > LARGEST * 3:  # an encoded letter takes three
        return False
    if not _is_of_a_reply(request):
        return False
    held = dict(request.session.get(SESSION_KEY) or {})
    held.pop(_place(request), None)
    held[_place(request)] = {"fields": text, "at": clock.now().isoformat()}
    request.session[SESSION_KEY] = dict(list(held.items())[-MOST:])
    return True


def keep_refused(request: HttpRequest) -> bool:
    """The same for a form that was refused before any view saw it: its page was too old.

    Only into a session that exists: one that another site sends has none.
    """
    try:
        name = resolve(request.path_info).url_name
    except Resolver404:
        return False
    return name == "reply_section" and not request.session.is_empty() and keep(request)


def kept_fields(request: HttpRequest) -> QueryDict | None:
    """What was put aside for this address; asking leaves it there."""
    found = (request.session.get(SESSION_KEY) or {}).get(_place(request))
    if not found:
        return None
    if clock.now() - dt.datetime.fromisoformat(found["at"]) > LASTS:
        forget(request)
        return None
    return QueryDict(found["fields"])


def forget(request: HttpRequest) -> None:
    """It was saved, or is too old."""
    held = dict(request.session.get(SESSION_KEY) or {})
    if held.pop(_place(request), None) is not None:
        request.session[SESSION_KEY] = held


def _is_of_a_reply(request: HttpRequest) -> bool:
    """Strangers know no address of a reply: they fill the database with nothing."""
    key = resolve(request.path_info).kwargs.get("key")
    return key is not None and Reply.objects.filter(key=key).exists()


def _place(request: HttpRequest) -> str:
    """The address without its language: people change it while they sign in."""
    return request.path.split("/", 2)[2]
