"""Whether mail leaves the house: the way out, the sender, and what waits too long."""

import datetime as dt
from collections.abc import Iterator

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from stocktaking.console.health.finding import Finding, failed, risky, well
from stocktaking.console.health.settings import public
from stocktaking.kernel import clock
from stocktaking.outbox.queries import longest_wait

PATIENCE = dt.timedelta(minutes=10)


def transport() -> Iterator[Finding]:
    if settings.MAIL_TRANSPORT.endswith("SmtpTransport"):
        yield well("mail", f"by {settings.EMAIL_HOST}")
    elif public():
        advice = "Set EMAIL_URL: nobody can sign in without receiving a code."
        yield failed("mail", "kept as files, not sent", advice)
    else:
        advice = "Set EMAIL_URL to send it."
        yield risky("mail", "kept as files in the data folder, not sent", advice)


def sender() -> Iterator[Finding]:
    address = settings.DEFAULT_FROM_EMAIL
    try:
        validate_email(address)
    except ValidationError:
        level = failed if public() else risky
        advice = "Set STOCKTAKING_SENDER to an address of a domain that may send for you."
        yield level("sender", f"{address} is no address", advice)
    else:
        yield well("sender", address)


def waiting() -> Iterator[Finding]:
    """Mail that is due and not sent: no worker runs, or the server does not take it."""
    wait = longest_wait(at=clock.now())
    if wait is None:
        yield well("outbox", "no mail waits")
        return
    told = f"a mail has waited for {int(wait.total_seconds() // 60)} minutes"
    if wait > PATIENCE:
        advice = (
            "Start the worker (stocktaking worker), and see the attempts: stocktaking mail list"
        )
        yield failed("outbox", told, advice)
    else:
        yield well("outbox", told)
