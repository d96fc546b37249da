"""The map and its files."""

import csv
import gzip
import io
import json
import xml.etree.ElementTree as ET

import pytest
from tests.factories import accounts
from tests.web.squeezed import squeezed

from stocktaking.reference import queries as reference
from stocktaking.reference.models import Revision, Scheme, Term

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(register):
    french = accounts.organisation("Of France", country="FR").number
    register.add("One", countries="KE", organisation=french)
    register.add("Two", countries="KE FR")
    register.add("Three", lines="L2", countries="SD")
    register.index()
    return register


def rows_of(response) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_map_answers_its_question_and_says_what_is_counted(three, visit):
    page = squeezed(visit("/en/map/"))
    assert "<h1>Where do the entries work?</h1>" in page
    assert "3 entries." in page
    assert "3 countries are named." in page
    assert "The most: country KE (2)." in page
    assert "an entry counts in every country and region it names" in page


def test_every_square_leads_to_the_list_it_counts(three, visit):
    page = squeezed(visit("/en/map/"))
    link = 'href="/en/entries/?country=KE" aria-label="2 entries: country KE"'
    assert link in page
    assert "<h1>2 entries</h1>" in squeezed(visit("/en/entries/", "country=KE"))


def test_circles_and_bars_lead_to_regions(three, visit):
    page = squeezed(visit("/en/map/"))
    assert 'href="/en/entries/?region=AFR" aria-label="2 entries: region AFR"' in page
    assert '<th scope="row"><a href="/en/entries/?region=AFR">region AFR</a></th>' in page


def test_map_of_where_entries_are_from_counts_seats(three, visit):
    page = squeezed(visit("/en/map/", "place=from"))
    assert "<h1>Where are the entries from?</h1>" in page
    assert 'href="/en/entries/?from-country=FR" aria-label="1 entry: country FR"' in page
    assert "The country of 2 entries is not known." in page
    assert '<a href="/en/map/">Where they work</a>' in page
    assert '<a href="/en/map/?place=from" aria-current="true">Where they are from</a>' in page


def test_filters_are_kept_everywhere(three, visit):
    page = squeezed(visit("/en/map/", "line=L1&place=from&q=one"))
    assert 'class="chip" href="/en/map/?q=one&amp;place=from"' in page
    assert "/en/entries/?from-country=FR&amp;line=L1&amp;q=one" in page
    assert 'href="/en/map.csv?line=L1&amp;place=from&amp;q=one"' in page
    assert 'name="place" value="from"' in page


def test_squares_take_the_place_of_the_chosen_country(three, visit):
    page = squeezed(visit("/en/map/", "country=FR"))
    assert 'href="/en/entries/?country=KE" aria-label="2 entries: country KE"' in page
    assert 'aria-label="1 entry: country FR" class="t1 on"' in page
    assert "Numbers by place leave the filter by place aside" in page
    assert "countries are named" not in page  # that would be of the whole register


def test_places_without_a_square_are_listed_beside(three, visit):
    scheme = Scheme.objects.get(slug="country")
    Term.objects.create(scheme=scheme, code="YT", title={"en": "Mayotte"}, order=9)
    Revision.objects.update(number=6)
    reference.forget()
    three.add("Four", countries="YT")
    three.index()
    page = squeezed(visit("/en/map/"))
    assert "Without a square on the map" in page
    assert '<a href="/en/entries/?country=YT">Mayotte (1)</a>' in page
    assert "Without a region" in page


def test_map_says_what_it_left_out(three, visit):
    response = visit("/en/map/", "colour=red&place=moon&region=XX")
    page = squeezed(response)
    assert response.status_code == 200
    assert "“colour” is not a filter" in page
    assert "“place” is not a filter" in page
    assert "“XX” is not a value" in page


@pytest.mark.parametrize("query", ["year-from=2100", "registered-to=1900", "q=zzzzzz"])
def test_map_of_nothing_says_so(three, visit, query):
    response = visit("/en/map/", query)
    assert response.status_code == 200
    page = squeezed(response)
    assert "Nothing fits all of this" in page
    assert '<svg class="map' not in page


