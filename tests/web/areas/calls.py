from typing import Any

from tests.factories import calls
from tests.web.route import Route

from stocktaking.accounts.rules.roles import Capability

C = Capability
ROUTES: dict[str, Route] = {
    "<lang>/calls/": Route(C.READ, "/en/calls/"),
    "<lang>/calls/<slug:slug>/": Route(C.READ, "/en/calls/{call}/"),
}


def world(made: dict[str, Any]) -> dict[str, Any]:
    return {"call": calls.call("yearly", closes_at=calls.NEVER).slug}
