"""Two facets against each other: what counts where, and what never raises."""

from dataclasses import replace

import pytest
from django.test import override_settings
from tests.factories.search import KIND, document

from stocktaking.search.queries.tables import table
from stocktaking.search.rules.tables import Table
from stocktaking.search.rules.values import Query

pytestmark = pytest.mark.django_db
ALL = Query(kind=KIND)


@pytest.fixture
def four(shelf):
    shelf.index(
        document("1", "Radio", line=("A", "B"), goal=("1",)),
        document("2", "Radio", line=("A",), goal=("1", "2")),
        document("3", "Press", line=("B",)),
        document("4", "Press"),
    )
    return shelf


def test_a_document_counts_in_every_square_it_touches(four):
    found = table(ALL, rows="line", columns="goal")
    assert found.squares == {("A", "1"): 2, ("A", "2"): 1, ("B", "1"): 1}
    assert (found.rows, found.columns) == ({"A": 2, "B": 2}, {"1": 2, "2": 1})
    assert found.placed_rows == {"A": 2, "B": 1}
    assert found.placed_columns == found.columns
    assert (found.total, found.with_row, found.with_column, found.placed) == (4, 3, 2, 2)


def test_filters_on_the_facets_hold_in_every_number(four):
    found = table(replace(ALL, filters={"goal": ("2",)}), rows="line", columns="goal")
    assert found.total == 1
    assert (found.rows, found.columns) == ({"A": 1}, {"1": 1, "2": 1})
    assert found.squares == {("A", "1"): 1, ("A", "2"): 1}


def test_a_facet_against_itself_has_its_counts_on_the_diagonal(four):
    found = table(ALL, rows="line", columns="line")
    assert found.squares == {("A", "A"): 2, ("A", "B"): 1, ("B", "A"): 1, ("B", "B"): 2}
    assert found.placed == found.with_row == found.with_column == 3


@pytest.mark.parametrize("text", ["radio", "raddio", '"radio', "-press", "zzzz", "title:", "(*"])
def test_words_find_what_their_list_finds(four, text):
    found = table(replace(ALL, text=text), rows="line", columns="goal")
    assert found.total in (0, 2, 4)
    if "ra" in text or text == "-press":
        assert found.total == 2


@pytest.mark.parametrize("slug", ["nobody", "a.b", "line\\", ""])
def test_a_facet_that_nothing_carries_is_empty(four, slug):
    found = table(ALL, rows=slug, columns="goal")
    assert found.squares == {}
    assert (found.total, found.with_row, found.placed) == (4, 0, 0)


def test_a_slug_with_a_dot_is_no_path(four):
    four.index(replace(document("5", "Dotted"), facets={"my.line": ("X",), "goal": ("1",)}))
    assert table(ALL, rows="my.line", columns="goal").squares == {("X", "1"): 1}


def test_without_an_index_there_is_a_code_and_no_number(four, tmp_path):
    with override_settings(INDEX_DIR=tmp_path / "none"):
        found = table(replace(ALL, text='"open'), rows="line", columns="goal")
    assert found == Table(problems=("unbalanced_quote", "index_building"))


def test_what_is_kept_is_not_shared_between_questions(four):
    first = table(ALL, rows="line", columns="goal")
    assert table(replace(ALL, page=7, sort="title"), rows="line", columns="goal") is first
    assert table(ALL, rows="goal", columns="line").squares == {
        (column, row): count for (row, column), count in first.squares.items()
    }


def test_a_part_is_counted_with_the_words_of_the_whole(four):
    """By itself it would find any of the words, for want of both."""
    whole = replace(ALL, text="radio press")
    assert table(whole, rows="line", columns="goal").total == 4
    asked = replace(ALL, text="radio")
    narrow = replace(asked, filters={"goal": ("9",)})
    assert table(narrow, rows="line", columns="goal", whole=asked).total == 0
    wrong = replace(ALL, text="raddio")
    narrow = replace(wrong, filters={"goal": ("2",)})
    assert table(narrow, rows="line", columns="goal", whole=wrong).total == 1
