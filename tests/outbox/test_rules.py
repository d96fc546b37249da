"""Answers of servers, waiting, tokens, identities, reports, the document."""

import datetime as dt
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stocktaking.outbox.rules.answers import judge
from stocktaking.outbox.rules.document import document
from stocktaking.outbox.rules.identity import message_id, number_of
from stocktaking.outbox.rules.reports import Report, read_report
from stocktaking.outbox.rules.stopping import stopped
from stocktaking.outbox.rules.tokens import seal, unseal
from stocktaking.outbox.rules.waiting import wait_after
from stocktaking.outbox.states import (
    MOVES,
    Category,
    MessageState,
    Outcome,
    SuppressionReason,
    may_move,
)

NUMBER = uuid.UUID("11111111-2222-4333-8444-555555555555")
REPORT = b"""\
From: MAILER-DAEMON@mail.example.org
To: stocktaking@register.example.org
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain

The mail could not be delivered.

--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.org

Final-Recipient: rfc822; ann@example.org
Action: failed
Status: %s
Diagnostic-Code: smtp; 550 5.1.1 no such
    user here

--B
Content-Type: message/rfc822

From: stocktaking@register.example.org
Message-ID: <11111111-2222-4333-8444-555555555555@register.example.org>
Subject: News

Hello
--B--
"""


@pytest.mark.parametrize(
    ("code", "text", "about_address", "outcome"),
    [
        (421, "going down", True, Outcome.LATER),
        (450, "4.2.1 busy", True, Outcome.LATER),
        (452, "full", False, Outcome.LATER),
        (550, "no such user", True, Outcome.BOUNCED),
        (550, "looks like spam", False, Outcome.REFUSED),
        (550, "5.1.1 no such user", False, Outcome.BOUNCED),
        (550, "5.7.1 your network is not wanted", True, Outcome.REFUSED),
        (550, "5.2.1 mailbox disabled", True, Outcome.BOUNCED),
        (552, "5.2.2 mailbox full", True, Outcome.REFUSED),
        (550, "5.1.8 sender's address is none", True, Outcome.REFUSED),
        (554, "no", True, Outcome.REFUSED),
        (-1, "closed", True, Outcome.LATER),
        (250, "said at the wrong time", True, Outcome.LATER),
    ],
)
def test_answer_is_judged(code: int, text: str, about_address: bool, outcome: Outcome) -> None:
    assert judge(code, text, about_address=about_address) is outcome


def test_waits_grow_and_end() -> None:
    minutes = [wait_after(failed, Category.NEWS) for failed in range(1, 7)]
    assert minutes == [dt.timedelta(minutes=m) for m in (1, 5, 15, 60, 180, 480)]
    assert wait_after(100, Category.NEWS) is None
    assert wait_after(4, Category.ACCOUNT) == dt.timedelta(hours=1)
    assert wait_after(5, Category.ACCOUNT) is None


@given(st.emails(), st.sampled_from(Category))
def test_token_opens_with_its_key_only(address: str, category: Category) -> None:
    token = seal(address, category, ["old"])
    assert unseal(token, ["new", "old"]) == (address, category)
    assert unseal(token, ["new"]) is None
    assert address not in token


@given(st.text(max_size=150))
def test_token_of_somebody_else_is_none(made_up: str) -> None:
    assert unseal(made_up, ["key"]) is None


def test_altered_token_is_none() -> None:
    token = seal("ann@example.org", Category.NEWS, ["key"])
    for place in range(len(token) - 1):  # the last letter may hold spare bits
        other = "A" if token[place] != "A" else "B"
        assert unseal(token[:place] + other + token[place + 1 :], ["key"]) is None


@pytest.mark.parametrize("written", ["{}", "<{}>", " <{}>\n"])
def test_message_is_found_by_its_identity(written: str) -> None:
    identity = message_id(NUMBER, "register.example.org")
    assert identity == f"<{NUMBER}@register.example.org>"
    assert number_of(written.format(identity.strip("<>"))) == NUMBER


@pytest.mark.parametrize("other", ["", "<a@b>", str(NUMBER), f"<{NUMBER}@a> <{NUMBER}@b>"])
def test_identity_of_another_is_none(other: str) -> None:
    assert number_of(other) is None


@pytest.mark.parametrize(("status", "hard"), [(b"5.1.1", True), (b"4.4.7", False)])
def test_report_of_a_server_is_read(status: bytes, hard: bool) -> None:
    assert read_report(REPORT % status) == Report(
        f"<{NUMBER}@register.example.org>",
        hard,
        f"{status.decode()} smtp; 550 5.1.1 no such user here",
    )


@pytest.mark.parametrize("content", [b"", b"Subject: Out of office\n\nBack on Monday", b"\xff\x00"])
def test_other_mail_is_no_report(content: bytes) -> None:
    assert read_report(content) is None


def test_what_is_stopped() -> None:
    unsubscribed, by_hand = SuppressionReason.UNSUBSCRIBED, SuppressionReason.BY_HAND
    bounced = SuppressionReason.BOUNCED
    assert stopped(Category.NEWS, []) is None
    assert stopped(Category.NEWS, [("news", unsubscribed)]) is unsubscribed
    assert stopped(Category.PROCESS, [("news", unsubscribed)]) is None
    assert stopped(Category.PROCESS, [("", bounced)]) is bounced
    assert stopped(Category.ACCOUNT, [("", bounced)]) is None
    assert stopped(Category.ACCOUNT, [("", bounced), ("", by_hand)]) is by_hand


def test_document_loads_nothing_and_escapes_words() -> None:
    page = document(content="<p>x</p>", subject="<b>&", language="ar", direction="rtl")
    assert "<title>&lt;b&gt;&amp;</title>" in page
    assert page.count('lang="ar" dir="rtl"') == 2
    for loader in ("<img", "<link", "<script", "url(", "@import", "src="):
        assert loader not in page


def test_every_state_has_its_moves() -> None:
    assert set(MOVES) == set(MessageState)
    assert may_move(MessageState.QUEUED, MessageState.SENDING)
    assert not may_move(MessageState.SENDING, MessageState.CANCELLED)
