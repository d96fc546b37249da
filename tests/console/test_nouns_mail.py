"""Mail on the command line."""

import json
from collections.abc import Iterator

import pytest
from click.testing import CliRunner, Result
from tests.factories import mail

from stocktaking.console.main import cli
from stocktaking.outbox.models import Message, Suppression
from stocktaking.outbox.operations import deliver_due, queue_foreign
from stocktaking.outbox.states import MessageState

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kinds() -> Iterator[None]:
    with mail.kinds():
        yield


def run(*arguments: str, given: str = "") -> Result:
    return CliRunner().invoke(cli, ["mail", *arguments], input=given)


def test_list_tells_states_and_answers_and_no_code() -> None:
    mail.message("ann@example.org")
    queue_foreign(
        to="bob@example.org", subject="SEC-RET", text="SEC-RET", language="en", at=mail.AT
    )
    deliver_due(at=mail.AT, limit=1)
    told = run("list").output
    assert "ann@example.org" in told
    assert "SEC-RET" not in told
    assert told.splitlines()[-1].startswith("queued 1, sending 0, sent 1")
    items = json.loads(run("list", "--json", "--address", "ann").output)
    assert [(item["to"], item["state"], item["attempts"]) for item in items] == [
        ("ann@example.org", "queued", 0)
    ]
    assert "ann@example.org" not in run("list", "--state", "sent").output


def test_test_mail_is_shown_or_queued() -> None:
    shown = run("send-test", "test.news", "me@example.org", "--language", "fr", "--dry-run")
    assert "Subject: News for Ann" in shown.output
    assert shown.output.splitlines()[-1] == "would queue 1"
    assert not Message.objects.exists()
    assert run("send-test", "test.news", "me@example.org").output == "queued 1\n"
    assert Message.objects.get().to == "me@example.org"
    unknown = run("send-test", "nothing", "me@example.org")
    assert unknown.exit_code == 1
    assert "test.news" in unknown.output
    assert run("send-test", "test.news", "nobody").exit_code == 1


def test_bounce_is_noted_by_identity() -> None:
    sent = mail.message("ann@example.org")
    deliver_due(at=mail.AT)
    identity = f"<{sent.pk}@127.0.0.1>"
    assert run("bounce", identity, "--dry-run").output.startswith("would note 1 (for good)")
    assert run("bounce", identity, "--soft").output == "noted 1\n"
    assert not Suppression.objects.exists()
    assert run("bounce", identity, "--detail", "5.1.1 none").output == "noted 1\n"
    sent.refresh_from_db()
    assert sent.state == MessageState.BOUNCED
    assert Suppression.objects.get().detail == "5.1.1 none"
    assert run("bounce", "<nobody@example.org>").exit_code == 1
    assert run("bounce").exit_code == 2


def test_bounce_is_read_from_the_report_of_a_server() -> None:
    sent = mail.message("ann@example.org")
    deliver_due(at=mail.AT)
    report = (
        'Content-Type: multipart/report; boundary="B"\n\n--B\n'
        "Content-Type: message/delivery-status\n\nStatus: 5.1.1\n\n--B\n"
        f"Content-Type: text/rfc822-headers\n\nMessage-ID: <{sent.pk}@127.0.0.1>\n\n--B--\n"
    )
    assert run("bounce", "--report", "-", given=report).output == "noted 1\n"
    sent.refresh_from_db()
    assert sent.state == MessageState.BOUNCED
    assert run("bounce", "--report", "-", given="Subject: hello\n\n").exit_code == 1
