from typing import Any

from tests.web.route import Route

from stocktaking.accounts.rules.roles import Capability

C = Capability
ROUTES: dict[str, Route] = {
    "<lang>/desk/": Route(C.HOLD_ACCOUNT, "/en/desk/"),
}


def world(made: dict[str, Any]) -> dict[str, Any]:
    return {}
