"""Imports of whole files: a verdict for every record, and what is counted."""

import datetime as dt
from dataclasses import replace

import pytest
from tests.factories.accounts import person
from tests.factories.entries import AT, entry
from tests.intake.imports import batching
from tests.intake.imports.batching import entries, opened, profile, row, run, seen, table

from stocktaking.accounts.models import Membership, Organisation
from stocktaking.accounts.rules.roles import Role
from stocktaking.entries import operations
from stocktaking.entries.models import Entry, Source
from stocktaking.entries.queries import values_of
from stocktaking.entries.rules.values import IdentifierValue
from stocktaking.files.operations.keeping import original_path
from stocktaking.history.models import HistoryRecord
from stocktaking.intake.models import ImportBatch, ImportRow
from stocktaking.intake.operations.imports import forget_trials, save_profile
from stocktaking.intake.operations.imports.words import told
from stocktaking.intake.queries.imports import batches, profiles, rows
from stocktaking.intake.queries.imports import profile as profile_of
from stocktaking.intake.states import BatchState, RowVerdict
from stocktaking.jobs.operations import run_job
from stocktaking.kernel.errors import NotAllowed, RuleBroken
from stocktaking.kernel.reading import Unreadable
from stocktaking.search.models import Change

LATER = AT + dt.timedelta(days=1)
pytestmark = pytest.mark.usefixtures("_framework")


def verdicts(view):
    return [(one.place, one.verdict) for one in rows(view.number).rows]


def faults(view):
    return [
        (row.place, fault.column, fault.code)
        for row in rows(view.number, verdict=RowVerdict.REFUSED).rows
        for fault in row.faults
    ]


def notes(view):
    return [
        (r.place, n.column, n.code) for r in rows(view.number, noted=True).rows for n in r.notes
    ]


def test_import_creates_and_a_second_run_changes_nothing():
    data = [row("a", owner="Council", countries="KE"), row("b", goals="1; 3", end="2024")]
    first = run(data)
    assert (first.state, first.summary) == (
        BatchState.DONE,
        "created 2, updated 0, unchanged 0, refused 0",
    )
    assert (first.position, first.total, first.share) == (2, 2, 1.0)
    made = entries()
    assert {one.state for one in made.values()} == {"published"}
    saved = values_of(made["b"].number)
    assert [(t.scheme, t.code, t.basis) for t in saved.terms] == [
        ("goal", "1", "import"),
        ("goal", "3", "import"),
    ]
    assert (saved.source, saved.licence, saved.end) == ("list", "CC0-1.0", "2024")
    source = Source.objects.get()
    assert (source.notice, source.licence) == ({"en": "From a list."}, "CC0-1.0")
    assert Organisation.objects.get().name == "Council"
    assert not Membership.objects.exists()
    logged = Change.objects.count()
    second = run(data, at=LATER)
    assert second.summary == "created 0, updated 0, unchanged 2, refused 0"
    assert Change.objects.count() == logged
    assert {one.version for one in entries().values()} == {1}


def test_update_keeps_the_number_and_makes_a_version():
    run([row("a"), row("b")])
    before = entries()
    view = run([row("a", end="2025"), row("b")], at=LATER)
    assert view.summary == "created 0, updated 1, unchanged 1, refused 0"
    after = entries()
    assert after["a"].number == before["a"].number
    assert (after["a"].version, after["b"].version) == (2, 1)
    [changed] = rows(view.number, verdict=RowVerdict.UPDATED).rows
    assert (changed.version_before, changed.version_after) == (1, 2)
    told = HistoryRecord.objects.get(object_id=str(after["a"].number), verb="revised")
    assert told.detail["import"] == view.number


def test_refused_rows_say_where_and_why_and_keep_their_data():
    data = [
        row("a", end="soon"),
        row(""),
        row("c", website="www.example.org"),
        row("d", goals="9; 2"),
        {"id": "e", "goals": "1"},
        row("f", owner="x" * 301),
    ]
    view = run(data)
    assert view.summary == "created 1, updated 0, unchanged 0, refused 5"
    assert faults(view) == [
        (2, "end", "date_malformed"),
        (3, "id", "identity_missing"),
        (4, "website", "address_malformed"),
        (6, "title", "title_missing"),
        (7, "owner", "text_too_long"),
    ]
    assert all(told(f) for r in rows(view.number).rows for f in (*r.faults, *r.notes))
    refused = rows(view.number, verdict=RowVerdict.REFUSED).rows
    assert refused[0].data["end"] == "soon"
    assert refused[0].title == "Project a"
    # nothing is guessed: the value that is no term is told and counted
    assert notes(view) == [(5, "goals", "term_unknown")]
    assert view.unknown == {"goal": {"9": 1}}
    assert view.noted == 1
    assert not Organisation.objects.exists()


