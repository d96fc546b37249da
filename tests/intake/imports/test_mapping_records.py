"""Whole records: whatever they hold, they become an acceptable entry, or it is said why not."""

import datetime as dt
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.intake.imports.frameworks import wsis
from tests.intake.imports.mapped import codes, mapper

from stocktaking.entries.rules.acceptance import Known, SchemeFacts, TermFacts, faults
from stocktaking.entries.rules.tidy import tidy
from stocktaking.intake.rules.profiles.columns import keys_of
from stocktaking.intake.rules.profiles.guessing import guess
from stocktaking.intake.rules.profiles.mapping import Mapper
from stocktaking.intake.rules.profiles.reach import Reach, read_by
from stocktaking.intake.rules.profiles.shipped import shipped
from stocktaking.kernel.reading import FileKind, Head, Note, Record
from stocktaking.kernel.reading.paths import Path

SLUGS = ["demo", "dial", "digital-health-atlas", "dpg", "iati", "large", "newamerica"]
TODAY = dt.date(2026, 11, 1)


@cache
def known(source: str) -> Known:
    schemes = {
        one.slug: SchemeFacts(
            one.many,
            one.direct,
            None,
            {term.code: TermFacts(assignable=term.assignable) for term in one.terms},
        )
        for one in wsis().schemes.values()
    }
    return Known(TODAY, schemes, sources=[source])


@cache
def shipped_mapper(slug: str) -> Mapper:
    return Mapper(shipped()[slug], wsis())


WORDS = st.sampled_from(
    ["", "1", "4", "KE", "Kenya", "fr", "Ongoing", "2015", "13/02/2015", "2199-12-31", "yes",
     "https://a.example", "www.a.example", "x" * 600, "a\x00b", "a\nb", "funding", "lead", "Global"]
)  # fmt: skip
SCALARS = WORDS | st.text(max_size=8) | st.integers() | st.floats() | st.booleans() | st.none()


@st.composite
def records(draw, slug):
    """Data with the keys that a profile asks for, and anything behind them."""
    paths = [keys_of(Path.parse(path)) for path in read_by(shipped()[slug])]
    inner = sorted({key for keys in paths for key in keys[1:]} | {"#text"})
    values = st.recursive(
        SCALARS,
        lambda below: (
            st.lists(below, max_size=3) | st.dictionaries(st.sampled_from(inner), below, max_size=3)
        ),
        max_leaves=6,
    )
    outer = sorted({keys[0] for keys in paths})
    data = draw(st.dictionaries(st.sampled_from(outer), values, max_size=8))
    if draw(st.booleans()):
        data |= {"id": "1", "title": "T", "iati-identifier": ["1"]}
        if slug == "iati":
            data["title"] = [{"narrative": ["T"]}]
    return data


@pytest.mark.parametrize("slug", SLUGS)
@settings(max_examples=30)
@given(data=st.data())
def test_any_record_is_acceptable_or_refused(slug, data):
    stated = data.draw(records(slug))
    found = shipped_mapper(slug).map(Record(1, stated))
    assert (found.values is None) == bool(found.faults)
    assert all(isinstance(note, Note) for note in (*found.faults, *found.notes))
    assert Reach(shipped()[slug]).unread_of(stated) is not None
    if found.values is not None:
        source = shipped()[slug].source
        assert faults(tidy(found.values), known(source)) == []
        assert len(found.partners) == len(found.values.partners)
        assert found.identity


def test_mapping_a_record_twice_gives_the_same():
    record = Record(
        1, {"id": "1", "title": "T", "country_names": ["Global"], "lang_declared": "fr"}
    )
    assert shipped_mapper("large").map(record) == shipped_mapper("large").map(record)


def test_faults_and_notes_of_reading_are_passed_on():
    fault, note = Note("row_too_wide", "", {"cells": 3}), Note("letters_suspicious", "title")
    found = mapper().map(Record(1, {"id": "1", "title": "T"}, (note,), (fault,)))
    assert (found.values, found.faults, found.notes) == (None, (fault,), (note,))
    assert found.title == "T"
    # of a line that could not be read at all nothing else is said
    broken = mapper().map(Record(1, {}, (), (Note("json_broken"),)))
    assert codes(broken.faults) == ["json_broken"]


def test_what_is_wrong_with_a_column_that_is_left_out_is_of_no_matter():
    one = mapper(head='ignored = ["raw", "remarks"]\n')
    notes = tuple(Note("letters_suspicious", name) for name in ("raw.title", "remarks", "title"))
    faults = (Note("cell_too_long", "raw.x.y"),)
    found = one.map(Record(1, {"id": "1", "title": "T"}, notes, faults))
    assert [note.column for note in found.notes] == ["title"]
    assert found.values is not None


def test_the_column_of_a_fault_that_entries_find():
    found = mapper('[[terms]]\nscheme = "sdg"\ncolumns = "goals"').map(
        Record(1, {"id": "1", "title": "T", "goals": "4"})
    )
    assert found.column_of("terms.sdg") == "goals"
    assert found.column_of("texts.en.title") == "title"
    assert found.column_of("identifiers.0.value") == "id"
    assert found.column_of("images.0.alt") == ""


HEADS = st.builds(
    Head,
    kind=st.sampled_from(FileKind),
    encoding=st.just("utf-8"),
    columns=st.lists(
        st.text(min_size=1, max_size=12)
        | st.sampled_from(
            ["Title", "País", "Budget [USD]", "No.", "a[b=c", "org.name", "@lang", "x@y"]
        ),
        unique=True,
        max_size=6,
    ).map(tuple),
    samples=st.dictionaries(st.sampled_from(["Title", "País"]), st.just(("Kenya", "Togo"))),
)


@given(HEADS)
def test_any_head_can_be_guessed_and_looked_through(head):
    guessed = guess(head, wsis())
    assert set(Reach(shipped()["large"]).unread(head.columns)) <= set(head.columns)
    for rule in guessed.fields:
        assert rule.columns or rule.each
