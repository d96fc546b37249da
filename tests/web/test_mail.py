"""What a mail leads back to, and the mailbox of a demonstration."""

import re
from collections.abc import Iterator

import pytest
from django.core import mail as django_mail
from django.test import Client
from pytest_django import Settings
from tests.factories import mail
from tests.factories.accounts import person
from tests.factories.pages import visit

from stocktaking.outbox.models import Message, Suppression
from stocktaking.outbox.operations import deliver_due
from stocktaking.outbox.states import Category, MessageState

pytestmark = pytest.mark.django_db
OUTBOX = "stocktaking.outbox.backend.EmailBackend"


@pytest.fixture(autouse=True)
def kinds() -> Iterator[None]:
    with mail.kinds():
        yield


def stop_address(message: Message) -> str:
    found = re.search(r"<http://127\.0\.0\.1:8000(/\w\w/mail/stop/[^/]+/)>", message.text)
    assert found
    return found[1]


@pytest.mark.parametrize("category", [Category.NEWS, Category.PROCESS])
def test_reader_stops_mails_of_one_category(client: Client, category: Category) -> None:
    address = stop_address(mail.message("Ann@example.org", category=category, language="fr"))
    assert address.startswith("/fr/")
    page = visit(client, address)
    assert "ann@example.org" in page.text
    assert not Suppression.objects.exists()
    stopped = page.form(**{"class": "btn full"}).send()
    assert stopped.status == 200
    found = Suppression.objects.get()
    assert (found.address, found.category) == ("ann@example.org", category)
    assert mail.message("ann@example.org", category=category).state == MessageState.SUPPRESSED
    other = Category.NEWS if category is Category.PROCESS else Category.PROCESS
    assert mail.message("ann@example.org", category=other).state == MessageState.QUEUED


def test_mail_program_stops_in_one_click_without_a_page_before() -> None:
    address = stop_address(mail.message("ann@example.org"))
    client = Client(enforce_csrf_checks=True)
    for _ in range(2):
        answer = client.post(address, {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
    assert Suppression.objects.count() == 1


def test_link_that_is_not_whole_leads_nowhere(client: Client) -> None:
    address = stop_address(mail.message("ann@example.org"))
    for wrong in (address[:-9] + "/", "/en/mail/stop/nothing/", "/en/mail/stop/ä/"):
        assert client.get(wrong).status_code == 404
        assert client.post(wrong).status_code == 404
    assert not Suppression.objects.exists()


def test_mailbox_exists_in_a_demonstration_only(client: Client) -> None:
    message = mail.message()
    assert client.get("/en/mailbox/").status_code == 404
    assert client.get(f"/en/mailbox/{message.pk}/").status_code == 404


def test_visitor_of_a_demonstration_signs_in_with_the_code_in_the_mailbox(
    client: Client, settings: Settings
) -> None:
    settings.DEMO, settings.EMAIL_BACKEND = True, OUTBOX
    ada = person(email="ada@example.org")
    mail.message("somebody@example.org", at=mail.AT + mail.DAY * 10_000)
    client.post("/en/account/sign-in/", {"login": "ada@example.org"})
    box = visit(client, "/en/mailbox/?address=ada@")
    [link] = [link for link in box.links() if link.startswith("/en/mailbox/")]
    letter = visit(client, link)
    code = re.search(r"^[A-Z0-9-]{6,}$", letter.html, re.MULTILINE)
    assert code
    client.post("/en/account/sign-in/code/", {"code": code[0]})
    assert client.session["_auth_user_id"] == str(ada.pk)


def test_code_leaves_by_the_outbox(client: Client, settings: Settings) -> None:
    settings.EMAIL_BACKEND = OUTBOX
    person(email="ada@example.org")
    client.post("/en/account/sign-in/", {"login": "ada@example.org"})
    assert django_mail.outbox == []
    waiting = Message.objects.get()
    assert (waiting.to, waiting.category) == ("ada@example.org", Category.ACCOUNT)
    deliver_due(at=waiting.due_at)
    [sent] = django_mail.outbox
    assert sent.to == ["ada@example.org"]
    assert "List-Unsubscribe" not in sent.extra_headers


def test_letter_is_shown_cleaned(client: Client, settings: Settings) -> None:
    settings.DEMO = True
    message = mail.message(values={"name": "<script>alert(1)</script>"})
    Message.objects.filter(pk=message.pk).update(
        html=message.html + '<img src="//evil.example/x"><script>alert(2)</script>'
    )
    page = visit(client, f"/en/mailbox/{message.pk}/")
    assert page.tree.findall(".//main//script") == page.tree.findall(".//main//img") == []
    assert "<script>alert(1)</script>" in page.text
