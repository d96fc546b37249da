"""Mail that did not leave waits at the desk of who answers for it."""

from collections.abc import Iterator

import pytest
from tests.factories import accounts, mail

from stocktaking.accounts.rules.roles import Capability
from stocktaking.outbox.models import Message
from stocktaking.outbox.states import MessageState
from stocktaking.web.desk import Viewer, Waiting
from stocktaking.web.desk_mail import mails

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kinds() -> Iterator[None]:
    with mail.kinds():
        yield


def waiting(minutes: int = 5, *held: Capability) -> list[Waiting]:
    at = mail.AT + minutes * mail.MINUTE
    return list(mails(Viewer(accounts.person(), at, frozenset(held))))


def test_mail_that_failed_or_waits_for_long_is_shown_to_who_answers_for_it() -> None:
    mail.message()
    assert waiting(5, Capability.MANAGE_MAIL) == []
    [late] = waiting(11, Capability.MANAGE_MAIL)
    assert late.late
    Message.objects.update(state=MessageState.FAILED)
    [lost] = waiting(11, Capability.MANAGE_MAIL)
    assert (lost.count, lost.url) == (1, "/en/staff/mail/?state=failed")
    assert waiting(11, Capability.SEE_MAIL) == []


def test_text_that_is_gone_asks_for_nothing() -> None:
    mail.message()
    Message.objects.update(state=MessageState.FAILED, forgotten=True)
    assert waiting(5, Capability.MANAGE_MAIL) == []
