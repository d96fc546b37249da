"""The pages of trends and their files."""

import csv
import datetime as dt
import gzip
import io
import re
import xml.etree.ElementTree as ET

import pytest
from django.conf import settings
from tests.factories import accounts
from tests.insight.trends.conftest import widen

from stocktaking.entries.models import Entry
from stocktaking.insight.queries.trends import NAMES, THEMES
from stocktaking.kernel import clock, languages
from stocktaking.search import operations as search

pytestmark = pytest.mark.django_db
PAGES = ("/en/trends/", "/en/trends/subjects/", "/en/trends/places/")


@pytest.fixture
def few(register):
    widen()
    ministry = accounts.organisation(country="KE", type="government").number
    for year, lines, goals in ((2023, "L1", "3"), (2024, "L1 L2", "3"), (2024, "L2", "1")):
        made = register.add(f"Net {year} {lines}", lines=lines, goals=goals, organisation=ministry)
        Entry.objects.filter(pk=made.pk).update(registered_on=dt.date(year, 5, 4))
    search.rebuild()
    return register


def rows_of(response):
    content = b"".join(response) if response.streaming else response.content
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_page_answers_each_question(few, visit):
    page = visit("/en/trends/").content.decode()
    assert "Is the register growing?" in page
    assert "From 1 at the end of 2023 to 3 entries today; the last came in 2024." in page
    assert '<b class="big">3</b>' in page
    assert 'role="img" aria-label="Is the register growing?"' in page
    assert "<desc>From 1 at the end of 2023" in page
    assert "3 published entries of the register, as of" in page
    assert ' style="' not in page  # the code for other sites is text
    assert "<script" not in page


@pytest.mark.parametrize("path", PAGES)
def test_every_trend_has_question_table_source_and_files(few, visit, path):
    page = visit(path).content.decode()
    theme = path.strip("/").split("/")[-1].replace("trends", "growth")
    for name in THEMES[theme]:
        band = page.split(f'id="{name}"', 1)[1].split("</section>", 1)[0]
        assert f'id="q-{name}"' in band
        if '<svg class="fig' in band or 'class="bars"' in band:
            assert 'class="grid trend-table"' in band
            assert f'href="/en/trends/{name}.svg"' in band
        assert '<p class="source">' in band
        assert f'href="/en/trends/{name}.csv"' in band


def test_table_leads_to_the_entries_behind_a_number(few, visit):
    page = visit("/en/trends/").content.decode()
    assert 'href="/en/entries/?registered-from=2024&amp;registered-to=2024">2024</a>' in page
    subjects = visit("/en/trends/subjects/").content.decode()
    assert 'href="/en/entries/?line=L2"' in subjects


def test_filters_of_a_list_narrow_trends_and_stay_in_their_links(few, visit):
    page = visit("/en/trends/subjects/", "goal=3&view=table&sort=title&page=7").content.decode()
    assert "The 2 entries behind it, with all filters" in page
    assert 'class="chip" href="/en/trends/subjects/"' in page
    assert 'href="/en/trends/lines.csv?goal=3"' in page
    assert 'href="/en/trends/?goal=3"' in page
    assert "/en/entries/?goal=3&amp;line=L2" in page
    assert '<input type="hidden" name="goal" value="3">' in page


def test_a_term_beside_the_filter_of_its_own_facet_has_no_list(few, visit):
    """Entries of goal 3 that carry goal 1 too cannot be asked for: a list takes either."""
    few.add("Both", lines="L1", goals="1 3")
    few.index()
    page = visit("/en/trends/subjects/", "goal=3").content.decode()
    band = page.split('id="goals"', 1)[1].split("</section>", 1)[0]
    assert re.search(r'<th scope="row"><a href="/en/entries/\?goal=3">.*?</th>', band)
    assert "goal=1" not in band.replace("goal=3", "")


def test_span_of_a_year_stays_within_the_days_asked_for(few, visit):
    page = visit("/en/trends/", "registered-from=2024-03&registered-to=2024-09").content.decode()
    assert "registered-from=2024-03&amp;registered-to=2024-09" in page
    assert "2024 is not whole and drawn as an outline." in page
    assert 'value="2024-03"' in page


def test_nothing_found_is_explained(few, visit):
    response = visit("/en/trends/", "goal=2&line=L1")
    page = response.content.decode()
    assert response.status_code == 200
    assert "Nothing fits all of this" in page
    assert "<figure" not in page


def test_empty_register_is_explained(register, visit):
    for path in PAGES:
        assert "The register is still empty" in visit(path).content.decode()


