"""Definitions as files: what is written is read again, what is none is refused."""

import json
import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories.questionnaires import definition
from tests.questionnaires import cases

from stocktaking.kernel.languages import CODES
from stocktaking.questionnaires.rules import checking
from stocktaking.questionnaires.rules.documents import Unreadable, read, to_plain, write

TEXTS = st.dictionaries(
    st.sampled_from(CODES), st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
)


@given(st.integers(0, 2**32), TEXTS, TEXTS)
def test_a_definition_survives_the_file(seed: int, one: dict, other: dict) -> None:
    held = cases.definition(random.Random(seed))
    first, *rest = held.sections
    if first.questions:
        dressed = replace(first.questions[0], help=one, label=other, personal=True)
        first = replace(first, introduction=other, questions=(dressed, *first.questions[1:]))
    held = replace(held, title=one, sections=(first, *rest))

    assert read(write(held)) == held
    assert write(read(write(held))) == write(held)


def test_the_file_is_readable_and_names_its_layout() -> None:
    stated = json.loads(write(definition()))

    assert stated["layout"] == 1
    assert stated["sections"][0]["questions"][0] == {
        "code": "title",
        "kind": "short",
        "label": {"en": "Question title", "fr": "Question title (fr)", "ar": "Question title (ar)"},
        "required": True,
        "settings": {"max_chars": 120},
        "binds_to": "title",
    }


def _broken(**stated) -> str:
    return json.dumps({**to_plain(definition()), **stated})


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ('{"layout": NaN}', "not JSON"),
        ("[]", "not an object"),
        ("{}", "layout must be 1"),
        (_broken(layout=2), "layout must be 1"),
        (_broken(slug=3), "slug is missing or not a text"),
        (_broken(title="x"), "title is not an object"),
        (_broken(colour="red"), "unknown name 'colour'"),
        (_broken(sections={}), "sections is not a list"),
        (_broken(sections=[3]), "a section: not an object"),
        (_broken(sections=[{"code": "a", "shown_when": "x"}]), "shown_when is not an object"),
        (
            _broken(sections=[{"code": "a", "questions": [{"code": "b", "kind": "song"}]}]),
            "question 'b': no such kind",
        ),
        (
            _broken(
                sections=[
                    {"code": "a", "questions": [{"code": "b", "kind": "short", "required": 1}]}
                ]
            ),
            "required is neither true nor false",
        ),
    ],
)
def test_what_is_no_questionnaire_is_refused_with_its_place(text: str, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        read(text)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(
    JSON, st.sampled_from(["settings", "shown_when", "label", "help", "required_when", "binds_to"])
)
def test_whatever_stands_in_a_file_is_refused_or_acceptable(value: object, name: str) -> None:
    stated = to_plain(definition())
    stated["sections"][0]["questions"][0][name] = value
    try:
        held = read(json.dumps(stated))
    except Unreadable:
        return
    if not checking.faults(held):
        assert read(write(held)) == held
