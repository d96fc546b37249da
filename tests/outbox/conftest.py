"""Kinds of mail to test with, and a mail server that does as its recipients are called."""

from collections.abc import Callable, Iterator

import pytest
from pytest_django import Settings
from tests.factories import mail
from tests.outbox.server import MailServer


@pytest.fixture(autouse=True)
def kinds() -> Iterator[None]:
    with mail.kinds():
        yield


@pytest.fixture
def server(settings: Settings) -> Iterator[MailServer]:
    """A real SMTP server, to which the outbox delivers."""
    with MailServer() as running:
        settings.MAIL_TRANSPORT = "stocktaking.outbox.transport.SmtpTransport"
        settings.EMAIL_HOST, settings.EMAIL_PORT = running.host, running.port
        settings.EMAIL_TIMEOUT = 2
        yield running


Deliver = Callable[..., int]
