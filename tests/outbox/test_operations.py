"""Queueing, words, acts of staff, bounces, forgetting."""

import datetime as dt
import threading
import uuid
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from tests.factories.mail import AT, DAY, EXAMPLES, MINUTE, message

from stocktaking.kernel.errors import RuleBroken, RulesBroken, StaleVersion
from stocktaking.outbox.models import Message, Suppression, TemplateText
from stocktaking.outbox.operations import (
    Inset,
    cancel_message,
    deliver_due,
    forget_messages,
    forget_person,
    forget_texts,
    note_bounce,
    queue,
    queue_foreign,
    read_stop,
    release_address,
    release_lost,
    restore_template,
    revise_template,
    send_again,
    send_test,
    suppress_address,
)
from stocktaking.outbox.operations.claims import LEASE, claim
from stocktaking.outbox.operations.envelopes import envelope
from stocktaking.outbox.queries import longest_wait
from stocktaking.outbox.registry import KINDS
from stocktaking.outbox.states import Category, MessageState, Outcome

pytestmark = pytest.mark.django_db


def refused(act: Any, *codes: str, **stated: Any) -> None:
    with pytest.raises(RuleBroken) as caught:
        act(by=None, at=AT, **stated)
    errors = caught.value.errors if isinstance(caught.value, RulesBroken) else [caught.value]
    assert tuple(error.code for error in errors) == codes


def test_same_key_is_queued_once() -> None:
    first = message("ann@example.org", once_key="letter 1")
    assert message("ann@example.org", once_key="letter 1") == first
    assert message("ann@example.org", once_key="letter 2") != first
    assert Message.objects.count() == 2


@pytest.mark.parametrize(
    "address", ["", "nobody", "a@example.org\nBcc: b@example.org", "a@example.org,b@example.org"]
)
def test_what_is_no_address_gets_no_mail(address: str) -> None:
    for stated in ({"to": address or " "}, {"to": "a@example.org", "reply_to": address or " "}):
        with pytest.raises(RuleBroken) as caught:
            message(**stated)
        assert caught.value.code == "address_malformed"


def test_values_are_those_of_the_kind() -> None:
    for values in ({"name": "Ann"}, EXAMPLES | {"more": "x"}):
        with pytest.raises(ValueError, match="takes"):
            queue(kind="test.news", to="a@example.org", language="en", values=values, at=AT)


def test_mail_speaks_the_language_of_its_reader_or_english() -> None:
    assert "/zh/mail/stop/" in message(language="zh").text
    foreign = message(language="sw")
    assert foreign.language == "en"


def test_long_mail_goes_as_text_alone() -> None:
    long = message(values={"note": "Far too much. " * 2000})
    assert long.html == ""
    assert len(long.text) > 20_000


def test_mail_waits_for_its_moment() -> None:
    message(due_at=AT + DAY)
    assert deliver_due(at=AT) == 0
    assert deliver_due(at=AT + DAY) == 1


def test_own_words_hold_for_their_language() -> None:
    stated = {"kind": "test.news", "by": None, "at": AT}
    row = revise_template(language="fr", subject="A {name}", body="B", based_on=0, **stated)
    assert row
    assert message(language="fr").subject == "A Ann"
    again = revise_template(language="fr", subject="A {name}", body=" B\n", based_on=1, **stated)
    assert again
    assert again.lock == 1
    for base in (0, 2):
        with pytest.raises(StaleVersion):
            revise_template(language="fr", subject="C", body="D", based_on=base, **stated)
    restore_template(language="fr", based_on=1, **stated)
    assert message(language="fr").subject == "News for Ann"
    restore_template(language="fr", based_on=0, **stated)


def test_shipped_words_that_are_saved_unchanged_are_still_followed() -> None:
    found = revise_template(
        kind="test.news", language="en", subject="News for {name}",
        body="Hello {name},\r\n\r\n[Open the reply]({link})\r\n\r\n> {note}\r\n", based_on=0,
        by=None, at=AT,
    )  # fmt: skip
    assert found is None
    assert not TemplateText.objects.exists()


