"""Numbers by place against those that the database counts by itself."""

import datetime as dt
from collections import Counter

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories import accounts
from tests.factories.entries import TODAY

from stocktaking.insight.queries.by_place import place_map
from stocktaking.insight.queries.comparison_places import MOST_PLACES, compare_places
from stocktaking.reference import queries as reference
from stocktaking.reference.models import Revision, Scheme, Term, TermMembership
from stocktaking.search.rules.values import Query

pytestmark = pytest.mark.django_db

# What the database says without any help of the index: published entries, and their places.
WORKS = """
    SELECT e.number, term.code FROM entries_entry e
    JOIN entries_entryterm t ON t.entry_id = e.number
    JOIN reference_term term ON term.id = t.term_id
    JOIN reference_scheme s ON s.id = term.scheme_id
    WHERE e.state = 'published' AND s.slug = %s
"""
SEATS = """
    SELECT e.number, term.code FROM entries_entry e
    JOIN accounts_organisation o ON o.number = e.organisation_id
    JOIN reference_term term ON term.id = o.country_id
    WHERE e.state = 'published'
"""
REGION_OF = {"KE": "AFR", "FR": "EUR", "SD": "ARB"}


def stated(slug: str) -> set[tuple[int, str]]:
    with connection.cursor() as cursor:
        cursor.execute(WORKS, [slug])
        return set(cursor.fetchall())


def seats() -> set[tuple[int, str]]:
    with connection.cursor() as cursor:
        cursor.execute(SEATS)
        return set(cursor.fetchall())


def by_code(pairs: set[tuple[int, str]]) -> dict[str, int]:
    return dict(Counter(code for _number, code in pairs))


def in_regions(pairs: set[tuple[int, str]]) -> set[tuple[int, str]]:
    return {(number, REGION_OF[code]) for number, code in pairs}


one_entry = st.fixed_dictionaries(
    {
        "lines": st.sets(st.sampled_from(["L1", "L2"])),
        "countries": st.sets(st.sampled_from(["KE", "FR", "SD"])),
        "owner": st.sampled_from(["", "KE", "SD"]),
        "publish": st.booleans(),
    }
)


@pytest.fixture
def owners(register) -> dict[str, int]:
    return {c: accounts.organisation(f"Of {c}", country=c).number for c in ("KE", "SD")}


def add(register, owners: dict[str, int], one: dict) -> None:
    register.add(
        lines=" ".join(one["lines"]),
        countries=" ".join(one["countries"]),
        organisation=owners.get(one["owner"]),
        publish=one["publish"],
    )


@given(entries=st.lists(one_entry, max_size=6))
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_maps_and_comparisons_have_the_numbers_of_the_database(register, owners, entries):
    with transaction.atomic():
        for one in entries:
            add(register, owners, one)
        register.index()
        for basis, pairs in (("works", stated("country")), ("from", seats())):
            counted = place_map(Query(), basis, on=TODAY)
            assert {c: n for c, n in counted.by_country.items() if n} == by_code(pairs)
            regions = {r.place.term.code: r.place.count for r in counted.regions if r.place}
            assert {c: n for c, n in regions.items() if n} == by_code(in_regions(pairs))
            assert counted.total == sum(one["publish"] for one in entries)
            assert counted.unplaced == counted.total - len({number for number, _ in pairs})
            compared = compare_places(Query(), "country", ["KE", "SD"], basis, on=TODAY)
            for place in compared.places:
                inside = {number for number, code in pairs if code == place.term.code}
                assert place.total == len(inside)
                lines = {(n, code) for n, code in stated("line") if n in inside}
                assert place.counts["line"] == by_code(lines)
                assert sum(place.years.values()) == place.total
        both = {n for n, c in stated("country") if c == "KE"} & {
            n for n, c in stated("country") if c == "SD"
        }
        compared = compare_places(Query(), "country", ["KE", "SD"], "works", on=TODAY)
        assert compared.common.get(("KE", "SD"), 0) == len(both)
        transaction.set_rollback(True)
    register.index()


@pytest.fixture
def three(register, owners):
    register.add(lines="L1", countries="KE", organisation=owners["SD"])
    register.add(lines="L1 L2", countries="KE FR", organisation=owners["KE"])
    register.add(lines="L1", countries="", worldwide=True)
    register.index()
    return register


def test_regions_have_their_countries_the_fullest_first(three):
    counted = place_map(Query(), "works", on=TODAY)
    shown = {
        r.place.term.code: [(p.term.code, p.count) for p in r.countries] for r in counted.regions
    }
    assert shown == {"AFR": [("KE", 2)], "EUR": [("FR", 1)], "ARB": [("SD", 0)]}
    assert (counted.named, counted.unplaced) == (2, 1)


def test_numbers_leave_their_own_filter_aside(three):
    counted = place_map(Query(filters={"country": ("FR",)}), "works", on=TODAY)
    assert counted.total == 1
    assert counted.by_country == {"KE": 2, "FR": 1}
    assert counted.unplaced == 0
    places = {p.term.code: p.chosen for r in counted.regions for p in r.countries}
    assert places == {"KE": False, "FR": True, "SD": False}


