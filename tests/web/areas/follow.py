from typing import Any

from tests.factories import accounts
from tests.web.route import Route

from stocktaking.accounts.rules.roles import Capability
from stocktaking.follow.operations import follow_entry, stop_token

C = Capability
# what belongs to somebody else is not found, whatever one may do elsewhere
OTHERS = (404,)
ROUTES: dict[str, Route] = {
    "<lang>/follow/search/": Route(C.READ, "/en/follow/search/?line=L1"),
    "<lang>/follow/stop/<str:token>/": Route(C.READ, "/en/follow/stop/{follow_token}/"),
    "<lang>/entries/<number:number>/follow/": Route(C.READ, "/en/entries/{entry}/follow/"),
    "<lang>/entries/<number:number>-<anyslug:slug>/history.atom": Route(
        C.READ, "/en/entries/{entry}-{slug}/history.atom"
    ),
    "<lang>/account/following/": Route(C.HOLD_ACCOUNT, "/en/account/following/"),
    # who follows nothing has no mail to look at
    "<lang>/account/following/preview/": Route(
        C.HOLD_ACCOUNT, "/en/account/following/preview/", usual=(302,)
    ),
    "<lang>/account/following/<number:number>/": Route(
        C.HOLD_ACCOUNT, "/en/account/following/{followed}/", usual=OTHERS
    ),
}


def world(made: dict[str, Any]) -> dict[str, Any]:
    row = follow_entry(
        number=made["entry"],
        language="en",
        rhythm="weekly",
        by=accounts.person(),
        at=accounts.AT,
    )
    return {"followed": row.pk, "follow_token": stop_token(subscription=row.pk)}
