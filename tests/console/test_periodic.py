"""Periodic work removes what has served its time, and nothing else."""

import datetime as dt
import threading

import pytest
from click.testing import CliRunner
from django.db import OperationalError, connection
from pytest_django import Settings
from tests.factories import accounts, entries, intake

from stocktaking.accounts.models import OneTimeLink, Person
from stocktaking.accounts.operations import add_member
from stocktaking.console.main import cli
from stocktaking.console.nouns.worker import run_together
from stocktaking.console.periodic import due, remind, tick, tick_until
from stocktaking.history.models import IdempotencyRecord
from stocktaking.intake.operations import accept
from stocktaking.outbox.models import Message

AT = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


@pytest.mark.django_db
def test_tick_removes_what_is_over_and_keeps_the_rest() -> None:
    person = Person.objects.create(email="a@example.org", joined_at=AT)
    for number, expires in enumerate([AT - DAY, AT + DAY]):
        OneTimeLink.objects.create(person=person, token_hash=str(number), expires_at=expires)
    for key, at in {"old": AT - 3 * DAY, "new": AT - DAY}.items():
        IdempotencyRecord.objects.create(key=key, scope="x", fingerprint="f", at=at)
    removed = {name: number for name, number in tick(at=AT).items() if number}
    assert removed == {"sign-in links": 1, "kept answers": 1}
    assert OneTimeLink.objects.get().expires_at == AT + DAY
    assert IdempotencyRecord.objects.get().key == "new"
    assert set(tick(at=AT).values()) == {0}


@pytest.mark.django_db
def test_command_says_what_it_removed() -> None:
    result = CliRunner().invoke(cli, ["tick"])
    assert result.output.startswith("0 replies published")
    assert "0 owners asked, 0 authors reminded" in result.output
    assert "removed 0 sign-in links, " in result.output
    assert ", 0 texts of mails, " in result.output


@pytest.mark.django_db
def test_due_publishes_what_was_accepted_for_a_moment() -> None:
    entries.framework()
    reply = intake.sent()
    accept(number=reply.number, publish_at=intake.AT + DAY, by=None, at=intake.AT)
    assert due(at=intake.AT)["replies published"] == 0
    assert due(at=intake.AT + DAY)["replies published"] == 1


@pytest.mark.django_db
def test_reminders_write_once_and_can_be_switched_off(settings: Settings) -> None:
    entries.framework()
    person, body = accounts.person(), accounts.organisation()
    add_member(organisation=body, person=person, by=None, at=AT)
    entries.entry(organisation=body.pk, registered_on=(AT - 400 * DAY).date())
    settings.REMINDERS = False
    assert remind(at=AT)["owners asked"] == 0
    settings.REMINDERS = True
    assert remind(at=AT)["owners asked"] == 1
    assert remind(at=AT + DAY)["owners asked"] == 0
    assert Message.objects.filter(kind="intake.confirmation").count() == 1


def test_loops_run_together_until_told_to_stop() -> None:
    stop, seen = threading.Event(), []

    def first(stop: threading.Event) -> None:
        seen.append("first")
        stop.set()

    def second(stop: threading.Event) -> None:
        stop.wait()
        seen.append("second")

    assert run_together([first, second], stop) == []
    assert sorted(seen) == ["first", "second"]


def test_loop_that_fails_stops_the_others() -> None:
    stop = threading.Event()

    def breaks(stop: threading.Event) -> None:
        raise OSError("disk gone")

    def waits(stop: threading.Event) -> None:
        stop.wait()

    failures = run_together([breaks, waits], stop)
    assert [str(failure) for failure in failures] == ["disk gone"]


@pytest.mark.django_db
def test_tick_until_outlives_a_database_that_fails(caplog: pytest.LogCaptureFixture) -> None:
    def fails(*_: object) -> None:
        raise OperationalError("the server closed the connection")

    stop = threading.Event()
    stop.set()
    with connection.execute_wrapper(fails):
        tick_until(stop)
    assert "the periodic work could not be done" in caplog.text