def test_countries_without_a_region_are_shown_as_such(three):
    TermMembership.objects.filter(member__code="KE").delete()
    Revision.objects.update(number=7)
    reference.forget()
    counted = place_map(Query(), "works", on=TODAY)
    homeless = [region for region in counted.regions if region.place is None]
    assert [(p.term.code, p.count) for p in homeless[0].countries] == [("KE", 2)]


def test_regions_are_those_of_the_day(three):
    TermMembership.objects.filter(member__code="KE").update(valid_to=dt.date(2025, 12, 31))
    Revision.objects.update(number=7)
    reference.forget()
    before = place_map(Query(), "works", on=dt.date(2025, 1, 1))
    assert [r.place is None for r in before.regions] == [False, False, False]
    assert place_map(Query(), "works", on=TODAY).regions[-1].place is None


def test_there_is_a_map_of_nothing(register):
    counted = place_map(Query(), "works", on=TODAY)
    assert (counted.total, counted.named, counted.unplaced) == (0, 0, 0)


def test_compared_places_keep_the_order_in_which_they_were_asked_for(three):
    compared = compare_places(Query(), "country", ["SD", "KE", "FR"], "works", on=TODAY)
    assert [one.term.code for one in compared.places] == ["SD", "KE", "FR"]
    assert [one.total for one in compared.places] == [0, 2, 1]
    assert compared.places[1].share == pytest.approx(2 / 3)


def test_what_only_one_place_has_is_told(three):
    compared = compare_places(Query(), "country", ["KE", "SD"], "works", on=TODAY)
    rows = {row.term.code: row for row in compared.tables[0].rows}
    assert rows["L1"].counts == (2, 0)
    assert rows["L1"].only.code == "KE"


def test_the_fullest_organisations_are_named(three, owners):
    kenya, _sudan = compare_places(Query(), "country", ["KE", "SD"], "works", on=TODAY).places
    assert kenya.organisations == 2
    assert {(who.number, count) for who, count in kenya.top} == {
        (owners["KE"], 1),
        (owners["SD"], 1),
    }


def test_regions_are_compared_as_countries_are(three):
    compared = compare_places(Query(), "region", ["AFR", "EUR"], "works", on=TODAY)
    assert [one.total for one in compared.places] == [2, 1]
    assert compared.common["AFR", "EUR"] == 1
    compared = compare_places(Query(), "region", ["AFR", "ARB"], "from", on=TODAY)
    assert [one.total for one in compared.places] == [1, 1]
    assert compared.common == {}


def test_filters_narrow_what_is_compared(three):
    narrowed = Query(filters={"line": ("L2",), "country": ("SD",)})
    compared = compare_places(narrowed, "country", ["KE", "FR"], "works", on=TODAY)
    assert [one.total for one in compared.places] == [1, 1]
    assert compared.total == 1


def test_organisations_that_are_filtered_away_are_not_counted(three, owners):
    asked = Query(filters={"organisation": (str(owners["KE"]),)})
    kenya, _france = compare_places(asked, "country", ["KE", "FR"], "works", on=TODAY).places
    assert (kenya.total, kenya.organisations) == (1, 1)
    assert [who.number for who, _count in kenya.top] == [owners["KE"]]


def test_words_mean_the_same_in_each_place(register):
    """The list of Sudan alone would find any of the words, for want of both."""
    register.add("Village radio", lines="L1", countries="KE")
    register.add("Village radio", lines="L1", countries="FR KE")
    register.add("Village water", lines="L1", countries="SD")
    register.add("Village water", lines="L1", countries="SD FR")
    register.index()
    asked = Query(text="village radio")
    compared = compare_places(asked, "country", ["KE", "SD", "FR"], "works", on=TODAY)
    assert [one.total for one in compared.places] == [2, 0, 1]
    assert [one.share for one in compared.places] == [1.0, 0.0, 0.5]
    assert [sum(one.years.values()) for one in compared.places] == [2, 0, 1]
    assert dict(compared.common) == {("KE", "FR"): 1, ("FR", "KE"): 1}
    two = compare_places(asked, "country", ["SD"], "works", on=TODAY)
    assert dict(two.common) == {}


def test_words_that_only_entries_without_a_country_hold(register):
    register.add("Village radio", countries="", worldwide=True)
    register.add("Village water", countries="KE")
    register.index()
    counted = place_map(Query(text="village radio"), "works", on=TODAY)
    assert (counted.total, counted.unplaced) == (1, 1)


@pytest.mark.parametrize("year", [1900, 2100])
def test_years_in_which_nothing_happened_are_empty(three, year):
    first, last = dt.date(year, 1, 1).toordinal(), dt.date(year, 12, 31).toordinal()
    asked = Query(registered_from=first, registered_to=last)
    compared = compare_places(asked, "country", ["KE", "FR"], "works", on=TODAY)
    assert [one.total for one in compared.places] == [0, 0]
    assert compared.years == ()


def test_no_more_places_are_counted_than_fit(register):
    scheme = Scheme.objects.get(slug="country")
    codes = [f"X{letter}" for letter in "ABCDEFGH"]
    Term.objects.bulk_create(Term(scheme=scheme, code=c, title={"en": c}) for c in codes)
    Revision.objects.update(number=8)
    reference.forget()
    compared = compare_places(Query(), "country", codes, "works", on=TODAY)
    assert len(compared.places) == MOST_PLACES
