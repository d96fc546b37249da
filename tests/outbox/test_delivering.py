"""Handing mail to a real server that says yes, later, no, or nothing."""

import datetime as dt
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from pytest_django import Settings
from tests.factories.mail import AT, DAY, MINUTE, message
from tests.outbox.server import MailServer

from stocktaking.outbox import signals
from stocktaking.outbox.models import Message, Suppression
from stocktaking.outbox.operations import (
    Unreachable,
    deliver,
    deliver_due,
    queue_foreign,
    suppress_address,
)
from stocktaking.outbox.states import Category, MessageState, Outcome

pytestmark = pytest.mark.django_db


def state_of(sent: Message) -> tuple[str, list[str]]:
    sent.refresh_from_db()
    return sent.state, list(sent.tries.values_list("outcome", flat=True))


def test_mail_arrives_in_both_forms_with_its_headers(server: MailServer) -> None:
    sent = message("ann@example.org", to_name="Ann Arbor", language="ar", reply_to="b@example.org")
    assert deliver_due(at=AT) == 1
    [mail] = server.taken
    assert mail["Message-ID"] == f"<{sent.pk}@127.0.0.1>"
    assert mail["To"] == "Ann Arbor <ann@example.org>"
    assert (mail["Reply-To"], mail["Content-Language"]) == ("b@example.org", "ar")
    assert mail["Auto-Submitted"] == "auto-generated"
    text, html = mail.iter_parts()
    assert "Open the reply <https://example.org/replies/1/>" in text.get_content()
    page = html.get_content()
    assert '<html lang="ar" dir="rtl">' in page
    assert len(page.encode()) < 20_000
    assert "<img" not in page
    assert state_of(sent) == (MessageState.SENT, [Outcome.SENT])
    assert sent.sent_at == AT


@pytest.mark.parametrize("category", list(Category))
def test_all_but_account_mails_can_be_stopped_in_one_click(
    server: MailServer, category: Category
) -> None:
    message(category=category)
    deliver_due(at=AT)
    [mail] = server.taken
    if category is Category.ACCOUNT:
        assert "List-Unsubscribe" not in mail
    else:
        assert mail["List-Unsubscribe"].strip().startswith("<http://127.0.0.1:8000/en/mail/stop/")
        assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_one_connection_carries_many_mails(server: MailServer) -> None:
    for _ in range(5):
        message()
    assert deliver_due(at=AT) == 5
    assert server.handler.connections == 1


@pytest.mark.parametrize("name", ["busy", "leaving", "full", "closing"])
def test_what_fails_for_now_waits_and_is_tried_again_with_the_same_identity(
    server: MailServer, name: str
) -> None:
    sent = message(f"{name}@example.org")
    deliver_due(at=AT)
    assert state_of(sent) == (MessageState.QUEUED, [Outcome.LATER])
    assert sent.due_at == AT + MINUTE
    assert sent.tries.get().answer
    assert deliver_due(at=AT + MINUTE / 2) == 0
    server.handler.healed = True
    assert deliver_due(at=AT + MINUTE) == 1
    assert state_of(sent) == (MessageState.SENT, [Outcome.LATER, Outcome.SENT])
    assert [mail["Message-ID"] for mail in server.taken] == [f"<{sent.pk}@127.0.0.1>"]


def test_server_that_says_nothing_is_left(server: MailServer, settings: Settings) -> None:
    settings.EMAIL_TIMEOUT = 0.2
    sent, other = message("silent@example.org"), message(at=AT + MINUTE / 60)
    server.handler.silence = 3600  # ended with the server
    deliver_due(at=AT + MINUTE)
    assert state_of(sent) == (MessageState.QUEUED, [Outcome.LATER])
    assert state_of(other) == (MessageState.SENT, [Outcome.SENT])


@pytest.mark.parametrize("name", ["nobody", "plain"])
def test_address_that_is_none_is_suppressed(server: MailServer, name: str) -> None:
    sent, waiting = message(f"{name}@example.org"), message(f"{name}@example.org", at=AT + MINUTE)
    deliver_due(at=AT)
    assert state_of(sent) == (MessageState.BOUNCED, [Outcome.BOUNCED])
    assert Suppression.objects.get().address == f"{name}@example.org"
    deliver_due(at=AT + MINUTE)
    assert state_of(waiting) == (MessageState.SUPPRESSED, [])
    assert message(f"{name}@example.org").state == MessageState.SUPPRESSED


@pytest.mark.parametrize("name", ["unwanted", "spam"])
def test_mail_that_is_refused_fails_and_its_address_is_not_to_blame(
    server: MailServer, name: str
) -> None:
    sent = message(f"{name}@example.org")
    deliver_due(at=AT)
    assert state_of(sent) == (MessageState.FAILED, [Outcome.REFUSED])
    assert not Suppression.objects.exists()


def test_as_many_bounces_as_the_setting_says_suppress(
    server: MailServer, settings: Settings
) -> None:
    settings.MAIL_BOUNCES = 2
    first, second = message("nobody@example.org"), message("Nobody@example.org", at=AT + DAY)
    deliver_due(at=AT)
    assert (state_of(first)[0], Suppression.objects.count()) == (MessageState.BOUNCED, 0)
    server.handler.healed = False
    Message.objects.filter(pk=second.pk).update(to="nobody@example.org")
    deliver_due(at=AT + DAY)
    assert (state_of(second)[0], Suppression.objects.count()) == (MessageState.BOUNCED, 1)


