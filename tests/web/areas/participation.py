from typing import Any

from tests.factories import accounts
from tests.web.route import Route, form

from stocktaking.accounts.rules.roles import Capability
from stocktaking.intake.models import Claim
from stocktaking.intake.operations.claiming import open_claim
from stocktaking.intake.operations.suggesting import suggest
from stocktaking.intake.states import ClaimMethod, SuggestionKind

C = Capability
# what belongs to somebody else is not found, whatever one may do elsewhere
OTHERS = (404,)
ROUTES: dict[str, Route] = {
    "<lang>/entries/<number:number>/suggestion/": Route(C.READ, "/en/entries/{entry}/suggestion/"),
    "<lang>/entries/<number:number>/report/": Route(C.READ, "/en/entries/{entry}/report/"),
    "<lang>/entries/<number:number>/contact/": Route(C.READ, "/en/entries/{entry}/contact/"),
    "<lang>/entries/<number:number>/claim/": Route(C.HOLD_ACCOUNT, "/en/entries/{entry}/claim/"),
    "<lang>/entries/<number:number>/still-correct/": form(
        C.EDIT_OWN_ORGANISATION, "/en/entries/{entry}/still-correct/", *OTHERS
    ),
    "<lang>/organisations/<number:number>/claim/": Route(
        C.HOLD_ACCOUNT, "/en/organisations/{organisation}/claim/"
    ),
    "<lang>/claims/<number:number>/": Route(C.HOLD_ACCOUNT, "/en/claims/{claim}/", usual=OTHERS),
    "<lang>/claims/<number:number>/look/": form(
        C.HOLD_ACCOUNT, "/en/claims/{claim}/look/", *OTHERS
    ),
    "<lang>/claims/<number:number>/decision/": form(
        C.HOLD_ACCOUNT, "/en/claims/{claim}/decision/", *OTHERS
    ),
    "<lang>/account/claims/": Route(C.HOLD_ACCOUNT, "/en/account/claims/"),
    "<lang>/account/suggestions/": Route(C.EDIT_OWN_ORGANISATION, "/en/account/suggestions/"),
    "<lang>/account/suggestions/<number:number>/": Route(
        C.EDIT_OWN_ORGANISATION, "/en/account/suggestions/{suggestion}/", usual=OTHERS
    ),
    "<lang>/account/collections/": Route(C.EDIT_OWN_ORGANISATION, "/en/account/collections/"),
    "<lang>/confirm/<str:token>/": Route(C.READ, "/en/confirm/token/", usual=OTHERS),
    "<lang>/invitations/<str:token>/": Route(C.READ, "/en/invitations/token/", usual=OTHERS),
    "<lang>/collections/": Route(C.READ, "/en/collections/"),
    "<lang>/collections/<slug:slug>/": Route(C.READ, "/en/collections/health/"),
    "<lang>/collections/<slug:slug>/report/": Route(C.READ, "/en/collections/health/report/"),
    "<lang>/collections/<slug:slug>/report.<table_form:form>": Route(
        C.READ, "/en/collections/health/report.csv"
    ),
    "<lang>/collections/<slug:slug>/curate/": Route(
        C.HOLD_ACCOUNT, "/en/collections/health/curate/", usual=(200, 404)
    ),
    "<lang>/staff/suggestions/": Route(C.MODERATE_REPLIES, "/en/staff/suggestions/"),
    "<lang>/staff/suggestions/<number:number>/": Route(
        C.MODERATE_REPLIES, "/en/staff/suggestions/{suggestion}/"
    ),
    "<lang>/staff/lines/": Route(C.SUGGEST_ENTRIES, "/en/staff/lines/"),
    "<lang>/staff/claims/": Route(C.MODERATE_REPLIES, "/en/staff/claims/"),
    "<lang>/staff/claims/<number:number>/": Route(C.MODERATE_REPLIES, "/en/staff/claims/{claim}/"),
    "<lang>/staff/confirmations/": Route(C.MODERATE_REPLIES, "/en/staff/confirmations/"),
    "<lang>/staff/messages/": Route(C.MODERATE_REPLIES, "/en/staff/messages/"),
}


def world(made: dict[str, Any]) -> dict[str, Any]:
    at = accounts.AT
    suggestion = suggest(
        number=made["entry"],
        kind=SuggestionKind.EDIT,
        place="texts.en.title",
        proposed="A better title",
        language="en",
        by=None,
        at=at,
    )
    claim: Claim = open_claim(
        organisation=made["organisation"],
        method=ClaimMethod.BY_HAND,
        statement="I lead it.",
        by=accounts.person(),
        at=at,
    )
    return {"suggestion": suggestion.pk, "claim": claim.pk}
