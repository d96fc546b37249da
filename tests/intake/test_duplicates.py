"""The job that looks for duplicates, what is decided, and what follows a merged entry."""

import datetime as dt
from dataclasses import replace

import pytest
from django.db import IntegrityError
from tests.factories import accounts, intake
from tests.factories import entries as register
from tests.factories.entries import AT

from stocktaking.accounts.operations import merge_people
from stocktaking.accounts.rules.roles import Role
from stocktaking.calls.states import Occasion
from stocktaking.entries import operations as entries
from stocktaking.entries.models import Entry
from stocktaking.entries.queries import values_of
from stocktaking.entries.rules.values import TextValue
from stocktaking.history.models import HistoryRecord
from stocktaking.intake import operations
from stocktaking.intake.models import Claim, DuplicateFamily, DuplicatePair, Suggestion
from stocktaking.intake.operations import duplicates_sought
from stocktaking.intake.operations.duplicates_sought import DUPLICATES, EVERY, ask_now_and_then
from stocktaking.intake.queries.duplicates import pairs, waiting_pairs
from stocktaking.intake.states import ClaimKind, ClaimMethod, PairState, SuggestionKind
from stocktaking.jobs.models import Job
from stocktaking.jobs.operations import request_cancel, run_waiting
from stocktaking.jobs.states import JobState
from stocktaking.kernel.errors import NotAllowed, RuleBroken, StaleVersion

LATER = AT + dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _framework(db):
    register.framework()


def entry(title: str, **stated) -> Entry:
    return register.entry(texts=(TextValue("en", title),), **stated)


def look(at: dt.datetime = LATER) -> Job:
    job = operations.ask_for_duplicates(by=None, at=at)
    run_waiting(at_clock=lambda: at)
    job.refresh_from_db()
    assert job.state == JobState.DONE, job.message
    return job


def pair() -> DuplicatePair:
    return DuplicatePair.objects.get()


def decide(**stated) -> DuplicatePair:
    row = pair()
    stated = {"pair_id": row.pk, "based_on": row.lock, "by": None, "at": LATER, **stated}
    return operations.set_apart(**stated)


def rename(number: int, title: str, **stated) -> None:
    values = replace(values_of(number), texts=(TextValue("en", title),), **stated)
    version = Entry.objects.get(pk=number).version
    entries.revise_entry(number=number, values=values, based_on=version, by=None, at=LATER)


def merge(kept: Entry, merged: Entry, **stated) -> DuplicatePair:
    based = tuple(Entry.objects.get(pk=one.pk).version for one in (kept, merged))
    stated = {"based_on": based, "chosen": {}, "by": None, "at": LATER, **stated}
    return operations.merge_pair(kept=kept.number, merged=merged.number, **stated)


def test_job_finds_pairs_and_says_why() -> None:
    one, other = entry("Zanobi portal"), entry("ZANOBI Portal")
    entry("Weather buoys")
    job = look()
    assert (job.done, job.total) == (3, 3)
    found = pair()
    assert (found.first_id, found.second_id) == (one.number, other.number)
    assert (found.state, found.why) == (PairState.OPEN, ["title", "country"])
    look()
    assert DuplicatePair.objects.count() == 1


def test_pair_that_is_alike_no_longer_goes() -> None:
    one = entry("Zanobi portal")
    entry("Zanobi portal")
    look()
    rename(one.number, "Weather buoys")
    look(LATER + dt.timedelta(hours=1))
    assert not DuplicatePair.objects.exists()


def test_withdrawn_entries_are_not_compared() -> None:
    entry("Zanobi portal")
    gone = entry("Zanobi portal")
    entries.withdraw_entry(number=gone.number, reason="Gone.", by=None, at=AT)
    look()
    assert not DuplicatePair.objects.exists()


def test_decision_is_remembered_until_they_are_clearly_more_alike() -> None:
    one, other = entry("Zanobi portal for farmers"), entry("Zanobi portal of farms")
    DuplicatePair.objects.create(
        first=one, second=other, score=66, marks="-", found_at=AT, seen_at=AT
    )
    decide(note=" Two  countries ")
    assert (pair().state, pair().note) == (PairState.APART, "Two countries")
    again = decide()  # twice changes nothing
    assert again.lock == 2
    look()
    assert pair().state == PairState.APART
    # a small change asks nobody
    rename(other.number, "Zanobi portal of farmers", start="2001")
    DuplicatePair.objects.update(score=90)
    look()
    assert pair().state == PairState.APART
    DuplicatePair.objects.update(score=60)
    rename(other.number, "Zanobi portal for farmers")
    look()
    assert (pair().state, pair().decided_at) == (PairState.OPEN, None)
    verbs = HistoryRecord.objects.filter(object_type="intake.duplicatepair")
    assert list(verbs.values_list("verb", flat=True)) == [
        "duplicates_set_apart",
        "duplicates_reopened",
    ]


