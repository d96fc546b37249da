from typing import Any

from tests.web.route import Route, form

from stocktaking.accounts.rules.roles import Capability

C = Capability
OWN = "/en/account/organisations/{organisation}/"
ROUTES: dict[str, Route] = {
    "<lang>/desk/": Route(C.HOLD_ACCOUNT, "/en/desk/"),
    "<lang>/account/consents/": form(C.HOLD_ACCOUNT, "/en/account/consents/"),
    # nobody is configured to sign in with
    "sign-in/<slug:provider_id>/callback": Route(C.READ, "/sign-in/example/callback", usual=(404,)),
    "<lang>/account/sign-in/with/<slug:provider_id>/": form(
        C.READ, "/en/account/sign-in/with/example/", 404
    ),
    "<lang>/account/identities/": Route(C.HOLD_ACCOUNT, "/en/account/identities/"),
    "<lang>/account/invitations/": Route(C.HOLD_ACCOUNT, "/en/account/invitations/"),
    "<lang>/account/invitations/<number:invitation_id>/": form(
        C.HOLD_ACCOUNT, "/en/account/invitations/1/", 410
    ),
    "<lang>/account/invitations/by-link/<str:token>/": Route(
        C.HOLD_ACCOUNT, "/en/account/invitations/by-link/x/", usual=(410,)
    ),
    # of another organisation than their own: there is none, as far as they are told
    "<lang>/account/organisations/<number:number>/": Route(
        C.EDIT_OWN_ORGANISATION, OWN, usual=(404,)
    ),
    "<lang>/account/organisations/<number:number>/invite/": form(
        C.EDIT_OWN_ORGANISATION, f"{OWN}invite/", 404
    ),
    "<lang>/account/organisations/<number:number>/invitations/<number:invitation_id>/take-back/": (
        form(C.EDIT_OWN_ORGANISATION, f"{OWN}invitations/1/take-back/", 404)
    ),
    "<lang>/account/organisations/<number:number>/people/<number:person_id>/": form(
        C.EDIT_OWN_ORGANISATION, f"{OWN}people/{{person}}/", 404
    ),
    "<lang>/staff/people/<number:number>/merge/": Route(
        C.MERGE_PEOPLE, "/en/staff/people/{person}/merge/"
    ),
    "<lang>/staff/people/<number:number>/merge/confirm/": form(
        C.MERGE_PEOPLE, "/en/staff/people/{person}/merge/confirm/"
    ),
}


def world(made: dict[str, Any]) -> dict[str, Any]:
    return {}
