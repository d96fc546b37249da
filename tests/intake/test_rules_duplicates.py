"""Which entries of a register may be one: titles, series, crowds."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stocktaking.intake.rules.duplicates import CROWD, SERIES, Register
from stocktaking.intake.rules.likeness import (
    LEAST,
    MOST,
    Likened,
    likened,
    mark_of,
    score_of,
    title_likeness,
    title_of,
)
from stocktaking.kernel.text.normalise import name_key


def one(title: str, owner: str = "", website: str = "", countries: str = "") -> Likened:
    return likened(
        [title],
        organisation_key=name_key(owner) if owner else "",
        website=website,
        countries=countries.split(),
    )


def pairs(*entries: Likened) -> list[tuple[int, int]]:
    register = Register(enumerate(entries, start=1))
    return [(n, found.entry) for n in register.numbers() for found in register.behind(n)]


def alike(some: str, other: str) -> float:
    return title_likeness([title_of(some)], [title_of(other)])


@pytest.mark.parametrize(
    ("some", "other"),
    [
        ("Open SRP", "OpenSRP"),
        ("DHIS 2", "DHIS2"),
        ("Écoles du Sahel", "ECOLES DU SAHEL"),
        ("农村学校", "农村 学校"),
    ],
)
def test_spellings_of_one_title_are_the_same(some: str, other: str) -> None:
    assert alike(some, other) >= 97


@pytest.mark.parametrize(
    ("some", "other"),
    [
        ("Smart village phase 1", "Smart village phase 2"),
        ("Skills summit 2019", "Skills summit 2020"),
        ("Roads II", "Roads III"),
    ],
)
def test_members_of_a_series_are_not_alike(some: str, other: str) -> None:
    assert alike(some, other) == 0


def test_head_of_a_title_meets_the_whole_of_another_and_not_another_head() -> None:
    assert alike("OpenMRS", "OpenMRS: medical records for all") >= 88
    assert alike("Programme X: wells", "Programme X: roads") < 88


def test_yearly_report_of_one_page_is_asked_about_all_the_same() -> None:
    stated = {"owner": "Ministry", "website": "https://a.example/net"}
    score, why = score_of(one("Net 2019", **stated), one("Net 2020", **stated))
    assert score >= LEAST
    assert why[-2:] == ("organisation", "website")


def test_same_title_elsewhere_by_somebody_else_is_another_project() -> None:
    assert (
        pairs(one("Digital school", "A", countries="KE"), one("Digital school", "B", "", "GH"))
        == []
    )
    assert pairs(one("Digital school", "A", countries="KE"), one("Digital school", "B", "", "KE"))


def test_rare_words_tell_more_than_common_ones() -> None:
    noise = [one(f"Construction of a school in {name}", "Ministry") for name in WORDS[:20]]
    found = pairs(
        *noise, one("Zanobi portal for farmers", "A"), one("Zanobi portal of farmers", "A")
    )
    assert found == [(21, 22)]


def test_title_without_letters_is_compared_with_nothing() -> None:
    assert pairs(one("???", "A"), one("???", "A")) == []


def test_family_is_recognised_and_not_asked_about_pair_by_pair() -> None:
    grants = [one(f"Grant to civil society {n}", "Agency") for n in range(392)]
    register = Register(enumerate(grants, start=1))
    [family] = register.families()
    assert len(family.members) == 392
    assert not any(register.behind(n) for n in register.numbers())


def test_small_family_of_the_same_title_is_pairs_until_it_is_a_series() -> None:
    same = [one("Weather buoys", "Agency") for _ in range(SERIES)]
    assert len(pairs(*same[:-1])) == 6
    assert pairs(*same) == []
    # a page of their own tells two of them apart from the rest
    same[0] = same[1] = one("Weather buoys", "Agency", "https://a.example/buoys")
    assert pairs(*same) == [(1, 2)]


def test_title_of_many_bodies_names_no_project() -> None:
    assert pairs(*[one("E-government portal", owner) for owner in "ABCD"]) == []
    assert len(pairs(*[one("E-government portal", owner) for owner in "ABC"])) == 3


def test_own_site_of_a_project_adds_to_titles_that_are_nearly_alike() -> None:
    site = "https://drone.example"
    assert pairs(one("Open drone suite", "A", site), one("Open drone", "B", site)) == [(1, 2)]
    crowd = [one(f"{name} thing", name, site) for name in WORDS[:5]]
    assert pairs(one("Open drone suite", "A", site), one("Open drone", "B", site), *crowd) == []


def test_near_finds_what_is_not_in_the_register() -> None:
    register = Register([(7, one("Zanobi portal", "A")), (9, one("Weather buoys", "A"))])
    assert [found.entry for found in register.near(one("ZANOBI Portal"))] == [7]
    assert register.near(one("Something else")) == []
    assert Register([]).near(one("Zanobi portal")) == []


def test_entry_has_a_few_candidates_only() -> None:
    register = Register(
        (n, one("Zanobi portal", f"Body {n % 3}", "https://z.example/p")) for n in range(1, 30)
    )
    assert max(len(register.behind(n)) for n in register.numbers()) == MOST


WORDS = [
    "".join(random.Random(seed).choices("abcdefghijklmnoprstuvwz", k=7)) for seed in range(400)
]
TITLES = st.lists(st.sampled_from(WORDS[:12]), min_size=1, max_size=4).map(" ".join)


@given(st.lists(st.tuples(TITLES, st.sampled_from("AB")), min_size=2, max_size=CROWD // 2))
def test_blocks_lose_nothing_that_comparing_all_with_all_finds(stated) -> None:
    register = Register(enumerate((one(*said) for said in stated), start=1))
    numbers = register.numbers()
    every = {(a, b) for a in numbers for b in numbers if a < b and register.score(a, b)[0] >= LEAST}
    found = {(n, c.entry) for n in numbers for c in register.behind(n)}
    assert found <= every
    for number in numbers:
        missed = {pair for pair in every - found if pair[0] == number}
        # nothing is missed, but for what stands behind the best few
        assert not missed or len([pair for pair in found if pair[0] == number]) == MOST


def test_mark_changes_with_what_is_compared_only() -> None:
    first = one("Weather buoys", "A", "https://a.example", "KE")
    assert mark_of(first) == mark_of(one("WEATHER  Buoys", "a", "http://www.a.example/", "KE"))
    assert mark_of(first) != mark_of(one("Weather buoy", "A", "https://a.example", "KE"))
    assert mark_of(None) == ""