def test_decision_holds_while_nothing_changes_however_alike_they_are() -> None:
    entry("Zanobi portal"), entry("Zanobi portal")
    look()
    decide()
    DuplicatePair.objects.update(score=1)
    look()
    assert pair().state == PairState.APART
    operations.ask_again(pair_id=pair().pk, based_on=pair().lock, by=None, at=LATER)
    assert pair().state == PairState.OPEN


def test_two_who_decide_at_once_do_not_overwrite_each_other() -> None:
    entry("Zanobi portal"), entry("Zanobi portal")
    look()
    seen = pair().lock
    DuplicatePair.objects.update(lock=seen + 1)
    with pytest.raises(StaleVersion):
        decide(based_on=seen)
    with pytest.raises(NotAllowed):
        decide(by=accounts.person(Role.OBSERVER))
    for act, stated in (
        (operations.set_apart, {"pair_id": 0, "based_on": 1}),
        (operations.ask_again, {"pair_id": 0, "based_on": 1}),
        (operations.settle_family, {"family_id": 0}),
    ):
        with pytest.raises(RuleBroken):
            act(**stated, by=None, at=LATER)


def test_series_is_one_row_and_settled_for_good(monkeypatch) -> None:
    for number in range(6):
        entry(f"Grant {number}", organisation=None)
    body = accounts.organisation("Agency")
    for number in range(6):
        entry(f"Prize {number}", organisation=body.number)
    look()
    assert not DuplicatePair.objects.exists()
    family = DuplicateFamily.objects.get()
    assert (family.size, family.title, family.organisation) == (6, "Prize 0", body)
    operations.settle_family(family_id=family.pk, by=accounts.person(Role.MODERATOR), at=LATER)
    entry("Prize 7", organisation=body.number)
    look()
    family.refresh_from_db()
    assert (family.size, family.settled_at) == (7, LATER)


def test_merge_decides_and_undoing_asks_again() -> None:
    one, other, third = (entry("Zanobi portal", worldwide=True) for _ in range(3))
    look()
    assert DuplicatePair.objects.count() == 3
    done = merge(one, other, by=accounts.person(Role.MODERATOR))
    assert (done.state, done.merging.kept_id) == (PairState.MERGED, one.number)
    # of the one that is gone nobody is asked any more
    left = DuplicatePair.objects.get(state=PairState.OPEN)
    assert {left.first_id, left.second_id} == {one.number, third.number}
    look()
    assert DuplicatePair.objects.get(pk=done.pk).state == PairState.MERGED
    operations.undo_merge(merging=done.merging_id, by=None, at=LATER)
    done.refresh_from_db()
    assert (done.state, done.merging) == (PairState.OPEN, None)
    look()
    assert DuplicatePair.objects.filter(state=PairState.OPEN).count() == 3


def test_any_two_can_be_merged_whether_or_not_they_were_found() -> None:
    done = merge(entry("Zanobi portal"), entry("Weather buoys"))
    assert (done.state, done.score) == (PairState.MERGED, 0)
    with pytest.raises(RuleBroken):
        merge(done.first, done.first)


def test_suggestions_follow_and_come_back() -> None:
    one, other = entry("Zanobi portal"), entry("Zanobi portal")
    open_ = Suggestion.objects.create(
        entry=other, entry_version=1, kind=SuggestionKind.ERROR, language="en", at=AT
    )
    taken = Suggestion.objects.create(
        entry=other, entry_version=1, kind=SuggestionKind.ERROR, language="en", at=AT, state="taken"
    )
    done = merge(one, other)
    open_.refresh_from_db(), taken.refresh_from_db()
    assert (open_.entry, taken.entry) == (one, other)
    assert done.moved == {"suggestions": [open_.pk]}
    operations.undo_merge(merging=done.merging_id, by=None, at=LATER)
    open_.refresh_from_db()
    assert open_.entry == other


