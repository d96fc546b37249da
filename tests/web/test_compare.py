"""Entries, countries and regions side by side."""

import csv
import gzip
import io

import pytest
from tests.factories import accounts
from tests.factories.entries import AT
from tests.web.squeezed import squeezed

from stocktaking.entries import operations as entries

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(register):
    owner = accounts.organisation("=Owner", country="FR").number
    register.add("One", lines="L1 L2", goals="1", countries="KE FR", organisation=owner)
    register.add("Two", lines="L1", goals="2", countries="KE", organisation=owner)
    register.add("Three", lines="L2", goals="3", countries="SD")
    register.index()
    return register


@pytest.fixture
def numbers(three) -> list[int]:
    return [entry.pk for entry in three.made]


def rows_of(response) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


def asked(numbers: list[int]) -> str:
    return "&".join(f"entry={number}" for number in numbers)


def test_entries_stand_side_by_side_with_what_they_share(numbers, visit):
    page = squeezed(visit("/en/compare/", asked(numbers[:2])))
    assert "<h1>2 entries side by side</h1>" in page
    shared = page.split("All of them</th>")[1].split("</tr>")[0]
    assert "line L1" in shared
    assert "line L2" not in shared
    assert 'name="robots" content="noindex' in page


def test_one_entry_is_explained_and_offered_others(numbers, visit):
    page = squeezed(visit("/en/compare/", asked(numbers[:1])))
    assert "One entry alone cannot be compared." in page
    assert f'type="hidden" name="entry" value="{numbers[0]}"' in page
    assert 'for="entry-2"' in page
    assert "<table" not in page


def test_numbers_that_are_none_are_named(numbers, visit):
    page = squeezed(visit("/en/compare/", "entry=abc&entry=0&entry=987654&entry=%00"))
    assert "<bdi>“abc”</bdi>is not the number of an entry." in page
    assert "<bdi>“0”</bdi>is not the number of an entry." in page
    assert "There is no published entry with the number 987654." in page
    assert "There is nothing to compare here." in page


def test_withdrawn_entries_are_gone_at_once_and_named(numbers, visit):
    first = visit("/en/compare/", asked(numbers[:2]))
    entries.withdraw_entry(number=numbers[0], reason="Wrong.", by=None, at=AT)
    again = visit("/en/compare/", asked(numbers[:2]), **{"If-None-Match": first["ETag"]})
    assert again.status_code == 200
    page = squeezed(again)
    assert f"Entry {numbers[0]} was withdrawn." in page
    assert ">One<" not in page


def test_a_fifth_entry_is_left_out_and_named(three, numbers, visit):
    more = [three.add().pk for _ in range(2)]
    page = squeezed(visit("/en/compare/", asked([*numbers, *more])))
    assert "4 entries side by side" in page
    assert f"Entry {more[1]} was left out" in page


def test_entries_come_before_places(numbers, visit):
    page = squeezed(visit("/en/compare/", f"{asked(numbers[:2])}&country=KE"))
    assert "2 entries side by side" in page
    assert "Entries and places cannot stand side by side." in page


def test_nothing_named_offers_to_choose(three, visit):
    page = squeezed(visit("/en/compare/"))
    assert "Choose two to six countries, or two to six regions." in page
    assert '<option value="country FR">' in page
    assert "noindex" not in page


def test_countries_have_counts_that_lead_to_lists(three, visit):
    page = squeezed(visit("/en/compare/", "country=KE&country=FR&line=L1"))
    assert "<h1>Side by side: country KE, country FR</h1>" in page
    assert '<a href="/en/entries/?country=KE&amp;line=L1">2</a>' in page
    assert '<a href="/en/entries/?country=FR&amp;line=L2">1</a>' in page  # its own filter aside
    assert "only country KE" in page
    assert "Entries that work in both" in page


