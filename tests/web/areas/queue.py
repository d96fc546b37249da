from typing import Any

from tests.factories import calls, intake
from tests.factories import entries as make_entries
from tests.web.route import Route, form

from stocktaking.accounts.rules.roles import Capability
from stocktaking.intake.models import Likeness

C = Capability
QUEUE = "<lang>/staff/queue/"
ROUTES: dict[str, Route] = {
    QUEUE: Route(C.SEE_QUEUE, "/en/staff/queue/"),
    f"{QUEUE}many/": form(C.MODERATE_REPLIES, "/en/staff/queue/many/", 422),
    f"{QUEUE}statistics/": Route(C.SEE_QUEUE, "/en/staff/queue/statistics/"),
    f"{QUEUE}statistics.csv": Route(C.SEE_QUEUE, "/en/staff/queue/statistics.csv"),
    f"{QUEUE}endorse/": Route(C.ENDORSE_REPLIES, "/en/staff/queue/endorse/"),
    f"{QUEUE}endorse/<number:number>/": Route(
        C.ENDORSE_REPLIES, "/en/staff/queue/endorse/{queued}/"
    ),
    f"{QUEUE}<number:number>/": Route(C.SEE_QUEUE, "/en/staff/queue/{queued}/"),
    f"{QUEUE}<number:number>/act/": form(C.MODERATE_REPLIES, "/en/staff/queue/{queued}/act/", 200),
    f"{QUEUE}<number:number>/settle/": form(C.MODERATE_REPLIES, "/en/staff/queue/{queued}/settle/"),
    f"{QUEUE}<number:number>/likeness/<number:likeness>/": form(
        C.MODERATE_REPLIES, "/en/staff/queue/{queued}/likeness/{likeness}/"
    ),
    "<lang>/staff/checks/": Route(C.MANAGE_CHECKS, "/en/staff/checks/"),
    "<lang>/staff/checks/new/": Route(C.MANAGE_CHECKS, "/en/staff/checks/new/"),
    "<lang>/staff/checks/<slug:slug>/": Route(C.MANAGE_CHECKS, "/en/staff/checks/{check}/"),
}


def world(made: dict[str, Any]) -> dict[str, Any]:
    """A reply from Kenya in the queue that resembles an entry, and a check that finds something."""
    call = intake.call()
    check = intake.check()
    reply = intake.sent(call)
    likeness = Likeness.objects.create(
        reply=reply, entry_id=made.get("entry") or make_entries.entry().pk, score=80, why=["title"]
    )
    assert calls.fresh(reply).country == "KE"
    return {"queued": reply.number, "likeness": likeness.pk, "check": check.slug}
