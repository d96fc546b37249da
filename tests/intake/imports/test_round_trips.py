"""Registers exported and imported again, whole: the same, or exactly what was changed."""

from dataclasses import replace

import pytest
from tests.factories.accounts import organisation
from tests.factories.entries import AT, entry, framework, whole_entry
from tests.factories.files import stored
from tests.intake.imports.own_files import FORMS, LATER, bring_in, counts, edited, taken

from stocktaking.accounts.models import Organisation
from stocktaking.entries import operations
from stocktaking.entries.models import Entry, ExternalIdentifier
from stocktaking.entries.queries import values_of, versions
from stocktaking.entries.rules.values import (
    EntryValues,
    ImageValue,
    LinkValue,
    TermValue,
    TextValue,
)
from stocktaking.entries.states import Basis, LinkKind
from stocktaking.intake.models import ImportRow

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _framework(db):
    framework()


@pytest.fixture
def full() -> Entry:
    return whole_entry(
        owner=organisation("Ministère", country="FR", type="government").number,
        partner=organisation("ITU", country="FR").number,
        images=(ImageValue(stored().pk, "A mast", "en"),),
    )


def unnumbered(one: EntryValues) -> EntryValues:
    """What an entry says in any register: without numbers, in an order of its own."""
    names = dict(Organisation.objects.values_list("number", "name"))
    return replace(
        one,
        texts=tuple(sorted(one.texts, key=repr)),
        sections=tuple(sorted(one.sections, key=repr)),
        terms=tuple(sorted(one.terms, key=lambda term: term.scheme)),
        organisation=names.get(one.organisation),
        partners=tuple(replace(p, organisation=names.get(p.organisation)) for p in one.partners),
        identifiers=tuple(i for i in one.identifiers if not i.system.startswith("stocktaking:")),
        images=(),
    )


def empty() -> None:
    """Leave the framework, sources and collections, and no entry and no organisation."""
    ImportRow.objects.all().delete()
    Entry.objects.all().delete()
    Organisation.objects.all().delete()


@pytest.mark.parametrize("form", FORMS)
def test_a_register_that_comes_back_is_unchanged(form, full):
    draft, gone = entry(publish=False), entry()
    operations.withdraw_entry(number=gone.number, reason="Gone", by=None, at=AT)
    before = {number: values_of(number) for number in (full.number, draft.number, gone.number)}
    batch = bring_in(taken(form), form)
    assert counts(batch) == (0, 0, 1 if form == "jsonl" else 3, 0)
    assert {number: values_of(number) for number in before} == before
    assert [len(versions(number)) for number in before] == [1, 1, 1]
    assert not batch.unread
    assert not batch.noted


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("host", ["https://register.example", "https://other.example"])
def test_an_empty_register_takes_all_of_another_in(form, host, full, settings):
    entry()
    data = taken(form)
    before = [unnumbered(values_of(one.number)) for one in Entry.objects.order_by("number")]
    empty()
    settings.BASE_URL = host
    assert counts(bring_in(data, form, publish=True)) == (2, 0, 0, 0)
    now = list(Entry.objects.order_by("number"))
    assert [unnumbered(values_of(one.number)) for one in now] == before
    assert [one.state for one in now] == ["published", "published"]
    numbers = ExternalIdentifier.objects.filter(system="stocktaking:127.0.0.1:8000")
    assert numbers.count() == 2
    again = bring_in(data, form, publish=True, at=LATER)
    assert counts(again) == (0, 0, 2, 0)
    back = bring_in(taken(form), form)
    assert counts(back) == (0, 0, 2, 0)


def test_numbers_of_an_emptied_register_are_not_confused(full):
    """Entries that are made in another order get other numbers than they had."""
    other = entry()
    data = taken("csv", [other.number, full.number])
    titles = {one: values_of(one).original().title for one in (full.number, other.number)}
    empty()
    for _ in range(2):
        bring_in(data)
    held = ExternalIdentifier.objects.filter(system__startswith="stocktaking:")
    found = {int(one.value): values_of(one.entry_id).original().title for one in held}
    assert found == titles
    assert Entry.objects.count() == 2


def test_edits_of_a_table_and_nothing_else_come_in(full):
    other = entry()
    before = values_of(full.number), values_of(other.number)

    def change(row):
        if row["number"] == str(full.number):
            return row | {
                "title.fr": "Réseau neuf",
                "summary.fr": "",
                "section.results.fr": "",
                "terms.goal": "3; 2",
                "terms.goal.note.en": "2 | New",
                "start": "2018",
                "end": "",
                "collections": "",
                "partners": "A \\| B",
                "links": "https://example.org/new",
                "extra": "",
            }
        return row

    batch = bring_in(edited(change))
    assert counts(batch) == (0, 1, 1, 0)
    now = values_of(full.number)
    assert now == replace(
        before[0],
        texts=(TextValue("fr", "Réseau neuf"), before[0].texts[1]),
        sections=before[0].sections[1:],
        terms=now.terms,
        start="2018",
        end="",
        collections=(),
        partners=now.partners,
        links=(LinkValue(LinkKind.WEBSITE, "https://example.org/new"),),
        extra={},
    )
    assert set(now.terms) == {
        TermValue("goal", "3", Basis.OWNER),
        TermValue("goal", "2", Basis.EDITOR, "New", "en"),
        TermValue("country", "KE", Basis.IMPORT),
        TermValue("status", "ongoing", Basis.EDITOR),
    }
    assert values_of(other.number) == before[1]
    assert Entry.objects.get(pk=full.number).published_version == 2


