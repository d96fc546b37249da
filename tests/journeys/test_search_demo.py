"""The demo's entries, found with the words that a speaker of each language would type."""

import pytest

from stocktaking.entries.queries import cards
from stocktaking.intake.operations import load_demo_entries
from stocktaking.kernel import clock
from stocktaking.reference import frameworks
from stocktaking.reference.operations import load_framework
from stocktaking.search import operations
from stocktaking.search.queries import answer
from stocktaking.search.rules.values import Query

# Words, and a piece of the title that must stand among the first three.
EXPECTED = {
    "telemedicina": "telemedicina rural",
    "télémédecine": "télémédecine",
    "telemedecine": "télémédecine",
    "تعليم": "للتعليم المفتوح",
    "التعليم": "للتعليم المفتوح",
    "教育": "国家智慧教育",
    "智慧教育": "国家智慧教育",
    "образование": "KIBERone",
    "школьная библиотека": "Илимбокс",
    "u-report": "U-Report",
    "title:giga": "Giga",
    '"connecting every school"': "Giga: connecting every school",
    "organisation:UNICEF polls": "U-Report",
}


@pytest.mark.django_db
def test_demo_entries_are_found_by_the_words_of_their_speakers() -> None:
    load_framework(folder=frameworks.WSIS, by=None, at=clock.now())
    load_demo_entries(by=None, at=clock.now())
    operations.catch_up()

    missed = {words: titles(words)[:3] for words in EXPECTED}
    missed = {
        words: found
        for words, found in missed.items()
        if not any(EXPECTED[words] in title for title in found)
    }
    assert missed == {}

    misspelt = answer(Query(text="agricultre"))
    assert misspelt.suggestion == "agriculture"
    assert misspelt.total == answer(Query(text="agriculture")).total > 3

    register = answer(Query(), facets=("action-line", "region"))
    one = answer(Query(filters={"action-line": ("C2",)}), facets=("action-line", "region"))
    assert one.total == register.facets["action-line"]["C2"] > 0
    assert one.facets["action-line"] == register.facets["action-line"]
    assert one.facets["region"] != register.facets["region"]


def titles(text: str) -> list[str]:
    numbers = [int(hit.key) for hit in answer(Query(text=text)).hits]
    return [str(card.title) for card in cards(numbers, "en")]
