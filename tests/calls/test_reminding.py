"""Authors of drafts that lie untouched are reminded once."""

import datetime as dt

import pytest
from tests.factories import accounts
from tests.factories import calls as make
from tests.factories.calls import AT

from stocktaking.calls.models import Reply
from stocktaking.calls.operations.opening import cancel_call
from stocktaking.calls.operations.reminding import CATCH_UP, LEFT_ALONE, remind_of_drafts
from stocktaking.history.models import HistoryRecord
from stocktaking.outbox.models import Message

DAY = dt.timedelta(days=1)
DUE = AT + LEFT_ALONE


@pytest.fixture
def year():
    """A call that is open for long enough."""
    return make.call(closes_at=AT + 300 * DAY)


@pytest.fixture
def draft(year):
    return make.reply(year, accounts.person())


def mails() -> list[Message]:
    return list(Message.objects.filter(kind="calls.draft_waits").order_by("pk"))


def left_alone(since: dt.datetime) -> None:
    Reply.objects.update(changed_at=since)


def test_a_draft_is_reminded_of_after_31_days_and_never_again(draft):
    left_alone(AT)
    assert remind_of_drafts(at=DUE - dt.timedelta(seconds=1)) == 0
    assert remind_of_drafts(at=DUE) == 1
    assert remind_of_drafts(at=DUE) == 0
    assert remind_of_drafts(at=DUE + DAY) == 0
    [mail] = mails()
    assert f"/en/replies/{draft.key}/" in mail.text
    assert str(draft.number) in mail.text
    assert HistoryRecord.objects.filter(verb="draft_reminded").count() == 1
    # also when somebody went on with it and left it alone again
    left_alone(DUE + DAY)
    assert remind_of_drafts(at=DUE + DAY + LEFT_ALONE) == 0


def test_whoever_went_on_is_not_reminded(draft):
    left_alone(AT + DAY)
    assert remind_of_drafts(at=DUE) == 0


def test_a_worker_that_stood_still_loses_none_but_old_drafts_stay_in_peace(draft):
    left_alone(AT)
    assert remind_of_drafts(at=DUE + CATCH_UP) == 0
    assert remind_of_drafts(at=DUE + CATCH_UP - dt.timedelta(seconds=1)) == 1


def test_nobody_is_reminded_of_what_was_sent_or_cannot_be_any_more(year):
    by = accounts.person()
    make.submit(make.reply(year, by), by)
    over = make.call(closes_at=AT + 20 * DAY)
    make.reply(over, by)
    cancelled = make.call(closes_at=AT + 300 * DAY)
    make.reply(cancelled, by)
    cancel_call(call=cancelled, reason={"en": "No money."}, by=None, at=AT)
    left_alone(AT)
    assert remind_of_drafts(at=DUE) == 0
    assert not mails()


def test_mail_is_in_the_language_of_each_author(year):
    french = accounts.person()
    french.language = "fr"
    french.save(update_fields=["language"])
    make.reply(year, french)
    left_alone(AT)
    remind_of_drafts(at=DUE)
    [mail] = mails()
    assert (mail.language, mail.to) == ("fr", french.email)
    assert "/fr/replies/" in mail.text


def test_where_the_mail_cannot_be_written_the_next_run_tries_again(draft, monkeypatch):
    from stocktaking.calls import notifications  # noqa: PLC0415

    left_alone(AT)

    def fails(*_: object, **__: object) -> None:
        raise OSError("killed")

    with monkeypatch.context() as broken:
        broken.setattr(notifications, "remind_of_draft", fails)
        with pytest.raises(OSError, match="killed"):
            remind_of_drafts(at=DUE)
    assert not HistoryRecord.objects.filter(verb="draft_reminded").exists()
    assert remind_of_drafts(at=DUE) == 1
    assert len(mails()) == 1
