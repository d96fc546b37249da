"""The observed matrix and the numbers of a small register."""

import datetime as dt

import pytest
from tests.factories.entries import AT

from stocktaking.entries import operations as entries
from stocktaking.insight.queries import drawn_entries, matrix, numbers, places
from stocktaking.reference import queries as reference
from stocktaking.reference.models import Crosswalk, Revision
from stocktaking.search.rules.values import Query

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(register):
    register.add(lines="L1", goals="3", countries="KE")
    register.add(lines="L1 L2", goals="3", countries="KE FR")
    register.add(lines="L1", goals="1", countries="SD")
    register.index()
    return register


def test_matrix_counts_an_entry_in_every_square_it_touches(three):
    counted = matrix()
    assert counted.total == 3
    assert counted.cell("L1", "3").count == 2
    assert counted.cell("L2", "3").count == 1
    assert counted.cell("L1", "1").count == 1
    assert counted.row_totals["L1"] == 3


def test_matrix_shares_are_of_entries_of_the_row_and_the_column(three):
    cell = matrix().cell("L1", "3")
    assert cell.share_of_row == pytest.approx(2 / 3)
    assert cell.share_of_column == 1


def test_matrix_knows_gaps_and_what_was_not_foreseen(three):
    counted = matrix()
    assert [(link.row.code, link.column.code) for link in counted.gaps] == [("L2", "2")]
    assert [(c.row.code, c.column.code) for c in counted.unforeseen] == [("L1", "3"), ("L2", "3")]
    assert counted.cell("L2", "2").gap


def test_filtered_matrix_has_no_gaps(three):
    counted = matrix(Query(filters={"country": ("FR",)}))
    assert counted.total == 1
    assert counted.gaps == []
    assert not counted.cell("L2", "2").gap


def test_matrix_lines_follow_the_grid(three):
    lines = list(matrix().lines())
    assert [row.code for row, _cells in lines] == ["L1", "L2"]
    assert [cell.column.code for cell in lines[0][1]] == ["1", "2", "3"]
    assert matrix().squares == 6


def test_there_is_no_matrix_without_a_crosswalk(three):
    Crosswalk.objects.all().delete()
    Revision.objects.update(number=9)
    reference.forget()
    assert matrix() is None


def test_numbers_count_published_entries_by_place(three):
    three.add(publish=False)
    three.index()
    found = numbers()
    assert (found.totals.entries, found.totals.countries) == (3, 3)
    assert [(term.code, count) for term, count in found.places.by_region] == [
        ("AFR", 2),
        ("EUR", 1),
        ("ARB", 1),
    ]
    assert found.places.by_country == {"KE": 2, "FR": 1, "SD": 1}


def test_places_of_a_query(three):
    assert places(Query(filters={"goal": ("1",)})).by_country == {"SD": 1}


def test_the_date_draws_published_entries(three):
    day = dt.date(2026, 3, 2)
    hidden = three.add(publish=False)
    drawn = drawn_entries(day, "en", wanted=2)
    assert len(drawn) == 2
    assert [c.number for c in drawn] == [c.number for c in drawn_entries(day, "fr", wanted=2)]
    assert hidden.number not in {c.number for c in drawn_entries(day, "en")}
    assert len(drawn_entries(day, "en")) == 3
    entries.withdraw_entry(number=drawn[0].number, reason="Asked for", by=None, at=AT)
    assert drawn[0].number not in {c.number for c in drawn_entries(day, "en")}


def test_nothing_is_drawn_from_an_empty_register(register):
    assert drawn_entries(dt.date(2026, 3, 2), "en") == []
    assert numbers().totals.entries == 0
