"""Terms: what a file says as codes of the framework, and nothing that is not one."""

import pytest
from tests.intake.imports.frameworks import wsis
from tests.intake.imports.mapped import codes, mapped, mapper

from stocktaking.entries.rules.values import TermValue
from stocktaking.entries.states import Basis
from stocktaking.intake.rules.profiles.framework import Framework, Scheme, Term
from stocktaking.kernel.reading import Record


def rule(scheme="sdg", more="", columns="goals"):
    return f'[[terms]]\nscheme = "{scheme}"\ncolumns = "{columns}"\n{more}\n'


def found_codes(found):
    return [term.code for term in found.values.terms]


@pytest.mark.parametrize(
    ("scheme", "said", "code"),
    [
        ("sdg", 4, "4"),
        ("sdg", 4.0, "4"),
        ("sdg", " 4 ", "4"),
        ("sdg", "quality  education", "4"),
        ("sdg", "Éducation de qualité", "4"),
        ("country", "ke", "KE"),
        ("country", "KEN", "KE"),
        ("country", "404", "KE"),
        ("country", "Кения", "KE"),
        ("country", "肯尼亚", "KE"),
        ("country", "Côte d'Ivoire", "CI"),
        ("country", "Côte d’Ivoire", "CI"),
        ("action-line", "c7-elea", "C7-ELEA"),
        ("action-line", "E-learning", "C7-ELEA"),
        ("status", "Ongoing", "ongoing"),
        ("country", "the Kenya", ""),
        ("sdg", "4.1", ""),
        ("sdg", True, ""),
    ],
)
def test_by_code_or_by_title_in_any_language(scheme, said, code):
    found = mapped(rule(scheme), {"goals": said})
    assert found_codes(found) == ([code] if code else [])
    assert bool(found.notes) == (not code)


def test_what_maps_to_no_term_is_told_and_left_out():
    found = mapped(rule("country"), {"goals": ["FR", "Atlantis"]})
    assert found_codes(found) == ["FR"]
    assert found.unknown == (("country", "Atlantis"),)
    assert [(n.code, n.column, n.params) for n in found.notes] == [
        ("term_unknown", "goals", {"scheme": "country", "value": "Atlantis"})
    ]


def test_what_becomes_of_unknown_words():
    data = {"goals": "Atlantis"}
    assert codes(mapped(rule("country", 'unknown = "refuse"'), data).faults) == ["term_unknown"]
    kept = mapped(rule("country", 'unknown = "keep"'), data)
    assert kept.values.extra == {"as_stated": {"country": ["Atlantis"]}}
    assert "extra.as_stated" in kept.stated
    left = mapped(rule("country", 'unknown = "leave"'), data)
    assert (left.notes, left.unknown, left.values.terms) == ((), (), ())


def test_a_map_of_the_profile_comes_first_and_may_say_nothing():
    more = 'values = {"Running" = "ongoing", "n/a" = ""}'
    assert found_codes(mapped(rule("status", more), {"goals": "RUNNING"})) == ["ongoing"]
    assert found_codes(mapped(rule("status", more), {"goals": "Planned"})) == ["planned"]
    nothing = mapped(rule("status", more), {"goals": "N/A"})
    assert (found_codes(nothing), nothing.notes) == ([], ())


def test_a_title_of_two_terms_means_neither():
    places = Framework.of(
        [Scheme("country", (Term("CD", ("Congo",)), Term("CG", ("Congo", "Brazzaville"))))]
    )
    one = mapper(rule("country"))
    one = type(one)(one.profile, places)
    found = one.map(Record(1, {"id": "1", "title": "T", "goals": ["congo", "brazzaville"]}))
    assert found_codes(found) == ["CG"]
    assert [(n.code, n.params["codes"]) for n in found.notes] == [("term_ambiguous", "CD, CG")]
    assert found.unknown == (("country", "congo"),)


def test_a_heading_is_no_term():
    found = mapped(rule("action-line"), {"goals": ["C7", "C1"]})
    assert found_codes(found) == ["C1"]
    assert codes(found.notes) == ["term_is_heading"]


