"""The two engines of questionnaires, in Python and in the browser, agree on generated cases."""

import base64
import json
import random
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from tests.browser.conftest import NewPage
from tests.questionnaires import cases

from stocktaking.kernel.text import count_characters, count_words
from stocktaking.questionnaires.rules.answers import effective
from stocktaking.questionnaires.rules.browser import for_browser
from stocktaking.questionnaires.rules.conditions import required, visible
from stocktaking.questionnaires.rules.values import answered
from stocktaking.web import apps

SCRIPT = Path(apps.__file__).parent / "static" / "web" / "questionnaire.js"
TEXTS, DEFINITIONS, TRIES = 4_000, 400, 8


@pytest.fixture
def engine(new_page: NewPage) -> Page:
    """A page with the script's functions as ``window.rules``."""
    page = new_page()
    code = base64.b64encode(SCRIPT.read_bytes()).decode()
    page.evaluate(
        "async (code) => { window.rules = await import(`data:text/javascript;base64,${code}`) }",
        code,
    )
    return page


def test_texts_of_all_scripts_are_counted_alike(engine: Page) -> None:
    chance = random.Random(5)
    texts = [cases.text(chance) for _ in range(TEXTS)]

    counted = engine.evaluate(
        "(texts) => texts.map((one) => [rules.countWords(one), rules.countCharacters(one),"
        " rules.answered(one)])",
        texts,
    )

    ours = [[count_words(one), count_characters(one), answered(one)] for one in texts]
    assert _differences(texts, ours, counted) == []


def test_every_single_character_is_counted_alike(engine: Page) -> None:
    chance = random.Random(6)
    texts = [f"a{one}b {one}" for one in (cases.letter(chance) for _ in range(20_000))]

    counted = engine.evaluate("(texts) => texts.map(rules.countWords)", texts)

    assert _differences(texts, [count_words(one) for one in texts], counted) == []


def test_conditions_are_judged_alike(engine: Page) -> None:
    chance = random.Random(7)
    asked, ours = [], []
    for _ in range(DEFINITIONS):
        held = cases.definition(chance)
        for _ in range(TRIES):
            answers, facts = cases.answers(chance, held), cases.facts(chance)
            shown = visible(held, answers, facts)
            counting = effective(held, answers, facts)
            asked.append([for_browser(held, answers, facts), answers, facts])
            ours.append(
                [
                    sorted(shown),
                    sorted(
                        question.code
                        for question in held.questions()
                        if question.code in shown and required(question, counting, facts)
                    ),
                ]
            )

    theirs = engine.evaluate(
        "(cases) => cases.map(([told, answers, facts]) =>"
        " [[...rules.visible(told, answers, facts)].sort(),"
        " [...rules.required(told, answers, facts)].sort()])",
        asked,
    )

    assert _differences(asked, ours, theirs) == []
    # the cases are worth comparing: some questions hide and some do not
    assert len({json.dumps(one) for one in ours}) > 300


def _differences(cases: list[Any], ours: list[Any], theirs: list[Any]) -> list[Any]:
    assert len(ours) == len(theirs) == len(cases)
    return [
        (case, one, other)
        for case, one, other in zip(cases, ours, theirs, strict=True)
        if one != other
    ][:3]