def test_words_are_refused_with_every_fault() -> None:
    stated = {"kind": "test.news", "language": "en", "based_on": 0}
    refused(
        revise_template, "placeholder_unknown", "text_missing", subject="{x}", body=" ", **stated
    )
    refused(
        revise_template, "text_too_long", "text_too_long", subject="x" * 400, body="y" * 9000,
        **stated,
    )  # fmt: skip
    refused(revise_template, "not_found", subject="x", body="y", **stated | {"kind": "nothing"})
    refused(revise_template, "not_found", subject="x", body="y", **stated | {"language": "de"})


def test_test_mail_is_no_way_around_a_stopped_address() -> None:
    stated = {"kind": "test.news", "language": "ar", "to": "ann@example.org"}
    assert send_test(**stated, by=None, at=AT).language == "ar"
    suppress_address(address="ann@example.org", by=None, at=AT)
    refused(send_test, "address_suppressed", **stated)
    refused(send_test, "not_found", **stated | {"kind": "nothing"})


def test_mail_is_sent_again_with_its_identity_and_all_its_tries() -> None:
    sent = message()
    deliver_due(at=AT)
    send_again(message_id=sent.pk, by=None, at=AT + DAY)
    refused(send_again, "message_waits", message_id=sent.pk)
    deliver_due(at=AT + DAY)
    sent.refresh_from_db()
    assert (sent.state, sent.attempts, sent.spent) == (MessageState.SENT, 2, 1)
    cancelled = cancel_message(message_id=message().pk, by=None, at=AT)
    assert cancel_message(message_id=cancelled.pk, by=None, at=AT).state == MessageState.CANCELLED
    refused(cancel_message, "message_left", message_id=sent.pk)
    refused(cancel_message, "not_found", message_id=uuid.uuid4())


def test_worker_that_died_loses_nothing() -> None:
    sent = message()
    claimed = claim(at=AT)
    assert claimed
    assert claim(at=AT) is None
    assert sent.tries.get().outcome == ""
    assert release_lost(at=AT + LEASE) == 0
    assert release_lost(at=AT + LEASE + MINUTE) == 1
    sent.refresh_from_db()
    assert (sent.state, sent.tries.get().outcome) == (MessageState.QUEUED, Outcome.LOST)
    deliver_due(at=AT + LEASE + MINUTE)
    sent.refresh_from_db()
    assert sent.state == MessageState.SENT


