"""What a speaker of each language types, and what it must find."""

import pytest
from tests.factories.search import Shelf, asking, document

from stocktaking.search.queries import answer


def found(text: str) -> set[str]:
    return {hit.key for hit in answer(asking(text)).hits}


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        # Spanish
        ("telemedicina", {"1"}),
        ("TELEMEDICINA RURAL", {"1"}),
        ("medico", {"1"}),
        ("educacion", {"1", "2"}),  # spelt alike without accents: éducation too
        ("comunidad", {"1"}),
        # French
        ("télémédecine", {"2"}),
        ("telemedecine", {"2"}),
        ("l'accès", {"2"}),
        ("l’éducation", {"1", "2"}),
        ("satellites", {"2"}),
        ("infirmière isolée", {"2"}),
        # Russian
        ("образование", {"3"}),
        ("образования", {"3"}),
        ("отдаленный поселок", {"3"}),
        ("услуга", {"3"}),
        # Arabic: with and without article, particles, vowel signs and letter variants
        ("تعليم", {"4"}),
        ("التعليم", {"4"}),
        ("والتعليم", {"4"}),
        ("للتعليم", {"4"}),
        ("بالتعليم", {"4"}),
        ("تَعْلِيم", {"4"}),
        ("تعـــليم", {"4"}),
        ("المدارس", {"4"}),
        ("وزاره", {"4"}),
        # Chinese
        ("教育", {"5"}),
        ("远程教育", {"5"}),
        ("教", {"5"}),
        ("扶贫 卫生", {"5"}),
        ("台湾", set()),
        # English
        ("agriculture", {"6"}),
        ("Agricultural farmer", {"6"}),
        ("ehealth", {"6"}),
        ("e-health", {"6"}),
        ("C7", {"6"}),
        ("SDG 4", {"6"}),
        ("sdg4", {"6"}),
        ("women", {"6"}),
        ("ministry of rural development", {"6"}),
    ],
)
def test_words_find_their_entry(six: Shelf, text: str, keys: set[str]) -> None:
    assert found(text) == keys


def test_scripts_mix_in_one_question_and_in_one_text(shelf: Shelf) -> None:
    shelf.index(
        document("1", "5G网络 pour les écoles", "تعليم online обучение", language="fr"),
        document("2", "网络", language="zh"),
    )

    assert found("5G 网络") == {"1"}
    assert found("5g网络 école") == {"1"}
    assert found("التعليم обучения") == {"1"}


@pytest.mark.parametrize(
    ("text", "suggestion", "key"),
    [
        ("agricultre", "agriculture", "6"),
        ("telemedicna", "telemedicina", "1"),
        ("télémedcine", "télémédecine", "2"),
        ("образвание", "образование", "3"),
        ("smart agricultre", "smart agriculture", "6"),
    ],
)
def test_a_misspelt_word_is_put_right(six: Shelf, text: str, suggestion: str, key: str) -> None:
    given = answer(asking(text))

    assert given.suggestion == suggestion
    assert next(hit.key for hit in given.hits) == key


def test_a_word_without_any_likeness_finds_nothing(six: Shelf) -> None:
    given = answer(asking("xylophone"))

    assert (given.total, given.hits, given.suggestion) == (0, (), None)
