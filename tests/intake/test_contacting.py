"""Messages to projects: to whom they go, what they show, how long they are kept."""

import datetime as dt

import pytest
from tests.factories import accounts
from tests.factories.entries import AT, entry

from stocktaking.accounts.operations import add_member, erase_person, set_consents
from stocktaking.accounts.rules.consents import Purpose
from stocktaking.accounts.rules.roles import Role
from stocktaking.entries.rules.values import TextValue
from stocktaking.intake.models import ContactMessage
from stocktaking.intake.operations import contacting
from stocktaking.kernel.errors import RuleBroken
from stocktaking.outbox.models import Message

pytestmark = pytest.mark.usefixtures("_framework")


@pytest.fixture(autouse=True)
def _no_contact(settings):
    settings.CONTACT = ""


def member(body, *, agrees=True, **more):
    person = accounts.person(**more)
    add_member(organisation=body, person=person, by=None, at=AT)
    if agrees:
        set_consents(person=person, given={Purpose.CONTACT: True}, by=person, at=AT)
    return person


def send(number, **more):
    stated = {
        "number": number,
        "subject": "A question",
        "text": "May we use your method?",
        "language": "en",
        "name": "Vera Visitor",
        "email": "vera@example.net",
        "by": None,
        "at": AT,
    }
    return contacting.send_message(**{**stated, **more})


def mails():
    return list(Message.objects.filter(kind="intake.contact").order_by("to"))


def refusal(*args, **more) -> str:
    with pytest.raises(RuleBroken) as caught:
        send(*args, **more)
    return caught.value.code


def test_message_goes_to_those_who_agreed():
    body = accounts.organisation()
    agreeing, silent = member(body), member(body, agrees=False)
    message = send(entry(organisation=body.pk).pk)
    [mail] = mails()
    assert (mail.to, mail.reply_to, mail.person_id) == (agreeing.email, "", agreeing.pk)
    assert (message.reached, message.to_staff) == (1, False)
    assert "May we use your method?" in mail.text
    assert "Vera Visitor" in mail.text
    for address in ("vera@example.net", silent.email, agreeing.email):
        assert address not in mail.text + mail.subject


def test_answer_goes_to_the_sender_only_if_the_sender_wants_it():
    body = accounts.organisation()
    member(body)
    number = entry(organisation=body.pk).pk
    send(number, may_reply=True)
    assert mails()[0].reply_to == "vera@example.net"
    Message.objects.all().delete()
    sender = accounts.person(name="Ada")
    send(number, may_reply=True, by=sender)
    [mail] = mails()
    assert (mail.reply_to, "Ada" in mail.text) == (sender.email, True)
    assert ContactMessage.objects.latest("pk").email == ""


def test_address_takes_the_place_of_a_name_only_if_the_sender_wants_it():
    body = accounts.organisation()
    member(body)
    number, sender = entry(organisation=body.pk).pk, accounts.person()
    sender.name = ""
    sender.save()
    send(number, by=sender)
    [mail] = mails()
    assert sender.email not in mail.text + mail.subject + mail.reply_to
    Message.objects.all().delete()
    send(number, may_reply=True, by=sender)
    assert sender.email in mails()[0].text


def test_message_goes_to_staff_where_nobody_agreed(settings):
    body = accounts.organisation()
    member(body, agrees=False)
    moderator = accounts.person(Role.MODERATOR)
    accounts.person(Role.EXPERT)
    number = entry(organisation=body.pk).pk
    assert send(number).to_staff
    assert [mail.to for mail in mails()] == [moderator.email]
    settings.CONTACT = "office@example.org"
    send(number)
    send(entry().pk)
    assert [mail.to for mail in mails()].count("office@example.org") == 2


def test_closed_accounts_get_nothing():
    body = accounts.organisation()
    gone = member(body)
    gone.is_active = False
    gone.save()
    assert send(entry(organisation=body.pk).pk).to_staff


@pytest.mark.parametrize(
    "subject",
    [
        "Hello\r\nBcc: everybody@example.org",
        "Hello\nBcc: everybody@example.org",
        "Hello\rBcc: everybody@example.org",
        "Hello\u2028Bcc: everybody@example.org",
        "=?utf-8?q?Hello=0ABcc:_everybody@example.org?=",
        "\u202eHello",
    ],
)
def test_subject_adds_no_header(subject):
    body = accounts.organisation()
    member(body)
    send(entry(organisation=body.pk).pk, subject=subject, name=subject, text=f"{subject}\n.\nQUIT")
    [mail] = mails()
    assert mail.subject.isprintable()
    assert "\n" not in mail.subject + mail.to_name + mail.reply_to
    assert mail.to.count("@") == 1


@pytest.mark.parametrize("email", ["a@b.example\nBcc: c@d.example", "a@b.example,c@d.example", "a"])
def test_malformed_address_is_refused(email):
    assert refusal(entry().pk, email=email) == "email_malformed"


@pytest.mark.parametrize(
    ("stated", "code"),
    [
        ({"subject": " \n "}, "subject_missing"),
        ({"subject": "x" * 151}, "text_long"),
        ({"subject": "Hello\x0bBcc: everybody@example.org"}, "control_character"),
        ({"subject": "Hello\x00Bcc: everybody@example.org"}, "control_character"),
        ({"name": "Vera\x1b"}, "control_character"),
        ({"text": "Hello\x00"}, "control_character"),
        ({"text": "\ud800"}, "control_character"),
        ({"text": " "}, "text_missing"),
        ({"text": "x" * 5001}, "text_long"),
        ({"name": ""}, "sender_missing"),
        ({"name": "x" * 201}, "text_long"),
        ({"email": ""}, "email_malformed"),
        ({"number": 999}, "entry_not_public"),
    ],
)
def test_message_is_refused(stated, code):
    number = stated.get("number") or entry().pk
    assert refusal(**{"number": number, **stated}) == code
    assert not ContactMessage.objects.exists()


PAYLOADS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "[click](javascript:alert(1))",
    "<https://evil.example>",
    "{link} {text} {reply}",
    "![x](https://evil.example/pixel.png)",
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_content_is_text_in_both_forms_of_the_mail(payload):
    body = accounts.organisation()
    member(body)
    title = TextValue("en", f"Network {payload}")
    number = entry(organisation=body.pk, texts=(title,)).pk
    send(number, subject=payload, name=payload, text=payload)
    [mail] = mails()
    assert payload in mail.text
    for live in ("<script", "<img", 'javascript:alert(1)"', 'href="https://evil'):
        assert live not in mail.html


def test_messages_are_kept_for_a_while():
    number = entry().pk
    send(number)
    send(number, at=AT + dt.timedelta(days=1))
    assert contacting.forget_messages(before=AT) == 0
    assert contacting.forget_messages(before=AT + dt.timedelta(hours=1)) == 1
    assert ContactMessage.objects.count() == 1


def test_erased_sender_is_named_no_longer():
    sender = accounts.person(name="Ada")
    message = send(entry().pk, by=sender)
    erase_person(person=sender, by=sender, at=AT)
    message.refresh_from_db()
    assert (message.by, message.name, message.email) == (None, "", "")
