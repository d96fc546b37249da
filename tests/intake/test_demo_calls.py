"""The calls of the demonstration, loaded as the program does it."""

import datetime as dt
from collections import Counter

import pytest

from stocktaking.accounts.operations import make_demo_accounts
from stocktaking.calls.models import Call, Reply
from stocktaking.calls.queries.windows import verdict_for
from stocktaking.calls.rules.window import Verdict
from stocktaking.calls.states import CallState, Occasion, ReplyState
from stocktaking.entries.models import Entry
from stocktaking.intake.models import Likeness, Moderation
from stocktaking.intake.operations import load_demo_calls, load_demo_entries
from stocktaking.intake.rules import demo_calls as rules
from stocktaking.jobs.operations import run_waiting
from stocktaking.reference import frameworks
from stocktaking.reference.operations import load_framework

AT = dt.datetime(2026, 11, 27, 10, 0, tzinfo=dt.UTC)


@pytest.mark.slow
@pytest.mark.django_db
def test_demo_has_an_open_call_a_closed_one_and_a_queue(settings) -> None:
    settings.DEMO = True
    load_framework(folder=frameworks.WSIS, by=None, at=AT)
    load_demo_entries(by=None, at=AT)
    make_demo_accounts(at=AT)
    published = Entry.objects.count()

    loaded = load_demo_calls(at=AT)
    run_waiting(at_clock=lambda: AT)

    open_or_not = {
        call.slug: verdict_for(call, AT, None)
        for call in Call.objects.filter(state=CallState.PUBLISHED)
    }
    assert open_or_not == {
        "entries-2026": Verdict.CLOSED,
        "entries-2027": Verdict.OPEN,
        rules.WOMEN: Verdict.OPEN,
    }
    states = Counter(Reply.objects.values_list("state", flat=True))
    assert loaded.states == states
    assert states[ReplyState.SUBMITTED] >= 15
    assert states[ReplyState.RETURNED] >= 2
    assert states[ReplyState.DRAFT] >= 3
    confirmed = Reply.objects.filter(occasion=Occasion.CONFIRM, call__slug="entries-2026")
    assert {reply.state for reply in confirmed} == {ReplyState.ACCEPTED}
    assert set(confirmed.values_list("language", flat=True)) >= {"ar", "zh", "fr", "es"}
    assert Moderation.objects.filter(reply__state=ReplyState.SUBMITTED, alike__gt=0).exists()
    assert Likeness.objects.filter(reply__title__startswith="Giga").exists()
    # what was sent as new waits for a moderator; nothing is published twice
    assert Entry.objects.count() == published

    assert str(load_demo_calls(at=AT)) == "nothing new"
    assert Counter(Reply.objects.values_list("state", flat=True)) == states


@pytest.mark.parametrize("day", ["2026-11-27", "2027-03-28", "2028-02-29", "2026-07-01"])
def test_calls_of_the_demo_surround_the_day_of_loading(day: str) -> None:
    at = dt.datetime.fromisoformat(f"{day}T09:30:00+00:00")
    past, present, special = (
        rules.span(days, at) for days in (rules.LAST_YEAR, rules.THIS_YEAR, rules.SPECIAL)
    )
    assert past.closes_at < at
    assert present.opens_at < at < present.closes_at < rules.extended(at)
    assert special.opens_at < at < special.closes_at
    assert past.edition < present.edition
