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
    "<lang>/card.png": Route(C.READ, "/en/card.png"),
    "<lang>/entries/<number:number>/card.png": Route(C.READ, "/en/entries/{entry}/card.png"),
    "<lang>/embed/matrix/": Route(C.READ, "/en/embed/matrix/"),
    r"<lang>/^embed/trends/(?P<name>[a-z-]{1,40})/$": Route(C.READ, "/en/embed/trends/entries/"),
    "<lang>/entries/badge.svg": Route(C.READ, "/en/entries/badge.svg"),
    "<lang>/entries/<number:number>/badge.svg": Route(C.READ, "/en/entries/{entry}/badge.svg"),
    "<lang>/embed/entries/": Route(C.READ, "/en/embed/entries/"),
    "<lang>/embed/entries/<number:number>-<anyslug:slug>/": Route(
        C.READ, "/en/embed/entries/{entry}-{slug}/"
    ),
    r"^oembed\.(?P<form>json|xml)$": Route(
        C.READ, "/oembed.json?url=http://127.0.0.1:8000/en/entries/"
    ),
}


def world(made: dict[str, Any]) -> dict[str, Any]:
    return {}
