"""What the shipped framework says, against what is known of the world."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stocktaking.kernel import languages
from stocktaking.reference.frameworks import WSIS
from stocktaking.reference.queries import Catalogue
from stocktaking.reference.rules.colours import DARK_INK, LIGHT_INK, contrast, text_colour
from stocktaking.reference.rules.framework import Framework
from stocktaking.reference.rules.reading import read

DAY = dt.date(2026, 6, 30)
COUNTS = {
    "action-line": 19,
    "sdg": 17,
    "region": 7,
    "country": 249,
    "stakeholder": 7,
    "target-group": 10,
    "technology": 15,
    "activity": 10,
    "coverage": 4,
    "status": 3,
    "gdc": 5,
    "country-group": 3,
    "m49": 29,
    "section": 11,
    "mdg": 8,
}


@pytest.fixture(scope="module")
def shipped() -> Framework:
    framework, faults = read(WSIS)
    assert faults == []
    assert framework is not None
    return framework


def test_every_scheme_has_its_terms(shipped: Framework) -> None:
    assert {scheme.slug: len(scheme.terms) for scheme in shipped.schemes} == COUNTS


def test_titles_stand_in_six_languages_and_tell_their_status(shipped: Framework) -> None:
    assert set(shipped.languages) == set(languages.CODES)
    for scheme in shipped.schemes:
        assert scheme.sources, scheme.slug
        for term in scheme.terms:
            assert set(term.title) == set(languages.CODES), (scheme.slug, term.code)
            assert set(term.title_status) == set(languages.CODES)
            assert set(term.short) in (set(), set(languages.CODES)), term.code


def test_labels_differ_within_a_scheme(shipped: Framework) -> None:
    for scheme in shipped.schemes:
        for code in languages.CODES:
            titles = [term.title[code] for term in scheme.terms]
            assert len(set(titles)) == len(titles), (scheme.slug, code)
            # in a list of filters the short one stands alone
            short = [term.short.get(code) or term.title[code] for term in scheme.terms]
            assert len(set(short)) == len(short), (scheme.slug, code)


def test_no_text_of_a_target_is_shipped(shipped: Framework) -> None:
    targets = [target for c in shipped.crosswalks for link in c.links for target in link.targets]
    assert len(targets) == 162
    assert all(len(target) <= 5 and target.count(".") == 1 for target in targets)


def test_heading_has_eight_lines_below_it(wsis: Catalogue) -> None:
    lines = wsis.schemes["action-line"]
    heading = lines.get("C7")
    assert heading is not None
    assert (heading.assignable, heading.position) == (False, -1)
    below = lines.children(heading)
    assert [term.group_code for term in below] == ["C7"] * 8
    assert lines.ancestors(below[0]) == (heading,)
    assert len(lines.assignable) == 18
    assert [term.position for term in lines] == list(range(18))


def test_facets_come_in_a_sensible_order(wsis: Catalogue) -> None:
    assert [scheme.slug for scheme in wsis.facets()] == [
        *("action-line", "sdg", "region", "country", "stakeholder", "target-group"),
        *("technology", "activity", "coverage", "status", "gdc", "country-group"),
    ]


def test_what_follows_from_others_is_not_stated_of_entries(wsis: Catalogue) -> None:
    direct = {scheme.slug for scheme in wsis.direct()}
    assert direct.isdisjoint({"region", "country-group", "m49", "section", "stakeholder", "mdg"})
    assert {"action-line", "sdg", "country", "target-group"} <= direct


def test_millennium_goals_are_retired(wsis: Catalogue) -> None:
    assert wsis.schemes["mdg"].retired_on == dt.date(2015, 12, 31)
    assert len(wsis.schemes["mdg"].terms) == 8


def test_grid_is_the_matrix_of_124_links(wsis: Catalogue) -> None:
    grid = wsis.grid()
    assert grid is not None
    assert (grid.rows.slug, grid.columns.slug, len(grid.links)) == ("action-line", "sdg", 124)
    assert {row for row, _ in grid.links} == {term.code for term in grid.rows}
    assert {column for _, column in grid.links} == {term.code for term in grid.columns}
    assert all(link.reason("en") for link in grid.links.values())
    link = grid.link("C7-EHEA", "3")
    assert link is not None
    assert link.row.title["en"] == "E-health"


def test_colours_carry_readable_ink(wsis: Catalogue) -> None:
    coloured = [term for term in wsis.terms.values() if term.colour]
    assert [term.scheme for term in coloured] == ["sdg"] * 17
    for term in coloured:
        reached = contrast(term.text_colour, term.colour)
        best = max(contrast(ink, term.colour) for ink in (LIGHT_INK, DARK_INK))
        assert reached >= 4.5 or reached == best, term.code


@given(st.integers(0, 0xFFFFFF))
def test_ink_is_readable_or_the_better_of_two(value: int) -> None:
    colour = f"#{value:06x}"
    reached = contrast(text_colour(colour), colour)
    assert reached >= 4.5 or reached == max(contrast(i, colour) for i in (LIGHT_INK, DARK_INK))


@given(day=st.dates())
def test_a_country_is_in_one_region_at_most_on_any_day(shipped: Framework, day: dt.date) -> None:
    held: dict[str, int] = {}
    for one in shipped.memberships:
        if one.group[0] == "region" and (one.valid_from or day) <= day <= (one.valid_to or day):
            held[one.member[1]] = held.get(one.member[1], 0) + 1
    assert set(held.values()) == {1}


def test_regions_hold_the_members_that_the_union_counts(wsis: Catalogue) -> None:
    members = {
        region.code: sum(bool(c.facts["itu_member"]) for c in wsis.members_of(region, on=DAY))
        for region in wsis.schemes["region"]
    }
    assert members == {
        "AFR": 44, "AMS": 35, "ARB": 21, "ASP": 39, "CIS": 9, "EUR": 46, "INT": 0,
    }  # fmt: skip
    for region in wsis.schemes["region"]:
        assert region.facts.get("itu_members", 0) == members[region.code]


def test_countries_without_a_region_are_the_known_eight(wsis: Catalogue) -> None:
    without = {
        country.code
        for country in wsis.schemes["country"]
        if not wsis.groups_of(country, scheme="region", on=DAY)
    }
    assert without == {"AQ", "TF", "BV", "EH", "HM", "IO", "GS", "UM"}


def test_every_country_but_one_has_its_lowest_statistical_group(wsis: Catalogue) -> None:
    m49 = wsis.schemes["m49"]
    groups = {c.code: wsis.groups_of(c, scheme="m49", on=DAY) for c in wsis.schemes["country"]}
    assert {code for code, found in groups.items() if len(found) != 1} == {"AQ"}
    assert all(not m49.children(found[0]) for found in groups.values() if found)
    kenya = groups["KE"][0]
    assert [kenya.code, *(term.code for term in m49.ancestors(kenya))] == ["014", "202", "002"]


@pytest.mark.parametrize(
    ("day", "ldc"),
    [
        (dt.date(2012, 12, 17), 48),
        (dt.date(2012, 12, 18), 49),
        (dt.date(2023, 12, 12), 46),
        (dt.date(2023, 12, 13), 45),
        (dt.date(2024, 12, 13), 44),
        (dt.date(2026, 11, 23), 44),
        (dt.date(2026, 11, 24), 41),
    ],
)
def test_least_developed_countries_change_by_the_day(
    wsis: Catalogue, day: dt.date, ldc: int
) -> None:
    group = wsis.term("country-group", "LDC")
    assert group is not None
    assert len(wsis.members_of(group, on=day)) == ldc


def test_other_groups_have_their_members(wsis: Catalogue) -> None:
    counts = {g.code: len(wsis.members_of(g, on=DAY)) for g in wsis.schemes["country-group"]}
    assert counts == {"LDC": 44, "LLDC": 32, "SIDS": 53}


def test_departures_that_were_only_scheduled_say_so(wsis: Catalogue) -> None:
    scheduled = [m for m in wsis.memberships if m.basis == "scheduled"]
    assert {wsis.terms[m.member].code for m in scheduled} == {"BD", "LA", "NP"}
    assert all(m.valid_to == dt.date(2026, 11, 23) for m in scheduled)
    assert all("confirm" in m.remark for m in scheduled)


def test_countries_carry_their_facts(wsis: Catalogue) -> None:
    countries = wsis.schemes["country"]
    assert sum(bool(c.facts["un_member"]) for c in countries) == 193
    assert sum(bool(c.facts["itu_member"]) for c in countries) == 194
    assert len({c.facts["alpha3"] for c in countries}) == 249
    namibia = countries.get("NA")
    assert namibia is not None
    assert (namibia.label("en"), namibia.facts["numeric"]) == ("Namibia", "516")
    assert countries.get("na") is namibia


def test_a_long_name_is_shortened_in_every_language(wsis: Catalogue) -> None:
    country = wsis.term("country", "US")
    assert country is not None
    assert country.short_label("ru") == "США"
    kenya = wsis.term("country", "KE")
    assert kenya is not None
    assert kenya.short_label("zh") == kenya.title["zh"]