def test_a_column_that_is_taken_out_leaves_its_part_alone(full):
    before = values_of(full.number)

    def change(row):
        kept = ("number", "version", "key", "register", "title.fr", "terms.goal")
        return {name: row[name] for name in kept} | {"title.fr": "Neuf"}

    assert counts(bring_in(edited(change))) == (0, 1, 0, 0)
    assert values_of(full.number) == replace(
        before, texts=(replace(before.texts[0], title="Neuf"), before.texts[1])
    )


def test_what_was_changed_here_meanwhile_stays(full):
    data = edited(lambda row: row | {"end": "2031", "start": "2015"})
    meanwhile = replace(values_of(full.number), website="https://example.org/new", start="2016")
    operations.revise_entry(number=full.number, values=meanwhile, based_on=1, by=None, at=AT)
    batch = bring_in(data)
    assert counts(batch) == (0, 1, 0, 0)
    assert batch.noted == 1
    assert values_of(full.number) == replace(meanwhile, end="2031")  # both changed the start
    [row] = batch.rows.all()
    assert [(note["code"], note["column"]) for note in row.notes] == [("conflict_kept", "start")]


def test_another_order_of_the_same_items_is_a_change(full):
    data = edited(lambda row: row | {"terms.goal": "1; 3"})
    assert counts(bring_in(data)) == (0, 1, 0, 0)
    codes = [term.code for term in values_of(full.number).terms if term.scheme == "goal"]
    assert codes == ["1", "3"]


def test_a_row_without_number_is_a_new_entry(full):
    owner = values_of(full.number).organisation

    def change(row):
        return {
            "number": "",
            "original_language": "en",
            "title.en": "A new one",
            "terms.goal": "1",
            "organisation_number": str(owner),
        }

    assert counts(bring_in(edited(change))) == (1, 0, 0, 0)
    made = Entry.objects.order_by("-number").first()
    assert made.number != full.number
    assert made.state == "unpublished"
    found = values_of(made.number)
    assert (found.organisation, found.terms) == (owner, (TermValue("goal", "1", Basis.EDITOR),))


def test_an_organisation_may_be_named_where_there_is_no_number(full):
    def change(row):
        return row | {
            "organisation_number": "",
            "organisation": "New Ministry",
            "organisation_country": "KE",
        }

    assert counts(bring_in(edited(change))) == (0, 1, 0, 0)
    owner = Organisation.objects.get(pk=values_of(full.number).organisation)
    assert (owner.name, owner.country.code) == ("New Ministry", "KE")


def notes_of(batch) -> list[tuple[str, str]]:
    return [(note["code"], note["column"]) for row in batch.rows.all() for note in row.notes]


def test_what_an_import_does_not_change_is_told(full):
    data = edited(
        lambda row: (
            row
            | {
                "state": "withdrawn",
                "organisation": "Other",
                "terms.goal.note.en": "3 | Ok\n9 | Odd",
            }
        )
    )
    batch = bring_in(data)
    assert counts(batch) == (0, 1, 0, 0)
    assert sorted(notes_of(batch)) == [
        ("organisation_by_number", "organisation"),
        ("said_of_nothing", "terms.goal.note.en"),
        ("state_kept", "state"),
    ]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"number": "999", "key": "", "register": ""}, ("entry_unknown", "number")),
        ({"version": "9"}, ("version_unknown", "version")),
        ({"title.fr": ""}, ("title_missing", "title.fr")),
        ({"title.en": "", "summary.en": "Alone"}, ("title_missing", "title.en")),
        ({"terms.goal": "Peace"}, ("term_unknown", "terms.goal")),
        ({"start": "soon"}, ("date_malformed", "start")),
        ({"end": "2001"}, ("ends_before_start", "end")),
        ({"organisation_number": "999"}, ("organisation_unknown", "organisation_number")),
        ({"collections": "none"}, ("collection_unknown", "collections")),
        ({"links": "here | website"}, ("address_malformed", "links")),
        ({"images": "999 | A mast | en"}, ("file_unknown", "images")),
    ],
)
def test_a_row_that_cannot_be_taken_says_why(full, change, fault):
    before = values_of(full.number)
    batch = bring_in(edited(lambda row: row | change))
    assert counts(batch) == (0, 0, 0, 1)
    [row] = batch.rows.all()
    assert [(one["code"], one["column"]) for one in row.faults] == [fault]
    assert values_of(full.number) == before


def test_a_number_that_stands_twice_is_refused_the_second_time(full):
    data = edited(lambda row: row | {"end": "2031"}).decode("utf-8-sig").splitlines(keepends=True)
    head, rows = data[0], "".join(data[1:])
    batch = bring_in(f"{head}{rows}{rows.replace('2031', '2032')}".encode())
    assert counts(batch) == (0, 1, 0, 1)
    assert values_of(full.number).end == "2031"


def test_rows_of_another_register_are_new_entries_with_their_own_texts(full, settings):
    data = edited(lambda row: row | {"identifiers": ""})
    settings.BASE_URL = "https://other.example"
    Entry.objects.update(created_at=LATER)  # as entries of the other register are others
    assert counts(bring_in(data)) == (1, 0, 0, 0)
    made = Entry.objects.exclude(number=full.number).get()
    assert values_of(made.number).images == ()
    assert counts(bring_in(data.replace(b"2019-05", b"2018-05"))) == (0, 1, 0, 0)
    assert values_of(made.number).start == "2018-05"
    assert values_of(full.number).start == "2019-05"
