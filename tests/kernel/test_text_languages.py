"""The guess of a language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stocktaking.kernel.languages import CODES
from stocktaking.kernel.text import guess


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("منصة التعليم عن بعد للمدارس الريفية", "ar"),
        ("农村学校远程教育平台", "zh"),
        ("The platform brings lessons to rural schools and to their teachers.", "en"),
        ("Access to broadband for villages", "en"),
        ("La plateforme apporte des leçons aux écoles rurales et à leurs enseignants.", "fr"),
        ("Télémédecine dans les villages isolés", "fr"),
        ("La plataforma lleva lecciones a las escuelas rurales y a sus maestros.", "es"),
        ("Telemedicina para las comunidades rurales", "es"),
        ("Платформа приносит уроки в сельские школы", "ru"),
        ("5G网络 in 农村学校 推广", "zh"),
        ("Проект WSIS Forum 2025 для школ", "ru"),
    ],
)
def test_guess_knows_the_six_languages(text: str, language: str) -> None:
    assert guess(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1234 !",
        "Giga",
        "Освіта її дітей у школах і ліцеях їх міст",
        "日本のデジタルとオープンデータ",
        "پروژه گسترش آموزش از راه دور برای کودکان",
    ],
)
def test_guess_says_when_it_does_not_know(text: str) -> None:
    assert guess(text) is None


@given(st.text(st.characters(codec=None)))
def test_guess_never_raises(text: str) -> None:
    assert guess(text) in (None, *CODES)
