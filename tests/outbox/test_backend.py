"""Mails of libraries wait in the outbox like ours."""

import pytest
from django.core.mail import EmailMessage, get_connection
from django.utils import translation

from stocktaking.kernel.errors import RuleBroken
from stocktaking.outbox.models import Message
from stocktaking.outbox.states import Category

pytestmark = pytest.mark.django_db
BACKEND = "stocktaking.outbox.backend.EmailBackend"


def send(*mails: EmailMessage, silently: bool = False) -> int:
    return int(get_connection(BACKEND, fail_silently=silently).send_messages(list(mails)))


def test_each_recipient_gets_a_message_in_the_language_of_the_request() -> None:
    mail = EmailMessage(
        "Your code: 12", "12\r\n", to=["Ann <ann@example.org>"], bcc=["b@example.org"]
    )
    with translation.override("zh-hans"):
        assert send(mail) == 2
    ann, other = Message.objects.order_by("to")
    assert (ann.to, ann.to_name, other.to) == ("ann@example.org", "Ann", "b@example.org")
    assert (ann.subject, ann.text, ann.html) == ("Your code: 12", "12\n", "")
    assert (ann.language, ann.category) == ("zh", Category.ACCOUNT)


def test_subject_of_a_library_stays_one_line() -> None:
    send(EmailMessage("Code {name}\nBcc: all@example.org", "x", to=["ann@example.org"]))
    assert Message.objects.get().subject == "Code {name} Bcc: all@example.org"


def test_what_is_no_address_is_told_unless_asked_not_to() -> None:
    wrong = EmailMessage("x", "y", to=["nobody"])
    with pytest.raises(RuleBroken):
        send(wrong)
    assert send(wrong, silently=True) == 0
