from typing import Any

from tests.factories import accounts, calls
from tests.web.route import Route, form

from stocktaking.accounts.rules.roles import Capability
from stocktaking.calls.models import Call

C = Capability
REPLY = "/en/replies/{reply}/"


def page(rest: str = "") -> Route:
    """Whoever asks here is no author: for them there is no such reply."""
    return Route(C.REPLY_TO_CALLS, REPLY + rest, usual=(404,))


def act(rest: str) -> Route:
    return form(C.REPLY_TO_CALLS, REPLY + rest, 404)


ROUTES: dict[str, Route] = {
    "<lang>/calls/<slug:slug>/reply/": Route(C.REPLY_TO_CALLS, "/en/calls/{call}/reply/"),
    "<lang>/calls/<slug:slug>/entries/": Route(C.REPLY_TO_CALLS, "/en/calls/{call}/entries/"),
    "<lang>/replies/": Route(C.REPLY_TO_CALLS, "/en/replies/"),
    "<lang>/replies/join/<str:token>/": Route(
        C.REPLY_TO_CALLS, "/en/replies/join/nothing/", usual=(404,)
    ),
    "<lang>/replies/<uuid:key>/": page(),
    "<lang>/replies/<uuid:key>/reply.json": page("reply.json"),
    "<lang>/replies/<uuid:key>/check/": page("check/"),
    "<lang>/replies/<uuid:key>/sent/": page("sent/"),
    "<lang>/replies/<uuid:key>/sent/<number:number>/": page("sent/1/"),
    "<lang>/replies/<uuid:key>/authors/": page("authors/"),
    "<lang>/replies/<uuid:key>/authors/change/": act("authors/change/"),
    "<lang>/replies/<uuid:key>/comments/say/": act("comments/say/"),
    "<lang>/replies/<uuid:key>/withdrawal/": page("withdrawal/"),
    "<lang>/replies/<uuid:key>/copy/": page("copy/"),
    "<lang>/replies/<uuid:key>/<slug:section>/": page("about/"),
    "<lang>/replies/<uuid:key>/<slug:section>/save": act("about/save"),
}


def world(made: dict[str, Any]) -> dict[str, Any]:
    """A draft: it is nobody's business but its author's."""
    to = Call.objects.get(slug=made["call"])
    return {"reply": calls.reply(to, accounts.person()).key}