def test_mail_that_takes_down_every_worker_is_given_up() -> None:
    sent, at = message(category=Category.ACCOUNT), AT
    for _ in range(20):
        claim(at=at)
        at += LEASE + MINUTE
        release_lost(at=at)
    sent.refresh_from_db()
    assert (sent.state, sent.attempts) == (MessageState.FAILED, 5)


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_take_the_same_mail() -> None:
    for _ in range(8):
        message()
    taken: list[Any] = []

    def take() -> None:
        try:
            while (claimed := claim(at=AT)) is not None:
                taken.append(claimed.message.pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == len(set(taken)) == 8


def test_bounce_is_noted_by_identity() -> None:
    sent, other = message("ann@example.org"), message("bob@example.org")
    deliver_due(at=AT)
    note_bounce(message_id=f"<{other.pk}@x>", hard=False, detail="full", by=None, at=AT)
    for _ in range(2):
        note_bounce(message_id=f"<{sent.pk}@host>", detail="5.1.1 none", by=None, at=AT)
    sent.refresh_from_db()
    other.refresh_from_db()
    assert (sent.state, other.state) == (MessageState.BOUNCED, MessageState.SENT)
    assert (sent.tries.get().answer, other.tries.get().answer) == ("5.1.1 none", "full")
    assert Suppression.objects.get().address == "ann@example.org"
    refused(note_bounce, "message_unknown", message_id="<a@b>")


def test_released_address_gets_mail_again() -> None:
    row = suppress_address(address="Ann@example.org", by=None, at=AT)
    assert suppress_address(address="ann@example.org", by=None, at=AT) == row
    assert message("ann@example.org").state == MessageState.SUPPRESSED
    release_address(suppression_id=row.pk, by=None, at=AT)
    assert message("ann@example.org").state == MessageState.QUEUED


def test_token_that_is_none_is_refused() -> None:
    with pytest.raises(RuleBroken, match="whole"):
        read_stop("nothing")


def code(at: dt.datetime = AT) -> Message:
    return queue_foreign(to="a@example.org", subject="C: 1-2", text="1-2", language="en", at=at)


def test_codes_are_forgotten_after_a_day_and_texts_after_three_months() -> None:
    secret, letter, waiting = code(), message(), message(due_at=AT + 200 * DAY)
    deliver_due(at=AT)
    assert forget_texts(at=AT + DAY) == 0
    assert forget_texts(at=AT + DAY + MINUTE) == 1
    secret.refresh_from_db()
    assert (secret.subject, secret.text, secret.html, secret.forgotten) == ("", "", "", True)
    refused(send_again, "message_forgotten", message_id=secret.pk)
    assert forget_texts(at=AT + 91 * DAY) == 1
    assert forget_messages(at=AT + 91 * DAY) == 0
    assert forget_messages(at=AT + 366 * DAY) == 2
    assert list(Message.objects.all()) == [waiting]
    assert Message.objects.filter(pk=letter.pk).count() == 0


def test_mails_of_who_leaves_go_and_the_stop_stays() -> None:
    message("ann@example.org"), message("Ann@Example.org"), message("old@example.org", person_id=7)
    kept = message("bob@example.org", person_id=8)
    suppress_address(address="ann@example.org", by=None, at=AT)
    forget_person(person_id=7, address="ann@example.org")
    assert list(Message.objects.all()) == [kept]
    assert Suppression.objects.count() == 1


def test_longest_wait_counts_what_is_due() -> None:
    assert longest_wait(at=AT) is None
    message(due_at=AT + DAY)
    assert longest_wait(at=AT + MINUTE) is None
    message(at=AT)
    assert longest_wait(at=AT + MINUTE) == MINUTE


def test_inset_takes_the_place_of_a_placeholder_and_is_never_markup() -> None:
    inset = Inset(
        "note",
        "## {x0}\n\n- [{x1}]({x2})\\\n  {x3}",
        {"x0": "# Head", "x1": "*One*", "x2": "https://example.org/1", "x3": "[a](https://b.c)"},
    )
    sent = message("ann@example.org", inset=inset, without=("note",))
    assert "<h2><bdi># Head</bdi></h2>" in sent.html
    assert '<a href="https://example.org/1" rel="noopener noreferrer"><bdi>*One*</bdi></a>' in (
        sent.html
    )
    assert "[a](https://b.c)" in sent.text
    assert 'href="https://b.c"' not in sent.html
    assert "- *One* <https://example.org/1>" in sent.text


def test_inset_stands_at_the_end_where_staff_left_its_place_out() -> None:
    revise_template(
        kind="test.news", language="en", subject="S", body="Only this.", based_on=0, by=None, at=AT
    )
    sent = message("ann@example.org", inset=Inset("note", "{x0}", {"x0": "New"}), without=("note",))
    assert sent.text.startswith("Only this.\n\nNew\n")


def test_kind_with_an_end_of_its_own_leads_there_and_not_to_its_category() -> None:
    def stop(about: str, language: str) -> str:
        return f"https://example.org/{language}/stop/{about}"

    kind = KINDS["test.news"]
    KINDS["test.news"] = replace(kind, stop=stop, foot="[No more of this]({stop})")
    sent = message("ann@example.org", about="thing-1", language="fr")
    assert "No more of this <https://example.org/fr/stop/thing-1>" in sent.text
    assert "mail/stop" not in sent.text
    headers = envelope(sent).extra_headers
    assert headers["List-Unsubscribe"] == "<https://example.org/fr/stop/thing-1>"
    other = message("ann@example.org")  # about nothing that could be stopped
    assert "mail/stop" in envelope(other).extra_headers["List-Unsubscribe"]