def test_map_of_an_empty_register_says_so(register, visit):
    assert "The register is still empty" in squeezed(visit("/en/map/"))


def test_map_takes_three_hundred_terms(three, visit):
    query = "&".join(f"country={code}" for code in ["KE", "FR", "SD"] * 100)
    assert visit("/en/map/", query).status_code == 200


def test_csv_has_a_row_for_each_region_and_country(three, visit):
    response = visit("/en/map.csv", "line=L1")
    rows = rows_of(response)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    found = {(row["place"], row["code"]): row["entries"] for row in rows}
    assert found == {
        ("region", "AFR"): "2",
        ("region", "EUR"): "1",
        ("region", "ARB"): "0",
        ("country", "KE"): "2",
        ("country", "FR"): "1",
        ("country", "SD"): "0",
    }
    assert {row["regions"] for row in rows if row["code"] == "KE"} == {"AFR"}
    assert {row["basis"] for row in rows} == {"works"}


def test_svg_is_a_picture_that_says_its_source(three, visit):
    response = visit("/ar/map.svg", "country=KE")
    assert response["Content-Type"] == "image/svg+xml; charset=utf-8"
    root = ET.fromstring(response.content)  # noqa: S314 - of our own making
    assert root.get("direction") == "rtl"
    assert "country KE" in root.find("{*}desc").text


def test_explore_leads_to_the_map_and_back(three, visit):
    assert 'href="/en/map/?line=L1">Map</a>' in squeezed(visit("/en/entries/", "line=L1"))
    page = squeezed(visit("/en/map/", "line=L1"))
    assert '<a href="/en/entries/?line=L1">List</a>' in page
    assert '<a href="/en/map/?line=L1" aria-current="page">Map</a>' in page


def test_countries_can_be_ticked_to_compare_them(three, visit):
    page = squeezed(visit("/en/map/", "place=from&line=L1"))
    assert 'type="checkbox" name="from-country" value="FR"' in page
    assert '<input type="hidden" name="line" value="L1">' in page


def test_a_map_that_did_not_change_is_not_sent_again(three, visit):
    first = visit("/en/map/")
    assert visit("/en/map/", **{"If-None-Match": first["ETag"]}).status_code == 304


def test_map_asks_the_database_for_nothing(three, visit, django_assert_num_queries):
    reference.catalogue()
    with django_assert_num_queries(0):
        assert visit("/en/map/", "line=L1").status_code == 200


def test_map_keeps_its_budget(three, visit):
    for code in ("en", "ar"):
        assert len(gzip.compress(visit(f"/{code}/map/").content)) <= 20_000


@pytest.fixture
def outlines(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    (tmp_path / "map").mkdir()
    ring = [[30, 0], [40, 0], [40, -10], [30, 0]]
    shape = {"geometry": {"type": "Polygon", "coordinates": [ring]}, "id": "KE"}
    content = json.dumps({"type": "FeatureCollection", "features": [shape]})
    (tmp_path / "map" / "outlines.geojson").write_text(content)
    (tmp_path / "map" / "notice.en.txt").write_text("No opinion on <any> border.")


def test_outlines_are_shown_with_their_notice(three, visit, outlines):
    page = squeezed(visit("/fr/map/", "line=L1"))
    assert 'src="/fr/map-outlines.svg?line=L1"' in page
    assert '<p class="note" lang="en" dir="ltr">No opinion on &lt;any&gt; border.</p>' in page
    response = visit("/fr/map-outlines.svg", "line=L1")
    assert response["Content-Type"] == "image/svg+xml; charset=utf-8"
    root = ET.fromstring(response.content)  # noqa: S314 - of our own making
    assert root.find("{*}desc").text == "No opinion on <any> border."
    assert '<path fill="#d9e8f5"' in response.content.decode()  # two entries: the first step


def test_without_outlines_there_is_no_picture_of_them(three, visit):
    assert "own-map" not in squeezed(visit("/en/map/"))
    assert visit("/en/map-outlines.svg").status_code == 404
