"""Mail: what it leads back to, its staff pages, the mailbox of a demonstration."""

from typing import Any

from django.conf import settings
from tests.factories import mail
from tests.web.route import Route, form

from stocktaking.accounts.rules.roles import Capability
from stocktaking.outbox.operations import queue_foreign, suppress_address
from stocktaking.outbox.registry import KINDS
from stocktaking.outbox.rules.tokens import seal
from stocktaking.outbox.states import Category

C = Capability
STAFF = "<lang>/staff/mail/"
ROUTES: dict[str, Route] = {
    "<lang>/mail/stop/<str:token>/": Route(C.READ, "/en/mail/stop/{stop}/"),
    # there is none but in a demonstration
    "<lang>/mailbox/": Route(C.READ, "/en/mailbox/", usual=(404,)),
    "<lang>/mailbox/<uuid:number>/": Route(C.READ, "/en/mailbox/{mail}/", usual=(404,)),
    STAFF: Route(C.SEE_MAIL, "/en/staff/mail/"),
    f"{STAFF}<uuid:number>/": Route(C.SEE_MAIL, "/en/staff/mail/{mail}/"),
    f"{STAFF}<uuid:number>/act/": form(C.MANAGE_MAIL, "/en/staff/mail/{mail}/act/"),
    f"{STAFF}templates/": Route(C.SEE_MAIL, "/en/staff/mail/templates/"),
    f"{STAFF}templates/<str:name>/<slug:code>/": Route(
        C.SEE_MAIL, "/en/staff/mail/templates/{mail_kind}/fr/"
    ),
    f"{STAFF}stopped/": Route(C.SEE_MAIL, "/en/staff/mail/stopped/"),
    f"{STAFF}stopped/<number:number>/release/": form(
        C.MANAGE_MAIL, "/en/staff/mail/stopped/{stopped}/release/"
    ),
}


def world(made: dict[str, Any]) -> dict[str, Any]:
    message = queue_foreign(
        to="ann@example.org", subject="Code", text="ABC", language="en", at=mail.AT
    )
    stopped = suppress_address(address="bob@example.org", by=None, at=mail.AT)
    return {
        "mail": message.pk,
        "stopped": stopped.pk,
        "stop": seal("ann@example.org", Category.NEWS, [settings.SECRET_KEY]),
        "mail_kind": min(KINDS),
    }
