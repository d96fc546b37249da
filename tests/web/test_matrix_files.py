"""The matrix to take along, and the comparison of two periods."""

import csv
import datetime as dt
import io
import re
import xml.etree.ElementTree as ET
from html import unescape
from urllib.parse import parse_qsl

import pytest

pytestmark = pytest.mark.django_db
YEARS = "period=2026&against=2023"


@pytest.fixture
def three(register):
    register.add("One", lines="L1", goals="3", countries="KE")
    register.add("Two", lines="L1 L2", goals="3", countries="FR")
    earlier = dt.datetime(2023, 5, 1, tzinfo=dt.UTC)
    register.add("Three", lines="L1", goals="1", countries="KE", at=earlier)
    register.index()
    return register


def rows_of(response) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


def squares(response) -> dict[tuple[str, str], dict[str, str]]:
    return {(row["row"], row["column"]): row for row in rows_of(response)}


def shown(visit, query: str, language: str = "en") -> str:
    return visit(f"/{language}/matrix/", query).content.decode()


def test_matrix_as_csv_has_a_row_for_each_square(three, visit):
    response = visit("/en/matrix.csv")
    rows = rows_of(response)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert len(rows) == 6
    first = rows[0]
    assert (first["row"], first["column"], first["entries"]) == ("L1", "1", "1")
    assert (first["reference_link"], first["targets"]) == ("1", "1.4")
    assert (first["expected"], first["standing"]) == ("1.0", "too_few")
    assert first["entries_before"] == ""
    assert sum(int(row["entries"]) for row in rows) == 4


@pytest.mark.parametrize("form", ["csv", "svg"])
def test_other_sites_may_read_the_files_as_they_may_those_of_trends_and_maps(three, visit, form):
    for name in ("matrix", "map", "trends/lines"):
        response = visit(f"/en/{name}.{form}")
        assert response.status_code == 200
        assert response["Access-Control-Allow-Origin"] == "*"
        assert response["Content-Disposition"].endswith(f'.{form}"')


def test_matrix_as_csv_follows_the_filter(three, visit):
    found = squares(visit("/en/matrix.csv", "country=FR"))
    assert found["L2", "3"]["entries"] == "1"
    assert sum(int(row["entries"]) for row in found.values()) == 2


def test_matrix_as_csv_follows_the_sides(three, visit):
    found = squares(visit("/en/matrix.csv", "rows=country&columns=line"))
    assert found["KE", "L1"]["entries"] == "2"
    assert found["FR", "L2"]["entries"] == "1"
    assert found["KE", "L1"]["reference_link"] == "0"


def test_matrix_as_csv_compares_periods(three, visit):
    found = squares(visit("/en/matrix.csv", f"show=change&{YEARS}"))["L1", "1"]
    assert (found["entries"], found["entries_before"], found["difference"]) == ("0", "1", "-1")
    assert (found["share"], found["share_before"], found["share_change"]) == ("0.0", "1.0", "-1.0")


def test_matrix_as_svg_is_a_picture_that_stands_alone(three, visit):
    for query in ("", "show=over", f"show=change&{YEARS}", "rows=country&columns=status"):
        response = visit("/ar/matrix.svg", query)
        assert response["Content-Type"] == "image/svg+xml; charset=utf-8"
        root = ET.fromstring(response.content)  # noqa: S314 - our own
        assert root.get("direction") == "rtl"
        assert root.find("{http://www.w3.org/2000/svg}title").text


def test_change_shows_both_counts_and_outlines_fewer(three, visit):
    page = shown(visit, f"show=change&{YEARS}")
    assert 'aria-label="+2, from 0 to 2: line L1, 3 goal 3">+2</a>' in page
    assert 'aria-label="−1, from 1 to 0: line L1, 1 goal 1">−1</a>' in page
    assert '<td class="low ref">' in page
    assert "2023: 1 entry was registered." in page
    assert "2026: 2 entries were registered." in page
    assert 'class="gap"' not in page
    # a square leads to the entries that were registered in the first period
    link = "/en/entries/?goal=3&amp;line=L1&amp;registered-from=2026&amp;registered-to=2026"
    assert link in page


def test_change_of_the_share_is_in_points(three, visit):
    page = shown(visit, f"show=shift&{YEARS}")
    assert 'aria-label="+100 points, from 0% to 100%: line L1, 3 goal 3">+100</a>' in page


def test_signs_stand_before_numbers_in_arabic(three, visit):
    assert "\N{LEFT-TO-RIGHT MARK}+2</a>" in shown(visit, f"show=change&{YEARS}", "ar")


def test_periods_without_names_are_the_last_year_and_the_one_before(three, visit, monkeypatch):
    moment = dt.datetime(2027, 2, 1, tzinfo=dt.UTC)
    monkeypatch.setattr("stocktaking.kernel.clock.stamp", lambda: moment)
    page = shown(visit, "show=change")
    assert 'name="period" value="2026"' in page
    assert 'name="against" value="2025"' in page


def test_a_filter_by_registration_becomes_the_first_period(three, visit):
    page = shown(visit, "show=change&registered-from=2022&registered-to=2023")
    assert 'name="period" value="2022–2023"' in page
    assert 'name="against" value="2020–2021"' in page
    assert 'name="registered-from"' not in page
    page = shown(visit, "show=change&registered-to=2023")
    assert 'name="period" value="2023"' in page
    assert 'name="against" value="2022"' in page


def test_periods_long_gone_and_far_off_are_explained(three, visit):
    page = shown(visit, "show=change&period=2100&against=1900")
    assert "Nothing was registered in these periods" in page
    page = shown(visit, "show=change&period=2026&against=1900")
    assert "1900: no entry was registered, so shares are zero." in page


def test_what_is_no_period_is_told(three, visit):
    page = shown(visit, "show=change&period=soon&against=2023")
    assert "“soon” is not a date" in page


def test_periods_of_different_length_are_told(three, visit):
    page = shown(visit, "show=change&period=2026&against=2020..2023")
    assert "The periods differ in length" in page


def test_periods_are_kept_only_where_they_compare(three, visit):
    page = shown(visit, f"show=row&{YEARS}")
    assert 'name="period"' not in page
    assert 'href="/en/matrix.csv?show=row"' in page
    assert "registered-from=2026" not in page


@pytest.mark.parametrize(
    "query",
    [
        "",
        "goal=3",
        "goal=3&goal=1&line=L1",
        "region=AFR&show=row",
        "rows=goal&columns=country&country=KE&country=FR",
        "rows=line&columns=line&line=L2",
        f"show=change&{YEARS}",
        "q=one&rows=region&columns=line",
    ],
)
def test_every_square_leads_to_as_many_entries_as_it_counts(three, visit, query):
    plate = re.search(r'<table class="plate">.*?</table>', shown(visit, query), re.DOTALL)[0]
    counted = squares(visit("/en/matrix.csv", query))
    links = {unescape(link) for link in re.findall(r'<td[^>]*><a href="([^"]+)"', plate)}
    assert links
    asked = dict(parse_qsl(query))
    row, column = asked.get("rows", "line"), asked.get("columns", "goal")
    for link in links:
        parameters = link.partition("?")[2]
        stated = parse_qsl(parameters)
        terms = [value for name, value in stated if name in (row, column)]
        ends = terms * 2 if row == column else [dict(stated)[row], dict(stated)[column]]
        told = re.search(r"<h1>(\d+) entr", visit("/en/entries/", parameters).content.decode())
        found = int(told[1]) if told else 0  # an empty square has a page of its own
        assert int(counted[ends[0], ends[1]]["entries"]) == found, link
