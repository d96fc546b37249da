"""The matrix page: what it shows of the grid, its filters, its words."""

import gzip
import re

import pytest
from django.test import override_settings

from stocktaking.reference import queries as reference
from stocktaking.reference.models import Crosswalk, Revision, Scheme

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(register):
    register.add("One", lines="L1", goals="3", countries="KE")
    register.add("Two", lines="L1 L2", goals="3", countries="FR")
    register.add("Three", lines="L1", goals="1", countries="KE")
    register.index()
    return register


def shown(visit, query: str = "", language: str = "en") -> str:
    response = visit(f"/{language}/matrix/", query)
    assert response.status_code == 200
    return response.content.decode()


def without_crosswalk() -> None:
    Crosswalk.objects.all().delete()
    Revision.objects.update(number=9)
    reference.forget()


def test_matrix_counts_and_links_each_square(three, visit):
    page = shown(visit)
    assert "<h1>2 × 3: the matrix</h1>" in page
    assert 'aria-label="2 entries: line L1, 3 goal 3"' in page
    assert '<td class="tot">3</td>' in page
    assert "Linked, and empty" in page
    assert "Filled, and not linked" in page


def test_reasons_and_targets_are_one_click_away(three, visit):
    assert 'href="/en/matrix/?show=links#read"' in shown(visit)
    page = shown(visit, "show=links")
    assert "Because L1 serves 1." in page
    assert "1.4" in page
    assert "#read" not in page


def test_matrix_names_the_three_gaps_with_their_numbers(three, visit):
    found = re.search(r'<table class="grid m-kinds">.*?</table>', shown(visit), re.DOTALL)[0]
    figures = re.findall(r'<td class="r">(?:<a href="#\w+">)?(\d+)', found)
    assert figures == ["1", "1", "2", "2"]  # both, linked and empty, not linked, neither


def test_matrix_shows_shares(three, visit):
    page = shown(visit, "show=row")
    assert 'aria-label="67%: 2 entries: line L1, 3 goal 3">67</a>' in page
    assert ">100</a>" in shown(visit, "show=column")


def test_matrix_of_links_leaves_the_others_empty(three, visit):
    page = shown(visit, "show=links")
    assert 'aria-label="1 entry: line L1, 1 goal 1"' in page
    assert 'aria-label="2 entries: line L1, 3 goal 3"' not in page


def test_filtered_matrix_has_chips_no_red_and_keeps_its_filter(three, visit):
    page = shown(visit, "region=AFR&show=row")
    assert 'class="chip" href="/en/matrix/?show=row"' in page
    assert 'class="gap"' not in page
    assert "/en/entries/?goal=3&amp;line=L1&amp;region=AFR" in page
    assert 'name="region" value="AFR" checked' in page
    assert 'href="/en/matrix.csv?region=AFR&amp;show=row"' in page
    assert "Only the whole register has gaps." in page


def test_matrix_says_what_it_left_out(three, visit):
    page = shown(visit, "colour=red&region=XX&show=sideways&rows=nothing")
    assert "“colour” is not a filter" in page
    assert "“XX” is not a value of the filter “region”" in page
    assert "“sideways” is not a choice for “show”" in page
    assert "“nothing” is not a choice for “rows”" in page
    assert "2 × 3: the matrix" in page


def test_any_two_schemes_make_a_matrix(three, visit):
    page = shown(visit, "rows=country&columns=status")
    assert "<h1>Countries they work in × Status</h1>" in page
    assert "/en/entries/?country=KE&amp;status=ongoing" not in page  # nothing is stated of it
    assert 'class="tall"' in page
    assert "Linked, and empty" not in page
    assert '<option value="links"' not in page
    assert '<option value="country" selected>' in page


def test_a_place_says_whether_entries_work_there_or_are_from_there(three, visit):
    page = shown(visit, "rows=region&columns=from-region")
    assert "Rows: Region it works in. Columns: Region it is from." in page
    assert "Where an entry is from is the seat of its organisation" in page
    assert "3 of them stand in no square" in page


