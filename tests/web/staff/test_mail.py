"""Mail at the desk: lists, acts, words per language, stopped addresses."""

import uuid
from collections.abc import Iterator

import pytest
from tests.factories import accounts, mail
from tests.factories.pages import visit

from stocktaking.accounts.rules.roles import Role
from stocktaking.history.models import HistoryRecord
from stocktaking.outbox.models import Message, Suppression, TemplateText
from stocktaking.outbox.operations import (
    cancel_message,
    queue_foreign,
    revise_template,
    suppress_address,
)
from stocktaking.outbox.states import Category, MessageState

WORDS = "mail/templates/test.news/en/"


@pytest.fixture(autouse=True)
def kinds() -> Iterator[None]:
    with mail.kinds():
        yield


@pytest.fixture
def organiser(register):
    """Sees mail and changes nothing about it."""
    client = accounts.browser(accounts.person(Role.ORGANISER))
    return lambda path: visit(client, f"/en/staff/{path}")


def test_list_is_filtered(desk) -> None:
    mail.message("ann@example.org")
    held = mail.message("bob@example.org", category=Category.PROCESS)
    cancel_message(message_id=held.pk, by=None, at=mail.AT)
    everything = desk("mail/").text
    assert "ann@example.org" in everything
    assert "bob@example.org" in everything
    for asked in ("state=cancelled", "kind=test.process", "address=BOB"):
        text = desk(f"mail/?{asked}").text
        assert "bob@example.org" in text
        assert "ann@example.org" not in text
    assert desk("mail/?state=nonsense&kind=nonsense&page=99").status == 200


def test_list_asks_the_database_as_often_for_many_as_for_one(desk, statements) -> None:
    mail.message()
    before = len(statements("mail/"))
    for _ in range(5):
        mail.message()
    assert len(statements("mail/")) == before


def test_mail_is_held_back_and_sent_again(desk) -> None:
    message = mail.message()
    page = desk(f"mail/{message.pk}/")
    page = page.form(value="cancel").send(act="cancel")
    message.refresh_from_db()
    assert message.state == MessageState.CANCELLED
    page.form(value="again").send(act="again")
    message.refresh_from_db()
    assert message.state == MessageState.QUEUED
    assert HistoryRecord.objects.filter(verb__in=["mail_cancelled", "mail_sent_again"]).count() == 2


def test_code_of_somebody_else_is_shown_to_nobody(desk) -> None:
    message = queue_foreign(
        to="ann@example.org",
        subject="Your code: SEC-RET",
        text="SEC-RET",
        language="en",
        at=mail.AT,
    )
    assert "ann@example.org" in desk("mail/").text
    assert "SEC-RET" not in desk("mail/").html
    assert "SEC-RET" not in desk(f"mail/{message.pk}/").html


def test_who_only_sees_mail_changes_none(organiser) -> None:
    message = mail.message()
    page = organiser(f"mail/{message.pk}/")
    assert "Hello Ann" in page.text
    assert page.tree.findall(".//main//form") == []
    words = organiser(WORDS)
    assert words.tree.findall(".//main//form//button") == []
    assert words.form(name="body").send(act="save").status == 403
    assert organiser("mail/stopped/").form(name="address")
    assert not TemplateText.objects.exists()


def test_unknown_mails_are_not_found(desk) -> None:
    for path in (
        f"mail/{uuid.uuid4()}/",
        "mail/templates/nothing/en/",
        "mail/templates/test.news/de/",
    ):
        assert desk(path).status == 404


def test_every_kind_leads_to_its_words_in_every_language(desk) -> None:
    links = desk("mail/templates/").links()
    assert {
        f"/en/staff/mail/templates/test.news/{code}/"
        for code in ("ar", "zh", "en", "fr", "ru", "es")
    } <= set(links)


def test_words_are_changed_for_one_language_and_set_back(desk) -> None:
    form = desk(WORDS).form(name="body")
    form["subject"], form["body"] = "Own {name}", "Own **words**"
    page = form.send(act="save")
    assert (mail.message().subject, mail.message(language="fr").subject) == (
        "Own Ann",
        "News for Ann",
    )
    page.form(name="body").send(act="restore")
    assert mail.message().subject == "News for Ann"


def test_placeholder_that_nothing_fills_is_refused(desk) -> None:
    form = desk(WORDS).form(name="body")
    form["body"] = "Hello {nobody}"
    answer = form.send(act="save")
    assert answer.status == 422
    assert "id_body_error" in answer.ids()
    assert "{nobody}" in answer.text
    assert not TemplateText.objects.exists()


def test_preview_shows_both_forms_and_saves_nothing(desk) -> None:
    form = desk(WORDS).form(name="body")
    form["body"] = "**Bold** {name} <script>alert(1)</script> [x](javascript:alert(1))"
    page = form.send(act="preview")
    assert page.tree.findall(".//main//strong")
    assert page.tree.findall(".//main//script") == []
    assert not [link for link in page.links() if link.startswith("javascript")]
    assert "Bold Ann" in page.text
    assert not TemplateText.objects.exists()


def test_test_mail_holds_what_is_typed_and_is_sent_once(desk) -> None:
    form = desk(WORDS).form(name="body")
    form["subject"], form["to"] = "Typed {name}", "me@example.org"
    for _ in range(2):
        assert form.send(act="test").status == 200
    sent = Message.objects.get()
    assert (sent.to, sent.subject, sent.about) == ("me@example.org", "Typed Ann", "outbox.test")
    assert not TemplateText.objects.exists()


def test_test_mail_needs_an_address(desk) -> None:
    form = desk(WORDS).form(name="body")
    form["to"] = "nobody"
    answer = form.send(act="test")
    assert answer.status == 422
    assert "id_to_error" in answer.ids()


def test_stale_words_show_both_and_then_let_the_person_decide(desk) -> None:
    form = desk(WORDS).form(name="body")
    revise_template(
        kind="test.news", language="en", subject="Theirs", body="Their text", based_on=0,
        by=None, at=mail.AT,
    )  # fmt: skip
    form["body"] = "My text"
    clash = form.send(act="preview").form(name="body").send(act="save")
    assert clash.status == 409
    assert "Their text" in clash.text
    assert TemplateText.objects.get().body == "Their text\n"
    clash.form(name="body").send(act="save")
    assert TemplateText.objects.get().body == "My text\n"


def test_address_is_stopped_and_released(desk) -> None:
    form = desk("mail/stopped/").form(name="detail")
    form["address"], form["category"] = "Ann@example.org", "news"
    page = form.send()
    assert "ann@example.org" in page.text
    assert "ann@example.org" not in desk("mail/stopped/?address=bob").text
    release = page.tree.find(".//main//table//form").get("action")
    page.client.post(release)
    assert not Suppression.objects.exists()
    page.client.post(release)
    verbs = HistoryRecord.objects.filter(object_type="outbox.suppression").values_list("verb")
    assert sorted(verbs) == [("address_released",), ("address_suppressed",)]


def test_what_is_no_address_is_not_stopped(desk) -> None:
    form = desk("mail/stopped/").form(name="detail")
    form["address"] = "ann@example.org\nBcc: all@example.org"
    answer = form.send()
    assert answer.status == 422
    assert "id_address_error" in answer.ids()


def test_suppressed_mail_is_not_sent_again_before_its_release(desk) -> None:
    suppress_address(address="ann@example.org", by=None, at=mail.AT)
    message = mail.message("ann@example.org")
    page = desk(f"mail/{message.pk}/").form(value="again").send(act="again")
    assert "Release it first" in page.text
    message.refresh_from_db()
    assert message.state == MessageState.SUPPRESSED
