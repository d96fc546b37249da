"""Entries as rows of an edit table, and what such rows state."""

import datetime as dt
import string
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from tests.entries.acceptable import ACCEPTABLE, CODES, LINES

from stocktaking.entries.rules import edit_table
from stocktaking.entries.rules.edit_table import OwnRow, Place, cells, key_of, read_row
from stocktaking.entries.rules.edit_table.stated import EMPTY
from stocktaking.entries.rules.values import (
    EntryValues,
    ImageValue,
    PartnerValue,
    TermValue,
    TextValue,
)
from stocktaking.entries.states import Basis, PartnerRole
from stocktaking.kernel.tables import plain

AT = dt.datetime(2026, 3, 2, 9, 0, 0, 123456, tzinfo=dt.UTC)


def written(values: EntryValues) -> dict[str, str]:
    return {column: plain(cell) for column, cell in edit_table.row(values).items()}


def in_order(values: EntryValues) -> EntryValues:
    """Terms scheme by scheme: between schemes a table keeps no order."""
    places = {scheme: n for n, scheme in enumerate(dict.fromkeys(t.scheme for t in values.terms))}
    return replace(values, terms=tuple(sorted(values.terms, key=lambda t: places[t.scheme])))


def read(data: dict[str, str]) -> OwnRow:
    row, faults = read_row(data)
    assert faults == []
    return row


@given(ACCEPTABLE)
def test_what_is_written_is_what_is_read(values):
    row = read(written(values))
    assert row.on(EMPTY) == in_order(values)
    assert row.on(values) == values
    assert row.owner.number == values.organisation


@given(ACCEPTABLE, ACCEPTABLE)
def test_a_row_turns_any_base_into_what_it_states(values, base):
    """Columns of both stand in the file: what a row does not fill is emptied."""
    empty = dict.fromkeys(written(base), "")
    row = read({**empty, **written(values)})
    found = row.on(base)
    assert {t.language: t for t in found.texts} == {t.language: t for t in values.texts}
    assert set(found.sections) == set(values.sections)
    assert set(found.terms) == set(values.terms)
    parts = {"texts": (), "sections": (), "terms": ()}
    assert replace(found, **parts) == replace(values, **parts)


@given(ACCEPTABLE, ACCEPTABLE, st.data())
def test_columns_that_were_taken_out_leave_their_parts_alone(values, base, data):
    empty = dict.fromkeys(written(base), "")
    whole = {**empty, **written(values)}
    gone = data.draw(st.sampled_from(sorted(whole)))
    place = edit_table.place_of(gone)
    found = read({name: cell for name, cell in whole.items() if name != gone}).on(base)
    if place.kind in ("title", "summary"):
        before = {t.language: getattr(t, place.kind) for t in base.texts}
        after = {t.language: getattr(t, place.kind) for t in found.texts}
        assert after.get(place.language, "") == before.get(place.language, "")
    elif place.kind == "codes":
        codes = [t.code for t in base.terms if t.scheme == place.item]
        assert [t.code for t in found.terms if t.scheme == place.item] == codes
    elif place.kind == "fixed" and hasattr(base, place.item):
        assert getattr(found, place.item) == getattr(base, place.item)


@given(st.lists(st.lists(LINES, min_size=1, max_size=4).filter(lambda row: "".join(row).strip())))
def test_items_come_back(rows):
    def clean(row):
        row = [part.strip() for part in row]
        while row and not row[-1]:
            row.pop()
        return row

    rows = [[part.strip() for part in row] for row in rows]
    assert [clean(row) for row in cells.read_items(cells.items(rows))] == [*map(clean, rows)]


@given(st.lists(CODES, unique=True))
def test_codes_come_back(codes):
    assert cells.read_codes(cells.codes(codes)) == tuple(codes)


@given(st.text(max_size=20))
def test_no_text_is_taken_for_one_left_out(text):
    for stated in (text, cells.left_out(text), f"\\{cells.left_out(text)}", f"\\{text}"):
        assert not cells.is_left_out(cells.text(stated))
        assert cells.read_text(cells.text(stated)) == stated
    assert cells.is_left_out(cells.left_out(text))


@given(st.text(max_size=60), st.text(max_size=200))
def test_any_cell_of_any_column_is_read_or_refused(column, cell):
    known = [place.name for place in edit_table.columns(edit_table.InUse(["en"], [], ["goal"]))]
    for name in (column, *known):
        row, faults = read_row({name: cell})
        assert isinstance(row.on(EMPTY), EntryValues)
        assert all(fault.field == name for fault in faults)


def test_the_name_of_a_column_says_what_it_is_about():
    use = edit_table.InUse(
        ["en", "pt-BR"], [("how.so", "fr")], ["goal"], [("goal", "en"), ("goal", "")]
    )
    for place in edit_table.columns(use):
        assert edit_table.place_of(place.name) == place
    for name in ("", "Title", "title.", "terms.", "terms.goal.remark", "section.fr", "goal", "a.b"):
        assert edit_table.place_of(name) is None
    assert edit_table.place_of(" Title.FR ") == Place("title", "", "fr")


