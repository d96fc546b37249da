from typing import Any

from tests.web.route import Route, form

from stocktaking.accounts.rules.roles import Capability

C = Capability
NOBODYS = "00000000-0000-4000-8000-000000000000"
ROUTES: dict[str, Route] = {
    # what nobody sent, and nothing names
    "<lang>/files/<number:number>/": Route(C.REPLY_TO_CALLS, "/en/files/999999/", usual=(404,)),
    # what is not announced whole is refused
    "<lang>/uploads/": form(C.REPLY_TO_CALLS, "/en/uploads/", 400),
    # those of others do not exist
    "<lang>/uploads/<uuid:upload_id>/": Route(
        C.REPLY_TO_CALLS, f"/en/uploads/{NOBODYS}/", usual=(404,)
    ),
}


def world(made: dict[str, Any]) -> dict[str, Any]:
    return {}