def test_organisations_are_registered_only_for_rows_that_are_taken():
    entry(identifiers=(IdentifierValue("list", "a"),))
    data = [
        row("a", owner="Of the refused"),  # its entry is withdrawn
        row("b", owner="Of the taken"),
        row("c", owner="Of the refused too", end="1850"),
    ]
    Entry.objects.update(state="withdrawn", withdrawal_reason="Gone")
    view = run(data)
    assert view.summary == "created 1, updated 0, unchanged 0, refused 2"
    assert [one.name for one in Organisation.objects.all()] == ["Of the taken"]


def test_identity_that_stands_twice_in_the_file():
    data = [
        row("a"),
        row("a"),
        row("a", end="2024"),
        row("b", end="soon"),
        row("b"),
        row("b", end="2024"),
    ]
    view = run(data)
    assert verdicts(view) == [
        (2, "created"),
        (3, "unchanged"),
        (4, "refused"),
        (5, "refused"),
        (6, "created"),
        (7, "refused"),
    ]
    assert [one for one in faults(view) if one[2] == "identity_repeated"] == [
        (4, "id", "identity_repeated"),
        (7, "id", "identity_repeated"),
    ]
    repeated = rows(view.number).rows[2].faults[0]
    assert repeated.params == {"place": 2}
    assert notes(view) == [(3, "", "repeated_identical")]
    assert {one.version for one in entries().values()} == {1}


def test_identity_that_stands_twice_far_apart(monkeypatch):
    monkeypatch.setattr("stocktaking.intake.operations.imports.running.CHUNK", 2)
    data = [row("a"), row("b"), row("c"), row("a"), row("b", end="2024")]
    view = run(data)
    assert verdicts(view)[3:] == [(5, "unchanged"), (6, "refused")]
    assert rows(view.number).rows[4].faults[0].params == {"place": 3}
    assert rows(view.number).rows[3].entry == entries()["a"].number


def test_columns_that_no_rule_reads_are_counted():
    columns = (*batching.COLUMNS, "budget", "verdict", "reason", "column")
    data = [row("a", budget="5", verdict="refused"), row("b", budget=""), row("c", budget="7")]
    view = run(table(data, columns))
    assert view.unread == {"budget": 2}


def test_conflicts_are_told_and_decided_by_the_profile_or_the_request():
    run([row("a", website="https://example.org")])
    number = entries()["a"].number
    ours = replace(values_of(number), website="https://example.org/ours")
    operations.revise_entry(number=number, values=ours, based_on=1, by=None, at=LATER)
    theirs = [row("a", website="https://example.org/theirs", end="2024")]
    trial = run(theirs, dry_run=True, conflict="refuse")
    assert faults(trial) == [(2, "website", "conflict_refused")]
    kept = run(theirs)
    assert kept.summary == "created 0, updated 1, unchanged 0, refused 0"
    assert notes(kept) == [(2, "website", "conflict_kept")]
    assert values_of(number).website == "https://example.org/ours"
    replaced = run(theirs, conflict="replace")
    assert notes(replaced) == [(2, "website", "conflict_replaced")]
    assert values_of(number).website == "https://example.org/theirs"


def test_trial_tells_what_would_happen_and_writes_no_entries():
    run([row("a")])
    data = [row("a", end="2024", owner="New"), row("b", owner="New"), row("c", end="soon")]
    changes = Change.objects.count()
    view = run(data, dry_run=True, profile=profile(('source = "list"', 'source = "other"')))
    assert view.summary == "created 1, updated 1, unchanged 0, refused 1"
    assert (Entry.objects.count(), Organisation.objects.count()) == (1, 0)
    assert (Source.objects.count(), Change.objects.count()) == (1, changes)
    updated, created, _ = rows(view.number).rows
    assert updated.data["after"]["end"] == "2024"
    assert updated.data["organisations"] == {"-1": "New"}
    assert (updated.entry, updated.version_before, updated.version_after) == (
        entries()["a"].number,
        1,
        None,
    )
    assert created.entry is None
    assert not view.may_undo


