"""``stocktaking call``: listed, published, extended, reminded."""

import datetime as dt

import pytest
from click.testing import CliRunner
from tests.factories import calls as make
from tests.factories import entries

from stocktaking.calls import operations
from stocktaking.calls.models import Call
from stocktaking.calls.rules.window import day_ends_anywhere
from stocktaking.calls.states import CallState, LetterKind
from stocktaking.console.main import cli
from stocktaking.jobs.models import Job
from stocktaking.kernel import clock
from stocktaking.questionnaires import queries as questionnaires

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _world(db, monkeypatch):
    entries.framework()
    questionnaires.forget()
    monkeypatch.setattr(clock, "now", lambda: make.AT)


def run(*words):
    return CliRunner().invoke(cli, ["call", *words])


def test_calls_are_listed_as_on_another_day():
    make.sent(make.call("yearly"))
    assert "yearly                         open" in run("list").output
    later = run("list", "--at", "2026-03-20T22:00").output
    assert "closed     2026-03-20T22:00:00Z  1 sent, 0 drafts" in later
    assert later.endswith("found 1\n")
    assert run("list", "--at", "soon").exit_code == 2


def test_a_dry_run_changes_nothing():
    make.draft_call("yearly")
    result = run("publish", "yearly", "--dry-run")
    assert result.output.startswith("would publish yearly, closes Friday 20 March 2026")
    assert Call.objects.get().state == CallState.DRAFT
    assert run("publish", "yearly").exit_code == 0
    assert Call.objects.get().state == CallState.PUBLISHED
    assert run("publish", "nothing").exit_code == 1


def test_an_end_is_given_in_the_place_of_the_call():
    make.call("yearly")
    words = ("extend", "yearly", "--until", "2026-03-27T23:00", "--reason", "en=Many asked")
    assert "would extend" in run(*words, "--dry-run").output
    assert Call.objects.get().closes_at == make.CLOSES
    assert not Job.objects.exists()
    assert run(*words).exit_code == 0
    assert Call.objects.get().closes_at == dt.datetime(2026, 3, 27, 22, tzinfo=dt.UTC)
    early = run("extend", "yearly", "--until", "2026-03-20", "--reason", "en=x")
    assert early.exit_code == 1
    assert "must be later" in early.output
    skipped = run("extend", "yearly", "--until", "2026-03-29T02:30", "--reason", "en=x")
    assert "does not exist" in skipped.output
    assert run("extend", "yearly", "--until", "soon", "--reason", "en=x").exit_code == 2
    assert run("extend", "yearly", "--until", "2026-04-01", "--reason", "x").exit_code == 2


def test_an_end_anywhere_is_a_day():
    end = day_ends_anywhere(dt.date(2026, 3, 20))
    make.call("aoe", anywhere=True, closes_at=end)
    run("extend", "aoe", "--until", "2026-03-27", "--reason", "en=x")
    assert Call.objects.get().closes_at == end + dt.timedelta(days=7)


def test_reminders_go_out_when_their_moment_has_come():
    call = make.call("yearly")
    make.reply(call)
    letter = operations.draft_letter(
        call=call,
        values=make.letter_values(kind=LetterKind.REMINDER, days_before=3, to_drafts=True),
        by=None,
        at=make.AT,
    )
    operations.send_letter(letter=letter, by=None, at=make.AT)
    assert run("remind").output == "sent 0\n"
    day = ("--at", "2026-03-17T22:00")
    assert run("remind", *day, "--dry-run").output.endswith("would send 1\n")
    assert run("remind", *day).output.endswith("sent 1\n")
    assert run("remind", *day).output == "sent 0\n"
    assert Job.objects.count() == 1