def test_separators_divide_what_is_no_term_as_a_whole():
    more = 'separators = [";", ","]'
    assert found_codes(mapped(rule("sdg", more), {"goals": "4, 5;6;;"})) == ["4", "5", "6"]
    name = "Culture and languages, Media"
    assert found_codes(mapped(rule("action-line", more), {"goals": name})) == ["C8", "C9"]
    whole = "Industry, innovation and infrastructure"
    assert found_codes(mapped(rule("sdg", more), {"goals": whole})) == ["9"]


def test_a_cell_with_more_pieces_than_an_entry_has_terms():
    found = mapped(rule("sdg", 'separators = ","'), {"goals": ",".join(["x"] * 500)})
    assert codes(found.faults) == ["too_many"]


def test_a_part_of_each_value():
    more = 'after = "SDG "\nuntil = ":"\nseparators = ";"'
    found = mapped(rule("sdg", more), {"goals": "SDG 4: Education; SDG 5: Equality; 6"})
    assert found_codes(found) == ["4", "5", "6"]
    targets = mapped(rule("sdg", 'until = "."'), {"goals": ["3.1", "3.2", "17.19.1"]})
    assert found_codes(targets) == ["3", "17"]


def test_the_basis_and_what_stands_over_it():
    rules = rule("sdg", 'basis = "suggested"') + rule("sdg", columns="stated")
    found = mapped(rules, {"goals": [1, 2], "stated": [2]})
    assert [(term.code, term.basis) for term in found.values.terms] == [
        ("1", Basis.SUGGESTED),
        ("2", Basis.IMPORT),
    ]


def test_constants():
    found = mapped('[[terms]]\nscheme = "coverage"\nconstants = "national"', {})
    assert found.values.terms == (TermValue("coverage", "national", Basis.IMPORT),)
    assert "terms.coverage" in found.stated


def test_notes_of_terms():
    one = mapped(rule("sdg", 'note = "why"'), {"goals": [4, 5], "why": "Schools"})
    assert [(t.code, t.note, t.note_language) for t in one.values.terms] == [
        ("4", "Schools", "en"),
        ("5", "", ""),
    ]
    data = {"goals": [4, 5], "notes": {"5": "Girls", "4": "Schools"}}
    each = mapped(rule("sdg", 'note = "notes.{value}"'), data)
    assert [(t.code, t.note) for t in each.values.terms] == [("4", "Schools"), ("5", "Girls")]
    long = mapped(rule("sdg", 'note = "why"'), {"goals": 4, "why": "w" * 5001})
    assert codes(long.faults) == ["text_too_long"]


def test_a_list_of_objects():
    rules = """
    [[terms]]
    scheme = "sdg"
    each = "evidence"
    columns = "goal"
    note = "text"
    note_language_column = "in"
    basis_column = "by"
    """
    data = {
        "evidence": [
            {"goal": 4, "text": "Écoles", "in": "fr", "by": "suggested"},
            {"goal": 4, "text": "Again"},
            {"goal": 5, "text": "", "by": "hearsay"},
            {"goal": 40},
        ]
    }
    found = mapped(rules, data)
    assert found.values.terms == (
        TermValue("sdg", "4", Basis.IMPORT, "Écoles", "fr"),
        TermValue("sdg", "5", Basis.IMPORT),
    )
    assert [(n.code, n.column) for n in found.notes] == [
        ("value_unknown", "evidence.by"),
        ("term_unknown", "evidence.goal"),
    ]
    long = mapped(rules, {"evidence": [{"goal": 4, "text": "w" * 5001}]})
    assert [(f.code, f.column) for f in long.faults] == [("text_too_long", "evidence.text")]


def test_a_rule_for_some_records():
    rules = rule("sdg", 'when = {kind = ["School", ""], year = "2020"}')
    for kind, year, expected in [
        ("school", 2020, ["4"]),
        ("", "2020", ["4"]),
        (None, "2020", ["4"]),
        ("farm", "2020", []),
        ("school", "2021", []),
    ]:
        assert found_codes(mapped(rules, {"goals": 4, "kind": kind, "year": year})) == expected


def test_every_code_and_title_of_the_framework_means_its_term():
    for scheme in wsis().schemes.values():
        for term in scheme.terms:
            assert scheme.means(term.code.lower()) == (term.code,)
            for name in term.names:
                assert term.code in scheme.means(name.upper()) or scheme.means(name)
