"""The query language, ranking, snippets, facets, ranges, order and pages."""

from datetime import date

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.factories.search import Shelf, asking, document

from stocktaking.search import operations
from stocktaking.search.queries import answer, cross, data_version, matching_keys
from stocktaking.search.rules.values import Segment


def found(text: str = "", **values: object) -> list[str]:
    return [hit.key for hit in answer(asking(text, **values)).hits]


def test_title_ranks_above_organisation_above_summary_above_text(shelf: Shelf) -> None:
    filling = "Other matters are described at some length in this place, as they deserve."
    shelf.index(
        document("1", "One", filling, f"Broadband is mentioned. {filling}"),
        document("2", "Two", f"Broadband is mentioned. {filling}", filling),
        document("3", "Broadband", filling, filling),
        document("4", "Four", filling, filling, organisation="Broadband"),
    )

    assert found("broadband") == ["3", "4", "2", "1"]


def test_title_ranks_above_a_text_that_repeats_the_word(shelf: Shelf) -> None:
    shelf.index(
        document("1", "One", text="broadband " * 12 + "and other matters"),
        document("2", "A plan for broadband", text="Other matters"),
    )

    assert found("broadband") == ["2", "1"]


def test_exact_form_and_typed_order_rank_above_other_forms(shelf: Shelf) -> None:
    shelf.index(
        document("1", "One", text="The teaching of teachers by teacher trainers"),
        document("2", "Two", text="Teachers of the district and their training"),
        document("3", "Three", text="District teachers and other persons there"),
    )

    assert found("district teachers")[0] == "3"


def test_phrase_matches_words_in_this_order_only(six: Shelf) -> None:
    assert found('"text message"') == ["6"]
    assert found('"message text"') == []
    assert found('"远程教育"') == ["5"]
    assert found('"التعليم عن بعد"') == ["4"]


def test_phrase_does_not_reach_from_one_text_into_the_next(shelf: Shelf) -> None:
    shelf.index(document("1", "Open data", "source code"))

    assert found('"data source"') == []
    assert found('"open data"') == ["1"]


def test_minus_leaves_out_and_star_completes(six: Shelf) -> None:
    assert set(found("telemed*")) == {"1", "2"}
    assert found("telemed* -satellite") == ["1"]
    assert found('education -"salud"') == found("education")
    assert set(found("-agriculture")) == {"1", "2", "3", "4", "5"}
    assert found("教*") == ["5"]


def test_scopes_limit_a_word_to_title_or_organisation(six: Shelf) -> None:
    assert found("title:agriculture") == ["6"]
    assert found("title:farmers") == []
    assert found("organisation:ministry") == ["6"]
    assert found('organization:"rural development"') == ["6"]
    assert found("title:rural -organisation:ministry") == ["1"]


def test_stop_words_are_not_required(six: Shelf) -> None:
    assert found("the agriculture of smallholders") == ["6"]


def test_any_word_will_do_where_no_text_has_them_all(six: Shelf) -> None:
    assert set(found("agriculture телемедицина")) == {"3", "6"}
    assert answer(asking("agriculture телемедицина")).problems == ("any_word",)
    assert answer(asking("smart agriculture")).problems == ()


def test_rare_misspelling_in_the_index_is_doubted(shelf: Shelf) -> None:
    shelf.index(
        document("1", "Agricultre in one place"),
        *(document(str(n), f"Agriculture number {n}") for n in range(2, 15)),
    )

    given = answer(asking("agricultre"))

    assert [hit.key for hit in given.hits] == ["1"]
    assert given.suggestion == "agriculture"


def marked(text: str) -> list[str]:
    (hit, *_) = answer(asking(text)).hits
    return [segment.text for segment in hit.snippet if segment.marked]


def test_snippet_marks_the_words_in_their_original_form(six: Shelf) -> None:
    assert marked("médico aldea") == ["Médicos", "aldeas"]
    assert marked("educacion") in (["educación"], ["éducation"])
    assert marked("ehealth") == ["e-health"]
    assert marked("التعليم") == ["تعليم"]
    assert marked("数字课程") == ["数字课程"]
    assert marked("услуга") == ["услуги"]


def test_snippet_is_cut_from_the_original_text(shelf: Shelf) -> None:
    text = (
        "Чужие слова стоят здесь. " * 40
        + "Здесь учат <b>программированию</b> детей. "
        + "И дальше. " * 40
    )
    shelf.index(document("1", "Школа", text=text, language="ru"))

    (hit,) = answer(asking("программирование")).hits
    shown = "".join(segment.text for segment in hit.snippet)

    assert hit.snippet_language == "ru"
    assert shown.strip("… ") in text
    assert Segment("программированию", marked=True) in hit.snippet
    assert len(shown) < 260


def test_snippet_is_empty_without_words(six: Shelf) -> None:
    assert all(hit.snippet == () for hit in answer(asking()).hits)


@pytest.fixture
def faceted(shelf: Shelf) -> Shelf:
    shelf.index(
        document("1", "Alpha", action_line=("C1", "C2"), sdg=("4",), years=(2010, 2012)),
        document("2", "Beta", action_line=("C2",), sdg=("4", "5"), years=(2012, 9999)),
        document("3", "Gamma", action_line=("C3",), sdg=("5",), registered=date(2021, 5, 5)),
        document("4", "Delta", sdg=("9",), years=(2015, 0), registered=date(2019, 1, 1)),
    )
    return shelf


