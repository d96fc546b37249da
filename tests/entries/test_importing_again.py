"""Importing what is there: three sides, numbers and versions, trials, what comes back."""

import datetime as dt
from dataclasses import replace

import pytest
from tests.factories.entries import AT, entry, values

from stocktaking.entries import operations
from stocktaking.entries.models import Entry, EntryVersion, ImportedStatement
from stocktaking.entries.operations import (
    Assumed,
    Done,
    ImportedRow,
    Outcome,
    import_chunk,
    import_entries,
    undo_chunk,
)
from stocktaking.entries.queries import entry_page, values_of
from stocktaking.entries.rules.tidy import tidy
from stocktaking.entries.rules.values import IdentifierValue, LinkValue, TermValue
from stocktaking.entries.states import Basis, LinkKind
from stocktaking.history.models import HistoryRecord
from stocktaking.search.models import Change

LATER = AT + dt.timedelta(days=1)
pytestmark = pytest.mark.usefixtures("_framework")


def row(code: str, system="list", **stated):
    return values(identifiers=(IdentifierValue(system, code),), **stated)


def run(*rows, at=LATER, publish=True):
    return import_entries(rows=rows, by=None, at=at, publish=publish).verdicts


def edit(number, **stated):
    edited = replace(values_of(number), **stated)
    version = Entry.objects.get(number=number).version
    operations.revise_entry(number=number, values=edited, based_on=version, by=None, at=LATER)
    return edited


def codes(verdict):
    return [error.code for error in verdict.errors]


def test_update_takes_the_news_and_leaves_what_editors_changed():
    given = row("a", website="https://example.org")
    [made] = run(given, at=AT)
    edit(made.number, start="2001")
    [now] = run(replace(given, website="https://example.org/new"))
    assert (now.outcome, now.version_before, now.version_after) == (Outcome.UPDATED, 2, 3)
    assert now.notes == ()
    saved = values_of(made.number)
    assert (saved.start, saved.website) == ("2001", "https://example.org/new")


def test_both_changed_a_part_and_ours_is_kept_and_told_until_it_is_settled():
    given = row("a", website="https://example.org")
    [made] = run(given, at=AT)
    edit(made.number, website="https://example.org/ours")
    theirs = replace(given, website="https://example.org/theirs")
    for _ in range(2):
        [now] = run(theirs)
        assert now.outcome is Outcome.UNCHANGED
        [told] = now.notes
        assert (told.code, told.field) == ("conflict_kept", "website")
        assert told.params["theirs"] == "https://example.org/theirs"
    [now] = run(ImportedRow(theirs, conflict="replace"))
    assert now.outcome is Outcome.UPDATED
    assert [note.code for note in now.notes] == ["conflict_replaced"]
    assert values_of(made.number).website == "https://example.org/theirs"
    [now] = run(theirs)
    assert (now.outcome, now.notes) == (Outcome.UNCHANGED, ())


def test_both_changed_a_part_and_the_row_is_refused():
    given = row("a", website="https://example.org")
    [made] = run(given, at=AT)
    ours = edit(made.number, website="https://example.org/ours")
    theirs = replace(given, website="https://example.org/theirs", end="2024")
    [now] = run(ImportedRow(theirs, conflict="refuse"))
    assert (now.outcome, codes(now)) == (Outcome.REFUSED, ["conflict_refused"])
    assert now.errors[0].field == "website"
    assert "https://example.org/theirs" in str(now.errors[0])
    assert values_of(made.number) == ours


def test_two_sources_of_one_entry_do_not_undo_each_other():
    both = (IdentifierValue("one", "a"), IdentifierValue("two", "b"))
    first = values(identifiers=both, website="https://example.org/1")
    second = replace(first, identifiers=both[1:], website="https://example.org/2", end="2024")
    as_one = ImportedRow(first, system="one")
    as_two = ImportedRow(second, stated=frozenset({"website", "end"}), system="two")
    [made] = run(as_one, at=AT)
    assert run(as_two)[0].outcome is Outcome.UPDATED
    saved = values_of(made.number)
    assert (saved.website, saved.end) == ("https://example.org/1", "2024")
    for _ in range(2):
        assert run(as_one)[0].outcome is Outcome.UNCHANGED
        assert run(as_two)[0].outcome is Outcome.UNCHANGED
    assert values_of(made.number) == saved


