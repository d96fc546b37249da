"""The demo entries: what is loaded, and that it says what it is."""

import datetime as dt
from collections import Counter
from dataclasses import replace

import pytest

from stocktaking.accounts.models import Organisation
from stocktaking.entries.models import Entry, EntryTerm, EntryText, EntryVersion, Source
from stocktaking.entries.operations import revise_entry
from stocktaking.entries.queries import entry_page, values_of
from stocktaking.entries.queries.documents import OPEN_END, documents_of
from stocktaking.entries.states import Basis, Origin
from stocktaking.intake.operations import demo_records, load_demo_entries
from stocktaking.intake.rules import demo
from stocktaking.kernel import languages
from stocktaking.reference.frameworks import WSIS
from stocktaking.reference.operations import load_framework
from stocktaking.reference.queries import forget

AT = dt.datetime(2026, 11, 20, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
def _wsis(db):
    load_framework(folder=WSIS, by=None, at=AT)
    forget()


@pytest.fixture
def _loaded(_wsis):
    load_demo_entries(by=None, at=AT)


def number_of(demo_id: str) -> int:
    return Entry.objects.get(identifiers__system="demo", identifiers__value=demo_id).number


def test_demo_records_leave_out_one_of_each_pair():
    ids = [record["id"] for record in demo_records()]
    assert len(ids) == len(set(ids)) == 300
    assert not set(ids) & demo.TWINS
    assert {"demo-a-012", "demo-a-145"} <= set(ids)


@pytest.mark.usefixtures("_wsis")
def test_load_demo_entries_publishes_three_hundred_and_then_changes_nothing():
    seen: list[tuple[int, int]] = []
    first = load_demo_entries(by=None, at=AT, progress=lambda *told: seen.append(told))
    assert str(first) == "created 300, updated 0, unchanged 0, refused 0"
    assert seen[-1] == (300, 300)
    assert Entry.objects.filter(state="published").count() == 300
    organisations = Organisation.objects.count()
    second = load_demo_entries(by=None, at=AT + dt.timedelta(days=1))
    assert str(second) == "created 0, updated 0, unchanged 300, refused 0"
    assert EntryVersion.objects.count() == 300
    assert Organisation.objects.count() == organisations


@pytest.mark.usefixtures("_loaded")
def test_demo_entries_speak_six_languages():
    originals = Counter(Entry.objects.values_list("original_language", flat=True))
    assert originals == Counter(record["language"] for record in demo_records())
    assert set(originals) == set(languages.CODES)
    assert min(originals.values()) >= 14
    assert EntryText.objects.filter(origin=Origin.MACHINE).count() == 80


@pytest.mark.usefixtures("_loaded")
@pytest.mark.parametrize("language", languages.CODES)
def test_demo_entries_say_that_nobody_submitted_them(language):
    page = entry_page(number_of("demo-a-001"), language)
    notice = Source.objects.get(slug="demo").notice[language]
    assert page.source.notice == notice
    assert len(notice) > 20
    assert page.source.licence == page.licence == "CC0-1.0"


@pytest.mark.usefixtures("_loaded")
def test_demo_entries_claim_no_confirmation():
    assert set(EntryTerm.objects.values_list("basis", flat=True)) == {
        Basis.IMPORT,
        Basis.SUGGESTED,
    }
    goals = EntryTerm.objects.filter(term__scheme__slug="sdg", basis=Basis.IMPORT)
    assert {f"demo-b-{n}" for n in ("060", "097")} == set(
        goals.values_list("entry__identifiers__value", flat=True)
    )
    assert Entry.objects.filter(registered_on_assumed=False).count() == 0


@pytest.mark.usefixtures("_loaded")
def test_demo_entries_keep_an_unknown_owner_unknown():
    unknown = Organisation.objects.filter(unknown=True)
    assert {one.name for one in unknown} == {"Owner not stated in the source"}
    assert all(set(one.names) == set(languages.CODES) - {"en"} for one in unknown)
    assert Entry.objects.filter(organisation__unknown=True).count() == 4


@pytest.mark.usefixtures("_loaded")
def test_demo_entries_do_not_undo_what_an_editor_changed():
    number = number_of("demo-a-002")
    changed = replace(values_of(number), website="https://example.org")
    revise_entry(number=number, values=changed, based_on=1, by=None, at=AT)
    again = load_demo_entries(by=None, at=AT)
    assert again.unchanged == 300
    assert values_of(number).website == "https://example.org"


@pytest.mark.usefixtures("_loaded")
def test_demo_entries_of_international_bodies_are_from_no_country_region():
    [document] = documents_of([number_of("demo-a-001")], on=AT.date())
    assert document.facets["from-country"] == ("US",)
    assert document.facets["from-region"] == ("INT",)
    assert document.facets["region"] == ("INT",)
    assert document.facets["stakeholder"] == ("international_organization",)
    assert document.year_to == OPEN_END
    assert {part.language for part in document.parts if part.kind == "title"} >= {"fr", "es"}


def test_assumed_registration_follows_its_rule():
    for record in demo_records():
        day = demo.assumed_registration(record)
        assert day == demo.assumed_registration(record)
        years = [prize["year"] for prize in record.get("prizes") or ()]
        if years:
            assert day.year == min(years)
            assert day.month <= 3
        elif record["start_year"] and record["start_year"] >= demo.OPENED:
            assert day.year == min(record["start_year"], demo.LAST_YEAR)
        else:
            assert demo.OPENED <= day.year <= demo.LAST_YEAR
        assert day <= AT.date()