def test_a_cell_that_was_left_out_leaves_its_part_alone():
    base = EntryValues("en", (TextValue("en", "Mast", "Long"),))
    row = read({"title.en": "Pole", "summary.en": cells.left_out("x" * 40_000)})
    assert row.on(base).texts == (TextValue("en", "Pole", "Long"),)


def test_codes_without_a_basis_are_those_of_an_editor_and_others_keep_theirs():
    base = replace(EMPTY, terms=(TermValue("goal", "3", Basis.OWNER, "Clinics", "en"),))
    assert read({"terms.goal": "5; 3\n1"}).on(base).terms == (
        TermValue("goal", "5", Basis.EDITOR),
        TermValue("goal", "3", Basis.OWNER, "Clinics", "en"),
        TermValue("goal", "1", Basis.EDITOR),
    )
    assert read({"terms.goal.note.en": ""}).on(base).terms == (TermValue("goal", "3", Basis.OWNER),)
    assert read({"terms.goal.note.fr": "3 | Cliniques", "terms.goal.note.en": ""}).on(
        base
    ).terms == (TermValue("goal", "3", Basis.OWNER, "Cliniques", "fr"),)


def test_what_people_type_is_understood():
    row = read(
        {
            "number": "12.0",
            "partners": "UNICEF\n\nITU|funder",
            "links": "https://example.org\r\n | source | A book",
            "worldwide": "TRUE",
            "registered_on": "2026-03-02 00:00:00",
            "extra": "",
        }
    )
    found = row.on(EMPTY)
    assert row.number == 12
    assert [(p.name, p.role) for p in found.partners] == [("UNICEF", "partner"), ("ITU", "funder")]
    assert [(link.kind, link.url, link.label) for link in found.links] == [
        ("website", "https://example.org", ""),
        ("source", "", "A book"),
    ]
    assert (found.worldwide, found.registered_on) == (True, dt.date(2026, 3, 2))


def test_what_cannot_be_understood_is_refused_by_its_column():
    _, faults = read_row(
        {
            "number": "twelve",
            "worldwide": "perhaps",
            "partners": "UNICEF | sponsor",
            "images": "A mast",
            "links": "a | website | b | c",
            "terms.goal.basis": "owner | 3\neditor | 3",
            "terms.goal.note.en": "3 | one",
            "terms.goal.note.fr": "3 | un",
            "registered_on": "soon",
            "extra": "[1]",
        }
    )
    assert {fault.field: fault.code for fault in faults} == {
        "number": "number_malformed",
        "worldwide": "choice_unknown",
        "partners": "choice_unknown",
        "images": "number_malformed",
        "links": "item_malformed",
        "terms.goal.basis": "basis_twice",
        "terms.goal.note.fr": "note_twice",
        "registered_on": "date_malformed",
        "extra": "facts_malformed",
    }


def test_facts_of_the_register_itself_stay():
    base = replace(EMPTY, extra={"imported": "x", "prize": 1})
    assert read({"extra": ""}).on(base).extra == {"imported": "x"}


def test_a_row_fits_the_entry_it_was_taken_from():
    row = OwnRow(edit_table.Stated(), number=3, key=key_of(3, AT), register="a.example")
    assert row.fits(3, AT, "a.example")
    assert row.fits(3, AT, "moved.example")  # the key tells
    assert not row.fits(4, AT, "a.example")
    assert not row.fits(3, AT + dt.timedelta(microseconds=1), "a.example")
    by_hand = OwnRow(edit_table.Stated(), number=3)
    assert by_hand.fits(3, AT, "a.example")
    assert not replace(by_hand, register="b.example").fits(3, AT, "a.example")
    assert set(key_of(3, AT)) <= set(string.ascii_lowercase)


def test_a_row_of_another_register_keeps_its_number_as_an_identifier():
    row = read(
        {
            "number": "3",
            "register": "a.example",
            "partners": "ITU | funder | 7",
            "organisation_number": "7",
            "images": "4 | A mast | en",
            "identifiers": "",
        }
    )
    found = row.elsewhere()
    assert found.identifiers == (row.identity,)
    assert (row.identity.system, row.identity.value) == ("stocktaking:a.example", "3")
    assert (found.organisation, found.images) == (None, ())
    assert found.partners == (PartnerValue("ITU", PartnerRole.FUNDER),)
    here = row.on(EMPTY)
    assert (here.organisation, here.images) == (7, (ImageValue(4, "A mast", "en"),))
    assert row.elsewhere(found).identifiers == (row.identity,)


def test_long_names_of_registers_stay_apart():
    systems = {edit_table.system_of(f"{'x' * 60}{n}.example") for n in range(9)}
    assert len(systems) == 9
    assert max(map(len, systems)) <= 60


def test_the_column_of_a_fault():
    assert {
        field: edit_table.column_of(field)
        for field in (
            "texts.fr.title",
            "texts.fr",
            "sections.description.en",
            "terms.goal",
            "terms.goal.3.note",
            "links.0.url",
            "organisation",
            "start",
        )
    } == {
        "texts.fr.title": "title.fr",
        "texts.fr": "title.fr",
        "sections.description.en": "section.description.en",
        "terms.goal": "terms.goal",
        "terms.goal.3.note": "terms.goal.note",
        "links.0.url": "links",
        "organisation": "organisation_number",
        "start": "start",
    }