def test_filters_are_or_within_a_facet_and_and_between(faceted: Shelf) -> None:
    assert set(found(filters={"action-line": ("C1", "C3")})) == {"1", "3"}
    assert set(found(filters={"action-line": ("C1", "C3"), "sdg": ("5",)})) == {"3"}
    assert found(filters={"action-line": ("C99",)}) == []
    assert found(filters={"no-such.facet": ("x",)}) == []


def test_a_facet_does_not_filter_its_own_counts(faceted: Shelf) -> None:
    given = answer(asking(filters={"action-line": ("C1",)}), facets=("action-line", "sdg", "none"))

    assert given.total == 1
    assert given.facets == {
        "action-line": {"C1": 1, "C2": 2, "C3": 1},
        "sdg": {"4": 1},
        "none": {},
    }


def test_counts_follow_the_words(faceted: Shelf) -> None:
    assert answer(asking("beta"), facets=("sdg",)).facets == {"sdg": {"4": 1, "5": 1}}


def test_cross_counts_pairs_of_values(faceted: Shelf) -> None:
    assert cross(asking(), rows="action-line", columns="sdg") == {
        ("C1", "4"): 1,
        ("C2", "4"): 2,
        ("C2", "5"): 1,
        ("C3", "5"): 1,
    }


def test_years_overlap_and_unknown_ends_do_not_stretch(faceted: Shelf) -> None:
    assert set(found(year_from=2012, year_to=2012)) == {"1", "2"}
    assert set(found(year_from=2013)) == {"2", "4"}
    assert set(found(year_from=2016)) == {"2"}
    assert set(found(year_to=2010)) == {"1"}
    assert found(year_from=2020, year_to=2010) == []
    assert found(year_from=-5, year_to=10**30) != []


def test_registered_is_a_range_of_days(faceted: Shelf) -> None:
    day = date(2021, 5, 5).toordinal()

    assert found(registered_from=day, registered_to=day) == ["3"]
    assert found(registered_to=date(2019, 12, 31).toordinal()) == ["4"]


def test_orders(faceted: Shelf) -> None:
    assert found() == ["3", "2", "1", "4"]  # newest first, then the higher number
    assert found(sort="oldest") == ["4", "1", "2", "3"]
    assert found(sort="title") == ["1", "2", "4", "3"]
    assert found(sort="start")[:3] == ["4", "2", "1"]


def test_pages_hold_everything_once(shelf: Shelf) -> None:
    shelf.index(*(document(str(n), f"School {n}") for n in range(1, 48)))

    pages = [found("school", page=page, size=10) for page in range(1, 7)]

    assert [len(page) for page in pages] == [10, 10, 10, 10, 7, 0]
    assert {key for page in pages for key in page} == {str(n) for n in range(1, 48)}
    assert answer(asking("school", page=9999)).total == 47
    assert found("school", page=-3) == found("school", page=1)
    assert list(matching_keys(asking("school", page=3))) == [key for page in pages for key in page]


def test_keys_that_are_no_numbers_are_found_too(shelf: Shelf) -> None:
    shelf.index(document("about/us", "About"), document("007", "Seven"))

    assert set(matching_keys(asking())) == {"about/us", "007"}


def test_a_kind_does_not_see_another(shelf: Shelf) -> None:
    shelf.index(document("1", "Alpha"))

    assert answer(asking()).total == 1
    assert answer(asking("alpha")).total == 1
    from_elsewhere = asking("alpha").__class__(text="alpha", kind="entry")
    assert answer(from_elsewhere).total == 0


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('"open end', "unbalanced_quote"),
        ("word " * 3000, "too_long"),
        ("x" * 10_000, "too_long"),
        ("???", "no_words"),
        ('""', "no_words"),
        ("a b c d e f g h i j k l m n o p q r s t u v w x y z", "too_long"),
    ],
)
def test_problems_are_named_and_never_raised(six: Shelf, text: str, problem: str) -> None:
    assert problem in answer(asking(text)).problems


WILD = st.text(st.characters(codec=None), max_size=80) | st.text(
    st.sampled_from("\"*-:title abcé\0\ud800教育العلم 7.'’( )[]{}^~\\/"), max_size=60
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(WILD)
@example("0[*")
@example("a(*")
def test_no_text_breaks_an_answer(six: Shelf, text: str) -> None:
    given = answer(asking(text), facets=("sdg",))

    assert given.total >= len(given.hits)


def test_wild_texts_can_be_indexed(shelf: Shelf) -> None:
    shelf.index(document("1", "a\0b \ud800 ﷺ ½", "\u0301" * 50, "x" * 100_000))

    assert found("ab") == []
    assert found("a") == ["1"]


def test_without_an_index_the_answer_says_so(shelf: Shelf) -> None:
    given = answer(asking("anything"), facets=("sdg",))

    assert given.problems == ("index_building",)
    assert given.facets == {"sdg": {}}
    assert data_version() == 0
    assert list(matching_keys(asking())) == []
    assert cross(asking(), rows="a", columns="b") == {}
    operations.catch_up()
    assert answer(asking("anything")).problems == ()
