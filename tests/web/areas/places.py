from typing import Any

from tests.web.route import Route

from stocktaking.accounts.rules.roles import Capability

C = Capability
ROUTES: dict[str, Route] = {
    "<lang>/map/": Route(C.READ, "/en/map/"),
    r"<lang>/^map\.(?P<form>csv|svg)$": Route(C.READ, "/en/map.csv"),
    # there is none as long as the operator brings no outlines
    "<lang>/map-outlines.svg": Route(C.READ, "/en/map-outlines.svg", usual=(404,)),
    "<lang>/compare/": Route(C.READ, "/en/compare/?entry={entry}&entry={draft}"),
    "<lang>/compare.csv": Route(C.READ, "/en/compare.csv?country=KE&country=FR"),
}


def world(_made: dict[str, Any]) -> dict[str, Any]:
    return {}
