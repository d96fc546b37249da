"""The questionnaire of the yearly call: whole in six languages, right for the real framework."""

import datetime as dt
from collections.abc import Iterator

import pytest
from tests.factories.questionnaires import AT

from stocktaking.kernel.languages import CODES
from stocktaking.kernel.text import guess
from stocktaking.questionnaires.operations import load_shipped, save_definition
from stocktaking.questionnaires.queries import known_for, known_schemes, shipped, shipped_names
from stocktaking.questionnaires.rules import checking
from stocktaking.questionnaires.rules.answers import faults
from stocktaking.questionnaires.rules.conditions import visible, visible_sections
from stocktaking.questionnaires.rules.definition import Definition, Texts
from stocktaking.questionnaires.rules.paths import problems
from stocktaking.reference.frameworks import WSIS
from stocktaking.reference.operations import load_framework

WORDS = "The project connects schools in villages and teaches people to use the network. "
ANSWERS = {
    "organisation": {"name": "Village council", "country": "KE", "type": "civil_society"},
    "activity": [{"code": "project"}],
    "title": "Village network",
    "summary": WORDS * 2,
    "status": [{"code": "ongoing"}],
    "start": "2021",
    "coverage": [{"code": "national"}],
    "countries": ["KE"],
    "action-lines": [{"code": "C2"}, {"code": "C7-ELEA"}],
    "sdgs": [{"code": "4", "note": "Schools learn on line."}],
    "description": WORDS * 5,
    "correct": True,
    "publish": True,
}


@pytest.fixture
def held(db) -> Definition:
    load_framework(folder=WSIS, by=None, at=AT)
    return shipped("entries")


def faults_of(held: Definition, occasion: str = "new", **stated) -> list[tuple[str, str]]:
    answers = {code: value for code, value in {**ANSWERS, **stated}.items() if value is not None}
    known = known_for(held, answers, today=dt.date(2026, 3, 2))
    found = faults(held, answers, {"occasion": occasion}, known)
    return [(fault.code, fault.field) for fault in found]


def texts_of(held: Definition) -> Iterator[Texts]:
    yield held.title
    for section in held.sections:
        yield section.title
        yield section.introduction
        for question in section.questions:
            yield question.label
            yield question.help
            yield from (option["label"] for option in question.settings.get("options", ()))


def test_it_has_no_problem_and_no_hint(held: Definition) -> None:
    assert shipped_names() == ["entries"]
    assert checking.faults(held) == []
    assert problems(held, known_schemes(held, today=AT.date())) == ()


def test_each_text_stands_in_six_languages_and_is_written_in_them(held: Definition) -> None:
    long_ones = 0
    for texts in texts_of(held):
        assert set(texts) in (set(), set(CODES))
        for code in ("ar", "zh", "ru"):
            assert not texts or guess(texts[code]) == code
        for code in ("en", "fr", "es"):
            if len(texts.get(code, "")) > 60:
                long_ones += 1
                assert guess(texts[code]) == code
    assert long_ones > 20


def test_it_is_loaded_once_and_what_organisers_made_of_it_stays(held: Definition) -> None:
    first = load_shipped(name="entries", by=None, at=AT)
    other = Definition("entries", {"en": "Ours"}, held.sections[:2])
    save_definition(definition=other, by=None, at=AT)

    assert load_shipped(name="entries", by=None, at=AT).pk == first.pk


def test_good_answers_may_be_sent(held: Definition) -> None:
    assert faults_of(held) == []


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        (
            {"status": [{"code": "completed"}]},
            [("required", "end"), ("required", "results")],
        ),
        ({"status": [{"code": "completed"}], "end": "2020", "results": "Done."},
         [("date_before_other", "end")]),
        ({"countries": None}, [("required", "countries")]),
        ({"countries": None, "coverage": [{"code": "international"}]}, []),
        ({"sdgs": None}, [("required", "sdgs")]),
        ({"summary": "Too short."}, [("too_few_words", "summary")]),
        ({"publish": None}, [("statement_not_accepted", "publish")]),
    ],
)  # fmt: skip
def test_what_depends_on_other_answers_is_asked(
    held: Definition, stated: dict, expected: list
) -> None:
    assert faults_of(held, **stated) == expected


def test_confirming_an_entry_asks_for_no_more_than_every_entry_has(held: Definition) -> None:
    without = dict.fromkeys(("activity", "start", "coverage", "sdgs", "publish", "correct"))

    assert faults_of(held, "confirm", **without) == []


def test_questions_depend_on_the_stakeholder_and_the_occasion(held: Definition) -> None:
    def asked(**facts: str) -> frozenset[str]:
        return visible(held, ANSWERS, facts)

    assert "policy" in asked(stakeholder="government") - asked(stakeholder="private_sector")
    assert "terms-of-use" in asked(stakeholder="private_sector") - asked(stakeholder="academia")
    assert "changed" in asked(occasion="update") - asked(occasion="new")


def test_sections_fit_a_phone(held: Definition) -> None:
    shown = visible_sections(held, ANSWERS, {"occasion": "new", "stakeholder": "government"})

    assert len(shown) >= 10
    assert max(len(section.questions) for section in shown) <= 6
