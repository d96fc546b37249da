from typing import Any

from tests.web.route import Route

from stocktaking.accounts.rules.roles import Capability

C = Capability
ROUTES: dict[str, Route] = {
    r"^qr\.(?P<form>svg|png)$": Route(C.READ, "/qr.svg?to=/en/"),
    "<lang>/entries.<cite_form:form>": Route(C.READ, "/en/entries.bib"),
    "<lang>/entries/<number:number>-<anyslug:slug>.<cite_form:form>": Route(
        C.READ, "/en/entries/{entry}-{slug}.ris"
    ),
}


def world(made: dict[str, Any]) -> dict[str, Any]:
    return {}