def test_countries_are_known_by_their_names_too(three, visit):
    page = squeezed(visit("/en/compare/", "country=Country+ke&country=country+SD+(fr)"))
    assert "<h1>Side by side: country KE, country SD</h1>" in page
    assert 'rel="canonical"' not in page  # a comparison is not for search engines


def test_where_entries_are_from_is_compared_by_its_own_parameters(three, visit):
    page = squeezed(visit("/en/compare/", "place=from&from-country=FR&from-country=KE"))
    assert '<a href="/en/entries/?from-country=FR">2</a>' in page
    assert "an entry counts in the country of its organisation" in page
    assert "Entries that work in both" not in page
    assert 'href="/en/compare/?country=FR&amp;country=KE"' in page


def test_regions_are_compared(three, visit):
    page = squeezed(visit("/en/compare/", "region=AFR&region=ARB"))
    assert '<a href="/en/entries/?region=AFR">2</a>' in page
    assert 'name="region" value="AFR" checked' in page


def test_one_place_is_explained_and_kept_in_the_form(three, visit):
    page = squeezed(visit("/en/compare/", "country=KE&country=KE&country="))
    assert "country KE alone cannot be compared." in page
    assert 'list="countries" value="country KE"' in page
    assert "<table" not in page


def test_what_is_no_place_is_named(three, visit):
    page = squeezed(visit("/en/compare/", "country=KE&country=Atlantis&colour=red"))
    assert "There is no country<bdi>“Atlantis”</bdi>here." in page
    assert "“colour” is not a filter" in page
    assert visit("/en/compare/", "region=%3Cb%3E").content.decode().count("<b>") == 0


@pytest.mark.parametrize("name", ["entry", "country", "region"])
def test_three_hundred_values_are_no_failure(three, visit, name):
    query = "&".join(f"{name}={number}" for number in range(300))
    assert visit("/en/compare/", query).status_code == 200


def test_taking_one_out_leaves_the_others(three, visit):
    page = squeezed(visit("/en/compare/", "country=KE&country=FR&country=SD"))
    assert 'href="/en/compare/?country=KE&amp;country=SD"' in page


def test_csv_of_places_has_a_column_for_each(three, visit):
    response = visit("/en/compare.csv", "country=KE&country=FR")
    rows = rows_of(response)
    found = {(row["part"], row["code"]): (row["KE"], row["FR"]) for row in rows}
    assert found["entries", ""] == ("2", "1")
    assert found["line", "L1"] == ("2", "1")
    assert found["in_common", "KE"] == ("", "1")
    ages = [found["freshness", age] for age in ("fresh", "ageing", "stale")]
    assert sorted(ages) == [("0", "0"), ("0", "0"), ("2", "1")]
    organisation = next(row for row in rows if row["part"] == "organisation")
    assert organisation["title"] == "'=Owner"


def test_csv_of_entries_has_a_column_for_each(numbers, visit):
    rows = rows_of(visit("/en/compare.csv", asked(numbers[:2])))
    found = {(row["part"], row["code"]): row for row in rows}
    one, two = (str(number) for number in numbers[:2])
    assert (found["title", ""][one], found["title", ""][two]) == ("One", "Two")
    assert (found["line", "L2"][one], found["line", "L2"][two]) == ("1", "0")
    assert found["from_country", ""][one] == "FR"


def test_lists_and_entries_lead_here(numbers, visit):
    page = squeezed(visit("/en/entries/"))
    assert f'type="checkbox" name="entry" value="{numbers[0]}" form="compare"' in page
    assert '<form id="compare" action="/en/compare/"' in page
    entry = squeezed(visit(f"/en/entries/{numbers[0]}-one/"))
    assert f'href="/en/compare/?entry={numbers[0]}"' in entry


def test_comparisons_keep_their_budget(three, visit):
    for query in ("region=AFR&region=EUR&region=ARB", "country=KE&country=FR"):
        assert len(gzip.compress(visit("/ar/compare/", query).content)) <= 20_000
