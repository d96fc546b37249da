from typing import Any

from tests.factories import calls
from tests.web.route import Route, form

from stocktaking.accounts.rules.roles import Capability
from stocktaking.calls import operations

C = Capability
CALL = "<lang>/staff/calls/<slug:slug>/"
LETTER = f"{CALL}letters/<number:number>/"
GROUP = "<lang>/staff/recipients/<slug:slug>/"
HERE = "/en/staff/calls/{call}/"
ROUTES: dict[str, Route] = {
    "<lang>/calls/": Route(C.READ, "/en/calls/"),
    "<lang>/calls/<slug:slug>/": Route(C.READ, "/en/calls/{call}/"),
    "<lang>/staff/calls/": Route(C.MANAGE_CALLS, "/en/staff/calls/"),
    "<lang>/staff/calls/new/": Route(C.MANAGE_CALLS, "/en/staff/calls/new/"),
    CALL: Route(C.MANAGE_CALLS, HERE),
    f"{CALL}preview/": Route(C.MANAGE_CALLS, f"{HERE}preview/"),
    f"{CALL}publish/": Route(C.MANAGE_CALLS, f"{HERE}publish/"),
    f"{CALL}extend/": Route(C.MANAGE_CALLS, f"{HERE}extend/"),
    f"{CALL}cancel/": Route(C.MANAGE_CALLS, f"{HERE}cancel/"),
    f"{CALL}copy/": Route(C.MANAGE_CALLS, f"{HERE}copy/"),
    f"{CALL}more-time/": Route(C.MANAGE_CALLS, f"{HERE}more-time/"),
    f"{CALL}letters/": Route(C.MANAGE_CALLS, f"{HERE}letters/"),
    f"{CALL}letters/new/": Route(C.MANAGE_CALLS, f"{HERE}letters/new/"),
    LETTER: Route(C.MANAGE_CALLS, f"{HERE}letters/{{letter}}/"),
    f"{LETTER}preview/": Route(C.MANAGE_CALLS, f"{HERE}letters/{{letter}}/preview/"),
    f"{LETTER}send/": Route(C.MANAGE_CALLS, f"{HERE}letters/{{letter}}/send/"),
    f"{LETTER}act/": form(C.MANAGE_CALLS, f"{HERE}letters/{{letter}}/act/"),
    f"{CALL}replies/": Route(C.MANAGE_CALLS, f"{HERE}replies/"),
    f"{CALL}replies.xlsx": Route(C.MANAGE_CALLS, f"{HERE}replies.xlsx"),
    f"{CALL}numbers/": Route(C.MANAGE_CALLS, f"{HERE}numbers/"),
    "<lang>/staff/recipients/": Route(C.MANAGE_CALLS, "/en/staff/recipients/"),
    "<lang>/staff/recipients/new/": Route(C.MANAGE_CALLS, "/en/staff/recipients/new/"),
    GROUP: Route(C.MANAGE_CALLS, "/en/staff/recipients/focal-points/"),
    # a list of nothing is refused
    f"{GROUP}add/": form(C.MANAGE_CALLS, "/en/staff/recipients/focal-points/add/", 422),
    f"{GROUP}remove/": form(C.MANAGE_CALLS, "/en/staff/recipients/focal-points/remove/"),
}


def world(made: dict[str, Any]) -> dict[str, Any]:
    call = calls.call("yearly", closes_at=calls.NEVER)
    operations.create_group(
        slug="focal-points",
        title={"en": "Focal points"},
        rule=calls.NOBODY,
        by=None,
        at=calls.AT,
    )
    letter = operations.draft_letter(
        call=call,
        values=calls.letter_values(groups=("focal-points",)),
        by=None,
        at=calls.AT,
    )
    return {"call": call.slug, "letter": letter.pk}
