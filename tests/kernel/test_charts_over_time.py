"""Figures over time: round scales, what is drawn where, in both directions."""

import re

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stocktaking.kernel.charts import Bar
from stocktaking.kernel.charts.axes import UNIT, Paper, steps
from stocktaking.kernel.charts.figures import Bars, draw
from stocktaking.kernel.charts.multiples import Multiples, Panel
from stocktaking.kernel.charts.over_time import Columns, Line, Series, columns, line
from stocktaking.kernel.charts.stacks import Stack, Stacks, Tile, TileGroup, Tiles

SPANS = ("2023", "2024", "2025")
NASTY = "<b onclick='x'>&"
ONE = Series("Entries", (1, 4, 2))
MANY = Columns(SPANS, (Series("Ongoing", (1, 2, 0)), Series("Completed", (0, 2, 3))))
PANELS = Multiples(SPANS, (Panel(NASTY, ONE, "7", code="C1", url="/list/", note="Rises"),))
SHARES = Stacks(("A", "B"), (Stack("2020–2024", (0.96, 0.04)),))
SQUARES = Tiles(
    (TileGroup("Group", "1 of 2", (Tile("KE", "Kenya", 3, "/ke/"), Tile("SD", NASTY, 0))),),
    none="Nobody yet",
)
FIGURES = [
    MANY,
    Line(SPANS, ONE),
    PANELS,
    SHARES,
    SQUARES,
    Bars((Bar(NASTY, 2, url="/one/"),), ("Name", "Entries")),
]


def parsed(markup):
    """Well-formed as a part of a page; html5lib raises where it is not."""
    return html5lib.HTMLParser(strict=True).parseFragment(str(markup))


@pytest.mark.parametrize("rtl", [False, True])
@pytest.mark.parametrize("content", FIGURES, ids=lambda one: type(one).__name__)
def test_figure_is_sound_and_escapes_words(content, rtl):
    drawn = draw(content, label=NASTY, description=NASTY, rtl=rtl)
    parsed(drawn)
    assert "onclick='x'" not in drawn
    assert "style=" not in drawn


@pytest.mark.parametrize("most", [1, 3, 4, 7, 10, 99, 100, 101, 12_345, 150_000])
def test_scale_of_counts_is_whole_and_just_above(most):
    values = steps(most)
    assert values[0] == 0
    assert most <= values[-1] < most * 2 + 4
    assert all(value == int(value) for value in values)
    assert len(values) <= 7


@given(st.floats(0, 1e9, allow_nan=False))
def test_scale_holds_any_value(most):
    for whole in (True, False):
        values = steps(most, whole=whole)
        assert list(values) == sorted(set(values))
        assert values[-1] >= most * (1 - 1e-6) - 1e-6


def test_columns_stand_on_the_base_line_and_on_each_other():
    drawn = columns(MANY, Paper(), height=118)
    first, second = re.findall(r'<path class="(f\d)" d="([^"]+)"', drawn)
    assert (first[0], second[0]) == ("f6", "f4")
    # 4 is the highest column, 100 pixels over the base line at 118
    assert first[1] == "M1.2 93h7.6v25h-7.6zM11.2 68h7.6v50h-7.6z"
    assert second[1] == "M11.2 18h7.6v50h-7.6zM21.2 43h7.6v75h-7.6z"


def test_columns_run_from_the_right_in_arabic():
    drawn = columns(Columns(SPANS, (ONE,)), Paper(rtl=True), height=118)
    path = re.search(r'<path class="b" d="([^"]+)"', drawn)[1]
    assert path.startswith(f"M{2 * UNIT + 1.2}")
    assert '<text class="m" x="16.67%"' in drawn  # the last span stands at the left
    assert 'dx="6"' in drawn


def test_a_span_that_is_not_over_is_drawn_as_an_outline():
    drawn = columns(Columns(SPANS, (ONE,), open=True), Paper())
    assert drawn.count('class="so-far"') == 1
    assert 'class="so-far"' not in columns(Columns(SPANS, (ONE,)), Paper())


def test_the_highest_column_has_its_figure_and_the_line_its_end():
    assert ">4</text>" in columns(Columns(SPANS, (ONE,)), Paper())
    assert 'text-anchor="end">2</text>' in line(Line(SPANS, ONE), Paper())


def test_text_is_not_stretched_with_the_drawing():
    """What has a viewBox holds no text."""
    for content in (MANY, Line(SPANS, ONE)):
        drawn = draw(content, label="", description="")
        for stretched in re.findall(r"<svg[^>]*viewBox.*?</svg>", drawn, re.S):
            assert "<text" not in stretched
        assert drawn.count("preserveAspectRatio") == 1


def test_picture_has_a_title_and_a_description():
    drawn = draw(Line(SPANS, ONE), label="Is it growing?", description="Yes.")
    assert 'role="img" aria-label="Is it growing?"' in drawn
    assert "<title>Is it growing?</title><desc>Yes.</desc>" in drawn


def test_panels_share_one_scale():
    low = Panel("Low", Series("Low", (1, 0, 0)), "1")
    high = Panel("High", Series("High", (4, 0, 0)), "4")
    drawn = draw(Multiples(SPANS, (low, high)), label="", description="")
    heights = [float(v) for v in re.findall(r"v([\d.]+)h", drawn)]
    assert heights[1] == pytest.approx(4 * heights[0], abs=0.05)


def test_lines_have_a_band_and_survive_one_span():
    sure = Series("Share", (0.5, 0.2), (0.3, 0.1), (0.7, 0.4))
    drawn = draw(
        Multiples(SPANS[:2], (Panel("One", sure, "5"),), lines=True), label="", description=""
    )
    assert 'class="band"' in drawn
    assert 'class="ln"' in drawn
    alone = Series("Share", (0.5,), (0.3,), (0.7,))
    parsed(
        draw(
            Multiples(("2025",), (Panel("One", alone, "5"),), lines=True), label="", description=""
        )
    )


def test_small_shares_have_their_figure_in_the_table_alone():
    drawn = draw(SHARES, label="", description="")
    assert ">96</text>" in drawn
    assert ">4</text>" not in drawn
    assert 'x="96%" width="4%"' in drawn
    assert 'x="0%" width="4%"' in draw(SHARES, label="", description="", rtl=True)


def test_what_is_missing_is_framed_and_said():
    drawn = draw(SQUARES, label="", description="")
    assert '<li class="none"' in drawn
    assert "Nobody yet" in drawn
    assert 'aria-label="Kenya: 3"' in drawn


def test_nothing_is_drawn_of_nothing():
    for content in (Columns((), ()), Multiples((), ()), Stacks((), ()), Tiles((), none="")):
        parsed(draw(content, label="", description=""))
    parsed(draw(Columns(("2025",), (Series("Entries", (0,)),)), label="", description=""))
