"""Titles, summaries and sections in the languages of a file."""

from tests.intake.imports.mapped import codes, mapped

from stocktaking.entries.rules.values import SectionValue, TextValue
from stocktaking.entries.states import Origin

SUMMARY = '[[fields]]\nto = "summary"\ncolumns = "summary"\n'
DESCRIPTION = '[[fields]]\nto = "section:description"\ncolumns = ["long", "short"]\n'
LANGUAGE = """
[language]
columns = ["lang", "hint"]
values = { "Français" = "fr", "n-a" = "" }
"""
NARRATIVES = """
[[fields]]
to = "title"
each = "title.narrative"
columns = "#text"
language_column = "@lang"
"""


def texts(found):
    return [(one.language, one.title, one.summary) for one in found.values.texts]


def test_title_and_summary_in_the_default_language():
    found = mapped(SUMMARY, {"summary": "In brief"})
    assert found.values.texts == (TextValue("en", "A title", "In brief"),)
    assert found.values.original_language == "en"
    assert found.columns["texts.en.title"] == "title"
    assert found.stated >= {"texts.en.title", "texts.en.summary", "original_language"}
    assert found.title == "A title"
    assert (found.faults, found.notes) == ((), ())


def test_the_first_column_that_says_a_language():
    assert mapped("", {"lang": "", "hint": "es"}, head=LANGUAGE).values.original_language == "es"
    assert mapped("", {"lang": "PT_br"}, head=LANGUAGE).values.original_language == "pt-BR"
    assert mapped("", {"lang": "français"}, head=LANGUAGE).values.original_language == "fr"
    assert mapped("", {"lang": "N-A", "hint": "ar"}, head=LANGUAGE).values.original_language == "ar"


def test_names_of_the_six_languages():
    for said, tag in [("FRA", "fr"), ("Arabic", "ar"), ("Русский", "ru"), ("中文", "zh")]:
        assert mapped("", {"lang": said}, head=LANGUAGE).values.original_language == tag
    assert mapped("", {"lang": "zh-hant"}, head=LANGUAGE).values.original_language == "zh-Hant"


def test_what_is_no_language_is_told_and_the_next_column_asked():
    found = mapped("", {"lang": "Klingon", "hint": "es"}, head=LANGUAGE)
    assert found.values.original_language == "es"
    assert [(n.code, n.column, n.params) for n in found.notes] == [
        ("language_unknown", "lang", {"value": "Klingon"})
    ]


def test_a_title_is_needed():
    for empty in ("", "  ", None):
        found = mapped("", {"title": empty})
        assert found.values is None
        assert [(fault.code, fault.column) for fault in found.faults] == [
            ("title_missing", "title")
        ]


def test_the_parts_are_stated_whether_or_not_they_are_filled():
    found = mapped(SUMMARY + DESCRIPTION, {})
    assert {"texts.en.summary", "sections.description.en"} <= found.stated
    assert mapped("", {"lang": "fr"}, head=LANGUAGE).stated >= {"texts.fr.title"}


def test_the_first_column_that_says_something_counts():
    assert mapped(DESCRIPTION, {"long": " ", "short": "S"}).values.sections == (
        SectionValue("description", "en", "S"),
    )
    assert mapped(DESCRIPTION, {"long": "L", "short": "S"}).values.sections[0].text == "L"


def test_columns_are_joined_one_below_the_other():
    found = mapped(DESCRIPTION + "join = true", {"long": "L", "short": ["S", "T"]})
    assert found.values.sections[0].text == "L\n\nS\n\nT"
    assert found.notes == ()


def test_columns_that_are_joined_in_each_item_are_told_from_the_record():
    rules = DESCRIPTION + 'join = true\neach = "texts"'
    found = mapped(rules, {"texts": [{"long": "L", "short": "S"}]})
    assert found.values.sections[0].text == "L\n\nS"
    assert found.columns["sections.description.en"] == "texts.long"


def test_a_constant_stands_where_no_column_speaks():
    rules = DESCRIPTION + 'value = "Nothing is known."'
    assert mapped(rules, {}).values.sections[0].text == "Nothing is known."
    assert mapped(rules, {"long": "L"}).values.sections[0].text == "L"


def test_further_values_are_told():
    found = mapped(DESCRIPTION, {"long": ["one", "two", "three"]})
    assert found.values.sections[0].text == "one"
    assert [(n.code, n.params) for n in found.notes] == [("further_values", {"count": 2})]


