"""Importing many entries."""

import datetime as dt
import threading
from dataclasses import replace

import pytest
from django.db import connections
from django.utils.translation import override
from tests.factories.accounts import person
from tests.factories.entries import AT, entry, values
from tests.factories.files import stored

from stocktaking.accounts.rules.roles import Role
from stocktaking.entries import operations, signals
from stocktaking.entries.models import Entry, EntryVersion
from stocktaking.entries.operations import Outcome, import_entries
from stocktaking.entries.operations.importing import CHUNK
from stocktaking.entries.queries import values_of, versions
from stocktaking.entries.rules.values import IdentifierValue, ImageValue
from stocktaking.history.models import HistoryRecord
from stocktaking.kernel.errors import NotAllowed
from stocktaking.search.models import Change

LATER = AT + dt.timedelta(days=1)
pytestmark = pytest.mark.usefixtures("_framework")


def row(code: str, **stated):
    return values(identifiers=(IdentifierValue("list", code),), **stated)


def outcomes(result):
    return [verdict.outcome for verdict in result.verdicts]


def run(rows, *, at=AT, publish=True):
    return import_entries(rows=rows, by=None, at=at, publish=publish)


def test_import_entries_creates_updates_and_leaves_alone():
    rows = [row("a"), row("b")]
    assert outcomes(run(rows)) == [Outcome.CREATED] * 2
    assert Entry.objects.filter(state="published").count() == 2
    changed = replace(rows[1], website="https://example.org")
    again = run([rows[0], changed, row("c")], at=LATER)
    assert outcomes(again) == [Outcome.UNCHANGED, Outcome.UPDATED, Outcome.CREATED]
    assert again.count(Outcome.UPDATED) == 1
    number = again.verdicts[1].number
    assert values_of(number).website == "https://example.org"
    assert Entry.objects.get(number=number).published_version == 2
    with override("fr"):
        assert {one.reason for one in versions(number)} == {"Importé depuis la source"}


@pytest.mark.django_db(transaction=True)
def test_two_imports_at_once_of_the_same_rows_make_each_once():
    rows = [row("a"), row("b"), row("c")]
    found: list[Outcome] = []
    ready = threading.Barrier(2)

    def load():
        try:
            ready.wait()
            found.extend(outcomes(run(rows)))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=load) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [Outcome.CREATED] * 3 + [Outcome.UNCHANGED] * 3
    assert Entry.objects.count() == 3


def test_import_entries_refuses_a_row_and_goes_on():
    result = run([row("a", start="soon"), row("b")])
    assert outcomes(result) == [Outcome.REFUSED, Outcome.CREATED]
    assert [error.code for error in result.verdicts[0].errors] == ["date_malformed"]
    assert Entry.objects.count() == 1


def test_import_entries_writes_one_record_per_entry_and_one_signal_per_chunk():
    told = []

    def listen(sender, created, updated, **more):
        told.append((len(created), len(updated)))

    signals.entries_imported.connect(listen)
    try:
        run([row("a"), row("b")])
    finally:
        signals.entries_imported.disconnect(listen)
    assert told == [(2, 0)]
    assert HistoryRecord.objects.filter(object_type="entries.entry").count() == 2
    assert Change.objects.count() == 2


def test_import_entries_without_publishing_tells_the_index_nothing():
    run([row("a")], publish=False)
    assert Entry.objects.get().state == "unpublished"
    assert not Change.objects.exists()


def test_import_entries_does_not_undo_an_editors_change():
    given = row("a")
    number = run([given]).verdicts[0].number
    edited = replace(values_of(number), website="https://example.org/edited")
    operations.revise_entry(number=number, values=edited, based_on=1, by=None, at=LATER)
    assert outcomes(run([given], at=LATER)) == [Outcome.UNCHANGED]
    assert values_of(number) == edited


def test_import_entries_keeps_images_and_collections():
    operations.create_collection(slug="health", title={"en": "Health"}, by=None, at=AT)
    given = row("a")
    number = run([given]).verdicts[0].number
    image = ImageValue(stored().pk, "A mast", "en")
    edited = replace(values_of(number), images=(image,), collections=("health",))
    operations.revise_entry(number=number, values=edited, based_on=1, by=None, at=LATER)
    assert outcomes(run([replace(given, end="2020")], at=LATER)) == [Outcome.UPDATED]
    now = values_of(number)
    assert (now.images, now.collections, now.end) == ((image,), ("health",), "2020")


def test_import_entries_leaves_withdrawn_ones_alone():
    given = row("a")
    number = run([given]).verdicts[0].number
    operations.withdraw_entry(number=number, reason="Gone", by=None, at=LATER)
    result = run([replace(given, end="2020")], at=LATER)
    assert result.verdicts[0].errors[0].code == "entry_withdrawn"
    assert outcomes(run([given], at=LATER)) == [Outcome.UNCHANGED]


def test_import_entries_refuses_identifiers_of_two_entries():
    run([row("a"), row("b")])
    both = values(identifiers=(IdentifierValue("list", "a"), IdentifierValue("list", "b")))
    result = run([both], at=LATER)
    assert result.verdicts[0].errors[0].code == "identifier_ambiguous"


def test_import_entries_takes_the_same_identifier_twice_as_an_update():
    first = row("a")
    second = replace(first, website="https://example.org")
    assert outcomes(run([first, second])) == [Outcome.CREATED, Outcome.UPDATED]
    assert Entry.objects.count() == 1


def test_import_entries_matches_an_entry_made_by_hand():
    made = entry(identifiers=(IdentifierValue("list", "a"),))
    given = replace(values_of(made.number), end="2024")
    result = run([given], at=LATER)
    assert outcomes(result) == [Outcome.UPDATED]
    assert result.verdicts[0].number == made.number
    assert EntryVersion.objects.filter(entry=made).count() == 2
    assert values_of(made.number) == given


def test_import_entries_works_in_chunks(django_assert_max_num_queries):
    seen: list[int] = []
    rows = [row(f"r{n}") for n in range(CHUNK + 3)]
    with django_assert_max_num_queries(90):
        import_entries(rows=rows, by=None, at=AT, progress=seen.append)
    assert seen == [CHUNK, CHUNK + 3]
    assert Entry.objects.count() == CHUNK + 3


def test_import_entries_needs_the_capability():
    with pytest.raises(NotAllowed):
        import_entries(rows=[row("a")], by=person(), at=AT)
    result = import_entries(rows=[row("a")], by=person(Role.MODERATOR), at=AT, publish=True)
    assert result.count(Outcome.CREATED) == 1