def test_what_is_not_known_is_told(few, visit):
    page = visit("/en/trends/", "goal=99&colour=red&registered-from=yesterday").content.decode()
    assert "Not everything was understood" in page
    assert "“99” is not a value of the filter “goal” and was ignored." in page


@pytest.mark.parametrize("query", ["registered-from=1900&registered-to=2100", "year-from=1900"])
def test_years_1900_and_2100_are_no_matter(few, visit, query):
    assert visit("/en/trends/", query).status_code == 200
    told = rows_of(visit("/en/trends/total.csv", query))
    assert [row["registered"] for row in told] == ["2023", "2024"]


def test_three_hundred_terms_are_answered(few, visit):
    query = "&".join(f"organisation={number}" for number in range(1, 301))
    for path in PAGES:
        assert visit(path, query).status_code == 200


def test_csv_has_the_numbers_of_the_page(few, visit):
    response = visit("/en/trends/lines.csv", "goal=3")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    day = clock.now().date().isoformat()
    assert response["Content-Disposition"] == f'attachment; filename="trend-lines-{day}.csv"'
    assert rows_of(response) == [
        {"code": "L1", "title": "line L1", "2023": "1", "2024": "1", "entries": "2"},
        {"code": "L2", "title": "line L2", "2023": "0", "2024": "1", "entries": "1"},
    ]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("form", ["csv", "svg"])
def test_each_trend_can_be_taken_in_each_form(few, visit, name, form):
    response = visit(f"/ar/trends/{name}.{form}")
    assert response.status_code == 200
    if form == "svg":
        drawn = ET.fromstring(response.content)  # noqa: S314
        assert drawn.get("direction") == "rtl"
    else:
        assert "\u2066" not in "".join(str(row) for row in rows_of(response))


@pytest.mark.parametrize("path", ["trends/total", "map", "matrix"])
def test_a_picture_says_by_what_its_entries_were_chosen(few, visit, path):
    drawn = ET.fromstring(visit(f"/en/{path}.svg", "q=net&line=L1").content)  # noqa: S314
    said = " ".join(drawn.itertext())
    assert "net, " in said
    assert "line L1" in said


def test_there_is_no_file_of_a_trend_that_does_not_exist(few, visit):
    assert visit("/en/trends/nothing.csv").status_code == 404
    assert visit("/en/trends/total.pdf").status_code == 404
    assert visit("/en/trends/nothing/").status_code == 404


def test_file_of_an_empty_selection_says_so(few, visit):
    response = visit("/en/trends/total.svg", "goal=2")
    assert "Nobody yet: no entry fits." in response.content.decode()
    assert rows_of(visit("/en/trends/total.csv", "goal=2")) == []


def test_while_there_is_no_index_nothing_is_claimed(db, visit):
    for path in ("/en/trends/", "/en/trends/total.csv"):
        response = visit(path)
        assert response.status_code == 503
        assert response["Retry-After"]


def test_page_is_kept_by_day_and_data(few, visit):
    first = visit("/en/trends/")
    assert visit("/en/trends/", **{"if-none-match": first["ETag"]}).status_code == 304
    few.add("Another", lines="L1")
    few.index()
    assert visit("/en/trends/", **{"if-none-match": first["ETag"]}).status_code == 200


def test_search_engines_keep_few_combinations(few, visit):
    assert "noindex" not in visit("/en/trends/").content.decode()
    assert "noindex" not in visit("/en/trends/", "goal=3").content.decode()
    assert "noindex" in visit("/en/trends/", "goal=3&line=L1").content.decode()
    assert "noindex" in visit("/en/trends/", "q=net").content.decode()


def test_list_and_menu_lead_to_trends(few, visit):
    page = visit("/en/entries/", "goal=3").content.decode()
    assert 'href="/en/trends/?goal=3"' in page
    assert 'href="/en/trends/"' in page


@pytest.mark.parametrize("language", languages.CODES)
def test_pages_keep_within_the_budget_in_every_language(few, visit, language):
    for path in PAGES:
        response = visit(path.replace("/en/", f"/{language}/"))
        assert response.status_code == 200
        assert len(gzip.compress(response.content)) < 20_000
        assert settings.BASE_URL in response.content.decode()


def test_changes_are_told_in_points_with_their_sign(few, visit):
    page = visit("/en/trends/subjects/").content.decode()
    band = page.split('id="goals"', 1)[1].split("</section>", 1)[0]
    assert "Change in points, at least" in band
    assert re.search(r'<td class="r">−\d', band)
    assert re.search(r'<td class="r">\+\d', band)
    assert '<span class="muted">3</span> goal 3' in band