def test_what_a_row_does_not_speak_of_stays():
    given = row("a", links=(LinkValue(LinkKind.SOURCE, "https://example.org/1"),), end="2020")
    [made] = run(given, at=AT)
    bare = replace(given, links=(), end="", sections=(), terms=(), website="https://example.org")
    [now] = run(ImportedRow(bare, stated=frozenset({"website", "links.evidence"})))
    assert now.outcome is Outcome.UPDATED
    saved = values_of(made.number)
    assert saved == replace(tidy(given), website="https://example.org", registered_on=AT.date())


def test_terms_that_owners_or_editors_stated_are_never_dropped():
    given = row("a", terms=(TermValue("line", "L1", Basis.IMPORT),))
    [made] = run(given, at=AT)
    edit(made.number, terms=(*given.terms, TermValue("goal", "1", Basis.OWNER)))
    [now] = run(ImportedRow(replace(given, terms=()), conflict="replace"))
    assert now.outcome is Outcome.UPDATED
    assert values_of(made.number).terms == (TermValue("goal", "1", Basis.OWNER),)


def test_number_and_version_of_an_export_are_merged_by_that_version():
    made = entry(website="https://example.org", end="2020")
    out = values_of(made.number)
    edit(made.number, end="2021")
    changed = replace(out, website="https://example.org/sheet", terms=out.terms[:1])
    sheet = ImportedRow(changed, number=made.number, based_on=1)
    [now] = run(sheet)
    assert (now.outcome, now.notes) == (Outcome.UPDATED, ())
    saved = values_of(made.number)
    assert (saved.website, saved.end) == ("https://example.org/sheet", "2021")
    assert saved.terms == out.terms[:1]  # a person dropped the others, their owners' too
    assert run(sheet)[0].outcome is Outcome.UNCHANGED
    assert not ImportedStatement.objects.exists()


def test_number_of_a_withdrawn_entry_changes_nothing():
    verdicts = run(row("a", end="2020"), at=AT)
    number = verdicts[0].number
    out = values_of(number)
    undo(*verdicts)
    same = ImportedRow(out, number=number, based_on=1)
    changed = ImportedRow(replace(out, end="2021"), number=number, based_on=1)
    assert run(same)[0].outcome is Outcome.UNCHANGED
    assert codes(run(changed)[0]) == ["entry_withdrawn"]
    assert Entry.objects.get().state == "withdrawn"


def test_order_in_a_sheet_is_news():
    goals = tuple(TermValue("goal", code, Basis.OWNER) for code in "12")
    made = entry(terms=goals)
    changed = replace(values_of(made.number), terms=goals[::-1])
    [now] = run(ImportedRow(changed, number=made.number, based_on=1))
    assert now.outcome is Outcome.UPDATED
    assert values_of(made.number).terms == goals[::-1]


def test_number_without_a_version_wins():
    made = entry(website="https://example.org", end="2020")
    bare = values(website="", end="2024")
    [now] = run(ImportedRow(bare, stated=frozenset({"end"}), number=made.number))
    assert now.outcome is Outcome.UPDATED
    assert (values_of(made.number).end, values_of(made.number).website) == (
        "2024",
        "https://example.org",
    )


def test_numbers_and_versions_that_are_not_there_are_refused():
    made = entry()
    rows = [
        ImportedRow(values(), number=made.number + 99),
        ImportedRow(values(), number=made.number, based_on=7),
        ImportedRow(values(start="soon"), number=made.number),
    ]
    assert [codes(one) for one in run(*rows)] == [
        ["entry_unknown"],
        ["version_unknown"],
        ["date_malformed"],
    ]
    assert EntryVersion.objects.count() == 1


def test_identifier_of_another_entry_is_refused_within_one_chunk_too():
    two = (IdentifierValue("list", "b"), IdentifierValue("other", "x"))
    first = values(identifiers=(IdentifierValue("list", "a"), IdentifierValue("other", "x")))
    rows = [(1, ImportedRow(first)), (2, ImportedRow(values(identifiers=two)))]
    verdicts = import_chunk(rows=rows, by=None, at=AT)
    assert [one.outcome for one in verdicts] == [Outcome.CREATED, Outcome.REFUSED]
    assert codes(verdicts[1]) == ["identifier_taken"]


