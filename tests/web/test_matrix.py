"""The matrix page and its files."""

import csv
import gzip
import io

import pytest

from stocktaking.reference import queries as reference
from stocktaking.reference.models import Crosswalk, Revision

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(register):
    register.add("One", lines="L1", goals="3", countries="KE")
    register.add("Two", lines="L1 L2", goals="3", countries="FR")
    register.add("Three", lines="L1", goals="1", countries="KE")
    register.index()
    return register


def rows_of(response) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_matrix_counts_and_links_each_square(three, visit):
    page = visit("/en/matrix/").content.decode()
    assert "<h1>2 × 3: the matrix</h1>" in page
    assert 'aria-label="2 entries: line L1, 3 goal 3"' in page
    assert '<td class="tot">3</td>' in page
    assert "Linked, and empty" in page
    assert "Filled, and not linked" in page
    assert "Because L1 serves 1." in page
    assert "1.4" in page


def test_matrix_shows_shares(three, visit):
    page = visit("/en/matrix/", "show=row").content.decode()
    assert 'aria-label="67%: 2 entries: line L1, 3 goal 3">67</a>' in page
    assert ">100</a>" in visit("/en/matrix/", "show=column").content.decode()


def test_matrix_of_links_leaves_the_others_empty(three, visit):
    page = visit("/en/matrix/", "show=links").content.decode()
    assert 'aria-label="1 entry: line L1, 1 goal 1"' in page
    assert 'aria-label="2 entries: line L1, 3 goal 3"' not in page


def test_filtered_matrix_has_chips_no_red_and_keeps_its_filter(three, visit):
    page = visit("/en/matrix/", "region=AFR&show=row").content.decode()
    assert 'class="chip" href="/en/matrix/?show=row"' in page
    assert 'class="gap"' not in page
    assert "/en/entries/?goal=3&amp;line=L1&amp;region=AFR" in page
    assert '<option value="AFR" selected>' in page
    assert 'href="/en/matrix.csv?region=AFR&amp;show=row"' in page


def test_matrix_says_what_it_left_out(three, visit):
    response = visit("/en/matrix/", "colour=red&region=XX&show=sideways")
    page = response.content.decode()
    assert response.status_code == 200
    assert "colour: red" in page
    assert "region: XX" in page
    assert "show: sideways" not in page


def test_matrix_as_csv_has_a_row_for_each_square(three, visit):
    response = visit("/en/matrix.csv")
    rows = rows_of(response)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert len(rows) == 6
    first = rows[0]
    assert (first["row"], first["column"], first["entries"]) == ("L1", "1", "1")
    assert (first["reference_link"], first["targets"]) == ("1", "1.4")
    assert sum(int(row["entries"]) for row in rows) == 4


def test_matrix_as_csv_follows_the_filter(three, visit):
    rows = rows_of(visit("/en/matrix.csv", "country=FR"))
    assert {(r["row"], r["column"]): r["entries"] for r in rows}["L2", "3"] == "1"
    assert sum(int(row["entries"]) for row in rows) == 2


def test_matrix_as_svg_is_a_picture(three, visit):
    response = visit("/ar/matrix.svg", "show=row")
    assert response["Content-Type"] == "image/svg+xml; charset=utf-8"
    assert 'direction="rtl"' in response.content.decode()


def test_matrix_without_a_crosswalk_is_not_found(three, visit):
    Crosswalk.objects.all().delete()
    Revision.objects.update(number=9)
    reference.forget()
    assert visit("/en/matrix/").status_code == 404
    assert visit("/en/matrix.svg").status_code == 404


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
        assert len(gzip.compress(visit(f"/{code}/matrix/").content)) <= 20_000
