"""Small pictures for other sites."""

import pytest
from defusedxml import ElementTree
from hypothesis import given
from hypothesis import strategies as st

from stocktaking.kernel.charts import Shape
from stocktaking.kernel.charts.badge import LINE, LINES, _size, badge_svg, heated, woven, wrapped

SVG = "{http://www.w3.org/2000/svg}"
# what XML can hold
TEXT = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"], exclude_characters="\ufffe"))


def drawn(title: str = "Village network", *, rtl: bool = False, under: str = "Kenya"):
    shape = Shape(3, 4)
    picture = woven([0, 2], [(1, "#4c9f38")], shape)
    svg = badge_svg(
        over="Entry 12", title=title, under=under, picture=picture, shape=shape, rtl=rtl
    )
    return ElementTree.fromstring(svg)


def test_badge_stands_alone_and_says_what_it_is() -> None:
    svg = drawn()
    assert svg.find(f"{SVG}title").text == "Village network"
    assert [one.text for one in svg.findall(f"{SVG}text")] == [
        "Entry 12",
        "Village network",
        "Kenya",
    ]
    names = {name for element in svg.iter() for name in element.attrib}
    assert not names & {"href", "style", "class", "onload"}


@given(TEXT)
def test_no_text_leaves_its_place(title: str) -> None:
    svg = drawn(title)
    assert {element.tag.removeprefix(SVG) for element in svg.iter()} <= {
        *("svg", "title", "rect", "text", "path"),
    }


def test_badge_is_mirrored_where_text_runs_from_the_right() -> None:
    svg = drawn(rtl=True)
    assert svg.get("direction") == "rtl"
    assert svg.find(f"{SVG}text").get("x") == "466"
    assert svg.find(f"{SVG}svg").get("x") == "14"
    assert svg.find(f"{SVG}svg/{SVG}g").get("transform") == "translate(12 0) scale(-1 1)"


def test_empty_lines_and_missing_grids_are_left_out() -> None:
    assert len(drawn(under="").findall(f"{SVG}text")) == 2
    shape = Shape(0, 0)
    svg = badge_svg(over="a", title="b", under="c", picture=heated({}, shape), shape=shape)
    assert ElementTree.fromstring(svg).find(f"{SVG}svg").get("width") == "0"


def test_list_is_inked_where_it_stands() -> None:
    picture = heated({(0, 1): 3}, Shape(1, 2))
    assert picture == (
        '<path d="M0.3 0.3h2.4v2.4h-2.4z" fill="#f4f6f8"/>'
        '<path d="M3.3 0.3h2.4v2.4h-2.4z" fill="#7ebadb"/>'
    )


@given(st.text())
def test_lines_fit(text: str) -> None:
    lines = wrapped(text)
    assert len(lines) <= LINES
    assert all(_size(line.rstrip("…")) <= LINE + 1 for line in lines)
    if not any(line.endswith("…") for line in lines):
        assert "".join("".join(lines).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Village", ["Village"]),
        ("Village network", ["Village", "network"]),
        ("Villagenetwork", ["Village", "network"]),
        ("one two three", ["one two", "three"]),
        ("one two three four five", ["one two", "three…"]),
        ("村庄网络村庄", ["村庄网", "络村庄"]),
        ("", []),
    ],
)
def test_lines_end_where_words_do(text: str, lines: list[str]) -> None:
    assert wrapped(text, most=7) == lines