def test_trial_tells_and_writes_nothing():
    given = row("a", end="2020")
    [made] = run(given, at=AT)
    told = Change.objects.count()
    rows = [
        (1, ImportedRow(replace(given, end="2021"))),
        (2, ImportedRow(row("b", organisation=-1, source="here"))),
        (3, ImportedRow(row("c", organisation=-2))),
        (4, ImportedRow(given)),
    ]
    assumed = Assumed(frozenset({-1}), frozenset({"here"}))
    how = {"by": None, "at": LATER, "assumed": assumed, "trial": True}
    verdicts = import_chunk(rows=rows[:3], publish=True, **how)
    assert [one.outcome for one in verdicts] == ["updated", "created", "refused"]
    assert (verdicts[0].version_before, verdicts[0].version_after) == (1, None)
    assert verdicts[0].values.end == "2021"
    assert codes(verdicts[2]) == ["organisation_unknown"]
    [same] = import_chunk(rows=rows[3:], **how)
    assert same.outcome is Outcome.UNCHANGED
    assert Entry.objects.get().version == 1
    assert values_of(made.number).end == "2020"
    assert Change.objects.count() == told


def undo(*verdicts, batch=7, at=LATER, since=AT, **more):
    done = [Done(one.number, one.version_before, one.version_after) for one in verdicts]
    return undo_chunk(done=done, batch=batch, since=since, by=None, at=at, **more)


def test_undo_withdraws_what_was_made_and_restores_what_was_changed():
    given = row("a", end="2020")
    [made] = run(given, at=AT)
    before = values_of(made.number)
    changed, new = run(replace(given, end="2021"), row("b"))
    assert undo(changed, new, trial=True) == {changed.number, new.number}
    assert values_of(made.number).end == "2021"
    assert undo(changed, new) == {changed.number, new.number}
    assert values_of(made.number) == before
    assert Entry.objects.get(number=made.number).version == 3
    gone = Entry.objects.get(number=new.number)
    assert gone.state == "withdrawn"
    assert "7" in entry_page(new.number, "en").withdrawal_reason
    assert HistoryRecord.objects.filter(object_id=str(new.number), verb="withdrawn").exists()
    assert undo(changed, new) == set()


def test_undo_leaves_what_was_changed_withdrawn_or_confirmed_since():
    verdicts = run(*(row(code) for code in "abcd"), at=AT)
    edit(verdicts[0].number, end="2024")
    operations.withdraw_entry(number=verdicts[1].number, reason="Gone", by=None, at=LATER)
    operations.confirm_entry_correct(number=verdicts[2].number, by=None, at=LATER)
    assert undo(*verdicts) == {verdicts[3].number}
    assert Entry.objects.get(number=verdicts[1].number).withdrawal_reason == "Gone"


def test_undo_of_one_import_after_the_other():
    given = row("a", end="2020")
    first = run(given, at=AT)
    second = run(replace(given, end="2021"))
    assert undo(*first) == set()
    assert undo(*second) == {first[0].number}
    assert undo(*first) == {first[0].number}
    assert Entry.objects.get().state == "withdrawn"


def test_undone_entry_comes_back_under_its_number():
    given = row("a", end="2020")
    first = run(given, at=AT)
    undo(*first)
    [again] = run(given)
    assert (again.outcome, again.number) == (Outcome.CREATED, first[0].number)
    assert (again.version_before, again.version_after) == (None, 1)
    back = Entry.objects.get()
    assert (back.state, back.version, back.withdrawal_reason) == ("published", 1, "")
    assert EntryVersion.objects.get().public
    undo(again)
    [changed] = run(replace(given, end="2021"), publish=False)
    assert (changed.outcome, changed.version_after) == (Outcome.CREATED, 2)
    back.refresh_from_db()
    assert (back.state, back.version) == ("unpublished", 2)
    assert run(replace(given, end="2021"))[0].outcome is Outcome.UNCHANGED


def test_source_is_compared_with_what_it_said_before_what_was_undone():
    given = row("a", end="2020")
    run(given, at=AT)
    undo(*run(replace(given, end="2021")))
    [now] = run(replace(given, end="2021"))
    assert (now.outcome, now.notes) == (Outcome.UPDATED, ())
