"""Suggested terms of the framework that comes with the product, and of an operator's own."""

import pytest
from tests.factories import entries as factory

from stocktaking.entries.rules.values import TermValue, TextValue
from stocktaking.entries.states import Basis
from stocktaking.insight.queries.suggestion import suggested_terms
from stocktaking.kernel import clock
from stocktaking.reference import frameworks
from stocktaking.reference import queries as reference
from stocktaking.reference.models import Revision, Term
from stocktaking.reference.operations import load_framework
from stocktaking.search import operations as search

pytestmark = pytest.mark.django_db
CLINIC = "Nurses in village clinics send X-ray pictures to a hospital, where doctors diagnose."


@pytest.fixture
def wsis(db):
    load_framework(folder=frameworks.WSIS, by=None, at=clock.now())
    reference.forget()
    search.rebuild()


def codes(found):
    return {one.scheme.slug: [s.term.code for s in one.found] for one in found}


def test_lines_and_goals_of_one_text_with_their_words(wsis):
    lines, goals = suggested_terms([("en", CLINIC)])
    assert lines.scheme.slug == "action-line"
    assert [one.term.code for one in lines.found] == ["C7-EHEA"]
    assert lines.found[0].good
    assert set(lines.found[0].words) <= set(CLINIC.replace(",", "").replace(".", "").split())
    assert [one.term.code for one in goals.found] == ["3"]
    assert goals.silent == ()


def test_several_texts_in_several_languages_count_together(wsis):
    found = suggested_terms([("fr", "Une bibliothèque numérique"), ("en", "An open data portal")])
    assert "C3" in codes(found)["action-line"]


def test_nothing_to_go_by_is_no_suggestion(wsis):
    for texts in ([], [("en", "")], [("en", " \n")], [("en", "Hello there.")]):
        assert codes(suggested_terms(texts)) == {"action-line": [], "sdg": []}


def test_a_heading_is_never_suggested(wsis):
    found = suggested_terms([("en", "ICT applications, applications of ICT in all lines")])
    assert "C7" not in codes(found)["action-line"]


def test_of_a_term_without_words_it_says_so(wsis):
    Term.objects.create(
        scheme=Term.objects.get(scheme__slug="sdg", code="1").scheme,
        code="18",
        order=18,
        assignable=True,
        title={"ru": "Жизнь в космосе"},
    )
    Revision.objects.update(number=9)
    reference.forget()
    _, goals = suggested_terms([("en", CLINIC)])
    assert [term.code for term in goals.silent] == ["18"]


def test_a_framework_of_ones_own_has_the_titles_of_its_terms(register):
    Term.objects.filter(code="1", scheme__slug="goal").update(title={"en": "Lighthouses"})
    Revision.objects.update(number=9)
    reference.forget()
    text = "Lighthouses, a lighthouse keeper, lighthouse lamps: lighthouses for all."
    lines, goals = suggested_terms([("en", text)])
    assert [one.term.code for one in goals.found] == []  # the title alone is thin evidence
    # "goal 2" and "goal 3" have no word of their own
    assert [term.code for term in goals.silent] == ["2", "3"]
    assert lines.found == ()


def test_entries_that_people_confirmed_teach(register):
    _fill(register)
    for number in range(4):
        _loom(register, number, Basis.EDITOR)
    register.index()
    lines, _ = suggested_terms([("en", "Jacquard looms weave carpets in the village")])
    assert [(one.term.code, one.entries) for one in lines.found] == [("L2", 4)]
    assert lines.found[0].words == ()


@pytest.mark.parametrize("basis", [Basis.SUGGESTED, Basis.IMPORT])
def test_what_nobody_confirmed_teaches_nothing(register, basis):
    _fill(register)
    for number in range(4):
        _loom(register, number, basis)
    register.index()
    lines, _ = suggested_terms([("en", "Jacquard looms weave carpets in the village")])
    assert lines.found == ()


def test_an_entry_teaches_nothing_about_itself(register):
    _fill(register)
    made = [_loom(register, number, Basis.OWNER) for number in range(3)]
    register.index()
    text = [("en", "Jacquard looms weave carpets in the village")]
    assert suggested_terms(text)[0].found[0].entries == 3
    assert suggested_terms(text, without=made[0].pk)[0].found == ()


def _loom(register, number, basis):
    return register.add(
        texts=(TextValue("en", f"Jacquard loom {number}", "Carpets are woven on looms."),),
        terms=(TermValue("line", "L2", basis), TermValue("country", "KE", Basis.OWNER)),
    )


def _fill(register):
    for number in range(30):
        factory.entry(texts=(TextValue("en", f"Mast {number}", "A mast beside the road."),))