def test_claim_of_an_entry_follows_only_into_one_without_an_owner() -> None:
    body, claimant = accounts.organisation("Agency"), accounts.person()
    one, other = entry("Zanobi portal"), entry("Zanobi portal")
    owned = entry("Zanobi portal", organisation=accounts.organisation("Owner").number)
    for merged, kept, follows in ((one, owned, False), (other, entry("Zanobi portal"), True)):
        claim = Claim.objects.create(
            kind=ClaimKind.TRANSFER,
            organisation=body,
            entry=merged,
            person=claimant,
            method=ClaimMethod.BY_HAND,
            at=AT,
        )
        merge(kept, merged)
        claim.refresh_from_db()
        assert (claim.entry == kept) is follows


def test_pair_of_which_one_was_withdrawn_since_is_asked_about_no_more() -> None:
    one, other = entry("Zanobi portal"), entry("Zanobi portal")
    look()
    assert waiting_pairs() == 1
    entries.withdraw_entry(number=other.number, reason="Gone.", by=None, at=LATER)
    found = pairs(PairState.OPEN, language="en")
    assert (waiting_pairs(), found.total, found.rows) == (0, 0, ())
    entries.publish_entry(number=other.number, by=None, at=LATER)
    assert waiting_pairs() == 1
    merge(one, other)
    assert pairs(PairState.MERGED, language="en").total == 1


def test_decisions_follow_somebody_whose_accounts_are_merged() -> None:
    entry("Zanobi portal"), entry("Zanobi portal")
    look()
    old, kept = accounts.person(Role.MODERATOR), accounts.person(Role.MODERATOR)
    decide(by=old)
    merge_people(kept=kept.pk, merged=old.pk, by=None, at=LATER)
    assert pair().decided_by_id == kept.pk


def test_entry_with_a_reply_that_waits_does_not_go() -> None:
    one, other = entry("Zanobi portal"), entry("Zanobi portal")
    reply = intake.sent(title="Zanobi portal")
    reply.entry, reply.occasion = other, Occasion.UPDATE
    reply.save()
    with pytest.raises(RuleBroken) as caught:
        merge(one, other)
    assert caught.value.code == "replies_wait"
    assert not Entry.objects.filter(merged_into=one).exists()
    merge(other, one)  # the other way round it stays


def test_job_goes_on_where_it_broke_off(monkeypatch) -> None:
    monkeypatch.setattr(duplicates_sought, "CHUNK", 2)
    for name in ("Zanobi", "Wepilu"):
        entry(f"{name} portal"), entry(f"{name} portal")
    job = operations.ask_for_duplicates(by=None, at=LATER)
    assert operations.ask_for_duplicates(by=None, at=LATER) == job
    ticks = iter(range(100))

    def stopping() -> bool:
        return next(ticks) >= 5  # the second chunk

    run_waiting(at_clock=lambda: LATER, stopping=stopping)
    job.refresh_from_db()
    assert (job.state, job.done) == (JobState.WAITING, 2)
    run_waiting(at_clock=lambda: LATER)
    job.refresh_from_db()
    assert (job.state, job.done, job.total) == (JobState.DONE, 4, 4)
    assert DuplicatePair.objects.count() == 2


def test_job_tries_a_chunk_again_that_met_somebody_who_merges(monkeypatch) -> None:
    entry("Zanobi portal"), entry("Zanobi portal")
    keep, calls = duplicates_sought._keep, []

    def meeting(*args) -> None:
        calls.append(args)
        keep(*args)
        if len(calls) == 1:
            raise IntegrityError

    monkeypatch.setattr(duplicates_sought, "_keep", meeting)
    look()
    assert (len(calls), DuplicatePair.objects.count()) == (2, 1)


def test_job_can_be_cancelled() -> None:
    job = operations.ask_for_duplicates(by=None, at=LATER)
    request_cancel(job_id=job.pk, by=None, at=LATER)
    run_waiting(at_clock=lambda: LATER)
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED


def test_tick_looks_once_a_week_where_something_changed() -> None:
    assert ask_now_and_then(at=LATER) == 0
    entry("Zanobi portal")
    assert ask_now_and_then(at=LATER) == 1
    run_waiting(at_clock=lambda: LATER)
    assert ask_now_and_then(at=LATER) == 0
    assert ask_now_and_then(at=LATER + EVERY) == 0
    rename(Entry.objects.get().pk, "Weather buoys")
    Entry.objects.update(changed_at=LATER + dt.timedelta(hours=1))
    assert ask_now_and_then(at=LATER + EVERY) == 1
    assert Job.objects.filter(kind=DUPLICATES).count() == 2
