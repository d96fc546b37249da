"""What an installation fills in."""

import pytest

from stocktaking.kernel import languages
from stocktaking.pages.rules.placeholders import UNFILLED, fill
from stocktaking.pages.rules.rendering import render


def test_places_are_filled() -> None:
    text = fill("By {{ organiser }}, {{contact}}.", {"organiser": "A", "contact": "B"}, "en")
    assert text == "By A, B."


@pytest.mark.parametrize("language", languages.CODES)
def test_a_place_left_open_says_so_in_the_language_of_the_text(language: str) -> None:
    for name, words in UNFILLED.items():
        assert fill(f"{{{{ {name} }}}}", {}, language) == words[language]


def test_an_unknown_place_stays_as_written() -> None:
    assert (
        fill("{{ settings.SECRET_KEY }}", {"organiser": "A"}, "en") == "{{ settings.SECRET_KEY }}"
    )


@pytest.mark.parametrize(
    "name", ["*Bold* & Sons", "<b>x</b>", "[x](javascript:alert(1))", "1. Office", "A_b_c"]
)
def test_a_name_is_never_read_as_markup(name: str) -> None:
    html = render(fill("{{ organiser }}", {"organiser": name}, "en"))
    shown = name.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert html.strip() == f"<p>{shown}</p>"


@pytest.mark.parametrize(
    ("contact", "address"),
    [
        ("desk@example.org", "mailto:desk@example.org"),
        ("https://example.org/x", "https://example.org/x"),
    ],
)
def test_an_address_becomes_a_link(contact: str, address: str) -> None:
    html = render(fill("{{ contact }}", {"contact": contact}, "en"))
    assert f'href="{address}"' in html
