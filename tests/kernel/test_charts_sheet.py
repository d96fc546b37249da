"""Figures as files: sound XML that stands alone, with words that fit."""

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.kernel.test_charts_over_time import FIGURES, NASTY

from stocktaking.kernel.charts.figures import Bars
from stocktaking.kernel.charts.lettering import ROOM, width_of, wrapped
from stocktaking.kernel.charts.sheet import as_file

SVG = "{http://www.w3.org/2000/svg}"


def sheet(content, **more):
    said = {"title": "Is it growing?", "answer": "Yes.", "note": "5 entries.", **more}
    return ET.fromstring(as_file(content, **said))  # noqa: S314


@pytest.mark.parametrize("rtl", [False, True])
@pytest.mark.parametrize("content", FIGURES, ids=lambda one: type(one).__name__)
def test_file_is_sound_and_says_what_the_page_says(content, rtl):
    drawn = sheet(content, title=NASTY, rtl=rtl)
    words = [one.text for one in drawn.iter(f"{SVG}text")]
    assert drawn.find(f"{SVG}title").text == NASTY
    assert drawn.find(f"{SVG}desc").text == "Yes."
    assert {"Yes.", "5 entries."} <= set(words)
    assert drawn.get("direction") == ("rtl" if rtl else "ltr")


@pytest.mark.parametrize("content", FIGURES, ids=lambda one: type(one).__name__)
def test_file_needs_no_style_sheet(content):
    drawn = sheet(content)
    assert not [one for one in drawn.iter() if one.get("class") or one.get("style")]
    shapes = [one for one in drawn.iter() if one.tag in (f"{SVG}path", f"{SVG}rect")]
    assert shapes
    assert all(one.get("fill") for one in shapes)


@pytest.mark.parametrize("rtl", [False, True])
def test_everything_stands_within_the_sheet(rtl):
    for content in FIGURES:
        drawn = sheet(content, rtl=rtl)
        _, _, width, height = map(float, drawn.get("viewBox").split())
        for one in drawn.iter(f"{SVG}rect"):
            x = one.get("x") or "0"
            assert x.endswith("%") or 0 <= float(x) <= width
        assert height > 100


def test_a_trend_without_a_figure_is_a_sheet_of_words():
    assert [one.text for one in sheet(None).iter(f"{SVG}text")] == [
        "Is it growing?",
        "Yes.",
        "5 entries.",
    ]


def test_bars_of_nothing():
    sheet(Bars((), ("Name", "Entries")))


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=300))
def test_wrapped_lines_keep_every_word(text):
    lines = wrapped(text, 12, 300)
    kept = "".join("".join(lines).split())
    assert kept == "".join(text.split())


def test_lines_fit_also_in_chinese():
    text = "登记册正在增长吗？" * 30
    for said in wrapped(text, 20, ROOM):
        assert sum(map(width_of, said)) * 20 <= ROOM
    assert len(wrapped("one two three", 12, 60)) == 2