def test_mail_is_given_up_after_days(server: MailServer) -> None:
    sent, at = message("busy@example.org"), AT
    while state_of(sent)[0] == MessageState.QUEUED:
        at = sent.due_at
        deliver_due(at=at)
    assert state_of(sent)[0] == MessageState.FAILED
    assert 2 * DAY < at - AT < 4 * DAY


def test_code_goes_before_a_letter_to_many(server: MailServer) -> None:
    for _ in range(3):
        message()
    queue_foreign(to="ann@example.org", subject="Code", text="ABC", language="en", at=AT + MINUTE)
    deliver_due(at=AT + MINUTE, limit=1)
    assert [mail["Subject"] for mail in server.taken] == ["Code"]


def test_address_stopped_while_a_mail_waits_gets_none(server: MailServer) -> None:
    many = [message("ann@example.org") for _ in range(3)]
    suppress_address(address="Ann@example.org", category=Category.NEWS, by=None, at=AT)
    other = message("bob@example.org")
    assert deliver_due(at=AT) == 1
    assert {state_of(one)[0] for one in many} == {MessageState.SUPPRESSED}
    assert state_of(other)[0] == MessageState.SENT


def test_server_out_of_reach_costs_one_mail_one_try(settings: Settings) -> None:
    settings.MAIL_TRANSPORT = "stocktaking.outbox.transport.SmtpTransport"
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # nobody listens
        settings.EMAIL_HOST, settings.EMAIL_PORT = taken.getsockname()
        first, second = message(), message(at=AT + MINUTE)
        with pytest.raises(Unreachable):
            deliver_due(at=AT + MINUTE)
    assert state_of(first) == (MessageState.QUEUED, [Outcome.LATER])
    assert "refused" in first.tries.get().answer.lower()
    assert state_of(second) == (MessageState.QUEUED, [])


@contextmanager
def dripping() -> Iterator[tuple[str, int]]:
    """A server that says a letter now and then and never comes to an end."""
    stop = threading.Event()
    listening = socket.create_server(("127.0.0.1", 0))

    def drip() -> None:
        client, _ = listening.accept()
        with client:
            while not stop.wait(0.02):
                try:
                    client.sendall(b"2")
                except OSError:
                    return

    thread = threading.Thread(target=drip)
    thread.start()
    try:
        yield listening.getsockname()
    finally:
        stop.set()
        thread.join()
        listening.close()


def test_server_that_drips_is_hung_up_on(settings: Settings) -> None:
    settings.MAIL_TRANSPORT = "stocktaking.outbox.transport.SmtpTransport"
    settings.MAIL_SECONDS = 0.3
    sent = message()
    with dripping() as (settings.EMAIL_HOST, settings.EMAIL_PORT), pytest.raises(Unreachable):
        deliver_due(at=AT)
    assert state_of(sent) == (MessageState.QUEUED, [Outcome.LATER])


def test_mail_that_cannot_be_written_holds_up_no_other(server: MailServer) -> None:
    broken, whole = message(at=AT - MINUTE), message()
    Message.objects.filter(pk=broken.pk).update(subject="A\nBcc: all@example.org")
    deliver_due(at=AT)
    assert state_of(broken) == (MessageState.FAILED, [Outcome.REFUSED])
    assert state_of(whole)[0] == MessageState.SENT
    assert len(server.taken) == 1


def test_end_of_a_message_is_told(server: MailServer) -> None:
    told: list[tuple[str, dt.datetime]] = []

    def note(message: Message, at: dt.datetime, **_: object) -> None:
        told.append((message.state, at))

    signals.message_ended.connect(note)
    try:
        message("nobody@example.org"), message("busy@example.org"), message("ann@example.org")
        deliver_due(at=AT)
    finally:
        signals.message_ended.disconnect(note)
    assert sorted(told) == [(MessageState.BOUNCED, AT), (MessageState.SENT, AT)]


def test_slow_server_that_took_it_after_all_counts(server: MailServer) -> None:
    """The lease ran out meanwhile; what the server has taken needs not be sent again."""
    sent = message()
    moments = iter([AT, AT + 10 * MINUTE])

    def late() -> dt.datetime:
        moment = next(moments)
        if moment > AT:
            Message.objects.filter(pk=sent.pk).update(state=MessageState.QUEUED, lease_token="")
        return moment

    deliver_due(at=AT, limit=1, at_clock=late)
    assert state_of(sent) == (MessageState.SENT, [Outcome.SENT])


@pytest.mark.django_db(transaction=True)
def test_loop_sends_until_it_is_stopped(server: MailServer) -> None:
    message()
    stop = threading.Event()
    moments = iter([AT, AT, AT])

    def moment() -> dt.datetime:
        found = next(moments, None)
        if found is None:
            stop.set()
        return found or AT

    deliver(stop, at_clock=moment)
    assert len(server.taken) == 1