def test_sides_can_be_swapped_and_keep_the_links_of_the_reference(three, visit):
    assert 'href="/en/matrix/?columns=line&amp;rows=goal"' in shown(visit)
    page = shown(visit, "rows=goal&columns=line")
    assert 'aria-label="2 entries: 3 goal 3, line L1"' in page
    assert "Linked, and empty" in page
    assert 'class="h1 ref"' in page


def test_a_scheme_against_itself_is_explained(three, visit):
    page = shown(visit, "rows=line&columns=line")
    assert "counts the entries that carry both terms" in page
    assert 'href="/en/entries/?line=L1" aria-label="3 entries: line L1, line L1"' in page
    assert "<i>1</i>" in page  # both lines, which no list can ask for
    assert "carries only one of its terms" in shown(visit, "rows=status&columns=status")


def test_a_filter_on_a_side_chooses_what_is_drawn(three, visit):
    page = shown(visit, "goal=3")
    assert 'aria-label="2 entries: line L1, 3 goal 3"' in page
    assert "goal 1" not in re.search(r'<table class="plate">.*?</table>', page, re.DOTALL)[0]
    assert "The filter “Goal” chooses what is drawn on its side." in page
    assert 'href="/en/entries/?goal=3&amp;line=L1"' in page


def test_nothing_fits_is_told_with_a_way_back(three, visit):
    page = shown(visit, "q=zzzzqqqq")
    assert "Nothing fits all of this" in page
    assert '<table class="plate">' not in page
    assert 'href="/en/matrix/">The matrix of all entries</a>' in page


def test_an_empty_register_has_a_matrix(register, visit):
    page = shown(visit)
    assert "0 entries." in page
    assert 'class="gap"' in page


def test_one_entry_is_not_called_a_tendency(register, visit):
    register.add("Only")
    register.index()
    page = shown(visit, "show=over")
    assert "Of one entry, shares and tendencies say nothing." in page
    assert 'aria-label="too few to say. 1 entry: line L1, 3 goal 3">–</a>' in page
    assert "No square differs clearly from chance." in page


def test_the_table_has_the_squares_one_by_one(three, visit):
    page = shown(visit, "view=table")
    assert '<table class="plate">' not in page
    assert '<a href="/en/entries/?goal=3&amp;line=L1">2</a>' in page
    assert "linked, empty" in page
    assert "not linked" in page
    assert 'href="/en/matrix/?view=table" aria-current="page"' in page


def test_many_filters_are_told_and_leave_squares_without_links(three, visit):
    codes = "&".join(f"country={code}" for code in ("KE", "FR", "SD"))
    assert 'class="chip"' in shown(visit, codes)
    many = "&".join(f"organisation={number}" for number in range(300))
    page = shown(visit, many)
    assert len(gzip.compress(page.encode())) <= 20_000
    assert "Not everything was understood" in page


def test_matrix_without_a_crosswalk_has_no_reference(three, visit):
    without_crosswalk()
    page = shown(visit, "rows=line&columns=goal")
    assert "Reference and practice" not in page
    assert 'aria-label="2 entries: line L1, 3 goal 3"' in page
    assert visit("/en/matrix.svg").status_code == 200


def test_matrix_without_schemes_is_not_found(three, visit):
    Scheme.objects.update(facet=False)
    without_crosswalk()
    assert visit("/en/matrix/").status_code == 404
    assert visit("/en/matrix.csv").status_code == 404


def test_matrix_while_the_index_is_built_is_no_false_answer(three, visit, settings, tmp_path):
    with override_settings(INDEX_DIR=tmp_path / "none"):
        for path in ("/en/matrix/", "/en/matrix.csv"):
            response = visit(path)
            assert response.status_code == 503
            assert response["Retry-After"]


@pytest.mark.parametrize("count", [1, 3])
def test_matrix_asks_the_database_as_often_for_one_as_for_three(
    register, visit, count, django_assert_num_queries
):
    for _ in range(count):
        register.add()
    register.index()
    reference.catalogue()
    with django_assert_num_queries(0):
        assert visit("/en/matrix/").status_code == 200


def test_matrix_keeps_its_budget(three, visit):
    for code in ("en", "ar"):
        for query in ("", "view=table", "show=over"):
            page = visit(f"/{code}/matrix/", query).content
            assert len(gzip.compress(page)) <= 20_000