def test_trials_are_forgotten_and_imports_kept():
    run([row("a")], dry_run=True)
    kept = run([row("a")])
    assert forget_trials(before=LATER) == 1
    assert forget_trials(before=LATER) == 0
    assert [one.number for one in batches()] == [kept.number]


def test_import_without_publishing():
    run([row("a")], publish=False)
    assert entries()["a"].state == "unpublished"
    assert not Change.objects.exists()


def test_moment_of_the_entries_may_be_stated():
    run([row("a")], as_of=LATER)
    made = entries()["a"]
    assert (made.created_at, made.registered_on) == (LATER, LATER.date())


def test_open_batch_refuses_what_cannot_be_imported():
    cases = {
        b"": "file_empty",
        b"\x00\x01\x02\x03" * 99: "file_not_recognised",
        table([{"title": "A", "goals": "1"}], ("title", "goals", "end")): "identity_column_missing",
    }
    for data, code in cases.items():
        with pytest.raises((RuleBroken, Unreadable)) as refused:
            opened(data)
        assert refused.value.code == code
    with pytest.raises(RuleBroken) as refused:
        opened([row("a")], profile=profile(('scheme = "goal"', 'scheme = "target"')))
    assert refused.value.code == "profile_unfit"
    assert "target" in str(refused.value)
    with pytest.raises(RuleBroken) as refused:
        opened([row("a")], conflict="win")
    assert refused.value.code == "conflict_malformed"
    assert not ImportBatch.objects.exists()


def test_open_batch_is_for_who_may_import_and_once_for_a_key():
    with pytest.raises(NotAllowed):
        opened([row("a")], by=person(Role.MODERATOR))
    organiser = person(Role.ORGANISER)
    first = opened([row("a")], by=organiser, key="k")
    assert opened([row("b")], by=organiser, key="k").number == first.number
    assert opened([row("a")], by=person(Role.ORGANISER), key="k").number != first.number
    assert ImportBatch.objects.count() == 2


def test_file_that_breaks_off_is_refused_before_anything_is_written():
    one = b"<row><id>%d</id><title>T</title><goals>1</goals></row>"
    data = b"<rows>" + b"".join(one % n for n in range(600)) + b"<row><id>7</id>"
    xml = profile(("[identity]", '[reading]\nrecord = "row"\n\n[identity]'))
    batch = opened(data, profile=xml)
    run_job(job_id=batch.job_id, at_clock=lambda: AT)
    view = seen(batch.number)
    assert (view.state, view.position) == (BatchState.FAILED, 0)
    assert "xml_damaged" in view.message
    assert view.may_resume
    assert not Entry.objects.exists()


def test_save_profile_keeps_versions():
    by = person(Role.ORGANISER)
    made = save_profile(text=batching.TEXT, by=by, at=AT)
    assert save_profile(text=batching.TEXT, by=by, at=LATER) == made
    other = batching.TEXT.replace('"A list"', '"Our list"')
    with pytest.raises(RuleBroken) as refused:
        save_profile(text=other, by=by, at=AT)
    assert refused.value.code == "profile_version_exists"
    save_profile(text=other.replace("version = 1", "version = 2"), by=by, at=AT)
    [view] = [one for one in profiles() if one.slug == "list"]
    assert (view.version, view.shipped, view.title) == (2, False, {"en": "Our list"})
    assert profile_of("list").title == {"en": "Our list"}
    assert profile_of("list", 1).title == {"en": "A list"}
    assert profile_of("none") is None
    with pytest.raises(RuleBroken) as refused:
        save_profile(text=batching.TEXT.replace('"list"', '"large"'), by=by, at=AT)
    assert refused.value.code == "profile_shipped"
    with pytest.raises(RuleBroken) as refused:
        save_profile(text="format = 1", by=by, at=AT)
    assert refused.value.code == "profile_broken"
    with pytest.raises(NotAllowed):
        save_profile(text=batching.TEXT, by=person(Role.MODERATOR), at=AT)


def test_batches_newest_first():
    views = [run([row("a")]), run([row("b")])]
    assert [one.number for one in batches()] == [views[1].number, views[0].number]
    assert batches()[0].summary == views[1].summary
    assert ImportRow.objects.count() == 2


def test_open_batch_of_a_file_that_is_lost():
    batch = opened([row("a")])
    original_path(batch.file.sha256).unlink()
    run_job(job_id=batch.job_id, at_clock=lambda: AT)
    assert "file_lost" in seen(batch.number).message