def test_a_language_of_its_own():
    rules = '[[fields]]\nto = "title"\ncolumns = "titre"\nlanguage = "fr"\norigin = "machine"'
    found = mapped(rules, {"titre": "Un titre"})
    assert found.values.texts == (
        TextValue("en", "A title"),
        TextValue("fr", "Un titre", origin=Origin.MACHINE),
    )


def test_narratives_in_several_languages():
    data = {"title": [{"narrative": ["One", {"@lang": "fr", "#text": "Un"}]}]}
    found = mapped("", data, title=NARRATIVES)
    assert texts(found) == [("en", "One", ""), ("fr", "Un", "")]
    assert "texts.*.title" in found.stated
    assert found.columns["texts.fr.title"] == "title.narrative"


def test_the_language_of_the_only_title_is_the_original_one():
    data = {"title": [{"narrative": [{"@lang": "fr", "#text": "Un"}]}]}
    found = mapped("", data, title=NARRATIVES)
    assert found.values.original_language == "fr"
    assert codes(found.notes) == ["language_of_title"]


def test_a_narrative_in_no_language_is_left_out_and_told():
    data = {"title": [{"narrative": ["One", {"@lang": "Klingon", "#text": "Two"}]}]}
    found = mapped("", data, title=NARRATIVES)
    assert texts(found) == [("en", "One", "")]
    assert codes(found.notes) == ["text_language_unknown"]


def test_two_titles_in_one_language():
    found = mapped("", {"title": [{"narrative": ["One", "Two"]}]}, title=NARRATIVES)
    assert texts(found) == [("en", "One", "")]
    assert codes(found.notes) == ["further_values"]
    same = mapped("", {"title": [{"narrative": ["One", "One"]}]}, title=NARRATIVES)
    assert same.notes == ()


def test_a_summary_without_a_title_in_its_language():
    rules = '[[fields]]\nto = "summary"\ncolumns = "resume"\nlanguage = "fr"'
    found = mapped(rules, {"resume": "Court"})
    assert texts(found) == [("en", "A title", "")]
    assert codes(found.notes) == ["summary_untitled"]


def test_too_long_a_text_is_refused_unless_the_profile_cuts():
    found = mapped("", {"title": "t" * 501})
    assert [(f.code, f.params) for f in found.faults] == [
        ("text_too_long", {"most": 500, "length": 501})
    ]
    cut = mapped("", {"title": "t" * 501}, title=CUT)
    assert len(cut.values.texts[0].title) == 100
    assert [(n.code, n.params) for n in cut.notes] == [("text_cut", {"most": 100, "length": 501})]


CUT = '[[fields]]\nto = "title"\ncolumns = "title"\ncut = 100\n'


def test_control_characters_are_refused():
    assert codes(mapped("", {"title": "a\x00b"}).faults) == ["control_character"]
    assert codes(mapped(DESCRIPTION, {"long": "a\x0bb"}).faults) == ["control_character"]
    assert mapped(DESCRIPTION, {"long": "a\r\nb\tc"}).faults == ()
    assert mapped("", {"title": "two\nlines"}).values.texts[0].title == "two lines"


def test_the_inside_of_a_program_is_told():
    found = mapped(DESCRIPTION, {"long": '{"ops": [{"insert": "Text\n"}]}'})
    assert codes(found.notes) == ["text_is_data"]
    assert mapped(DESCRIPTION, {"long": "{sic} a text [1]"}).notes == ()


def test_sections_named_by_the_file():
    rules = """
    [[fields]]
    to = "section"
    each = "sections"
    columns = "text"
    code_column = "kind"
    language_column = "in"
    origin_column = "by"
    """
    data = {
        "sections": [
            {"kind": "Results", "text": "Many", "in": "en", "by": "human"},
            {"kind": "goals", "text": "Zwei", "in": "de"},
            {"kind": "Biography", "text": "He"},
            {"kind": "impact", "text": "Some", "by": "a friend"},
        ]
    }
    found = mapped(rules, data)
    assert found.values.sections == (
        SectionValue("results", "en", "Many", Origin.HUMAN),
        SectionValue("goals", "de", "Zwei"),
        SectionValue("impact", "en", "Some"),
    )
    assert found.unknown == (("section", "Biography"),)
    assert codes(found.notes) == ["term_unknown", "value_unknown"]
    assert "sections" in found.stated


def test_words_that_say_nothing():
    rules = SUMMARY + 'values = {"-" = "", "tbd" = "To be done"}'
    assert texts(mapped(rules, {"summary": "TBD"})) == [("en", "A title", "To be done")]
    assert texts(mapped(rules, {"summary": "-"})) == [("en", "A title", "")]
