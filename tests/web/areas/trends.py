from typing import Any

from tests.web.route import Route

from stocktaking.accounts.rules.roles import Capability

C = Capability
ROUTES: dict[str, Route] = {
    "<lang>/trends/": Route(C.READ, "/en/trends/"),
    "<lang>/^trends/(?P<name>subjects|places)/$": Route(C.READ, "/en/trends/subjects/"),
    r"<lang>/^trends/(?P<name>[a-z-]{1,40})\.(?P<form>csv|svg)$": Route(
        C.READ, "/en/trends/total.csv"
    ),
}


def world(made: dict[str, Any]) -> dict[str, Any]:
    return {}
