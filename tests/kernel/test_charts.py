"""Pictures are exact: what stands where, what is said, what is escaped."""

import re

import html5lib
import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from stocktaking.kernel.charts import (
    Bar,
    Head,
    Plate,
    Scale,
    Shape,
    Square,
    Thread,
    art,
    bar_table,
    heat_grid,
    key,
    key_in_words,
    lit,
    mark,
    plate,
    tile_map,
    weave,
)
from stocktaking.kernel.charts.geometry import number
from stocktaking.kernel.charts.heat import SHARES, SQUARES, STEPS
from stocktaking.kernel.charts.key import ranges
from stocktaking.kernel.charts.mark import pattern
from stocktaking.kernel.charts.plate_svg import plate_svg
from stocktaking.kernel.charts.tile_map import off_map, tiles

SHAPE = Shape(4, 3)
NASTY = "<b onclick='x'>&"
scales = st.lists(st.integers(1, 10_000), min_size=1, max_size=6, unique=True).map(
    lambda found: Scale(tuple(sorted(found)))
)


def parsed(fragment: str):
    """The fragment as a strict parser reads it; a fault is an error."""
    return html5lib.HTMLParser(strict=True).parseFragment(fragment)


@given(scales, st.integers(0, 20_000), st.integers(0, 20_000))
def test_heat_never_falls_when_the_count_rises(scale, one, other):
    low, high = sorted((one, other))
    assert 0 <= scale.step(low) <= scale.step(high) < STEPS


@given(scales)
def test_key_names_every_step(scale):
    shown = ranges(scale)
    assert len(shown) == len(scale.thresholds)
    assert shown[-1].endswith("+")


@pytest.mark.parametrize(
    ("count", "step"), [(0, 0), (1, 1), (2, 1), (3, 2), (9, 3), (10, 4), (49, 5), (50, 6)]
)
def test_heat_of_squares(count, step):
    assert SQUARES.step(count) == step


@pytest.mark.parametrize("thresholds", [(), (0, 1), (3, 2), (2, 2), tuple(range(1, 8))])
def test_scale_without_sense_is_refused(thresholds):
    with pytest.raises(ValueError, match="thresholds"):
        Scale(thresholds)


def test_key_prints_ranges_in_one_direction():
    drawn = key("Entries", SQUARES, gap="nobody", linked="linked")
    assert '<bdi dir="ltr">10–19</bdi>' in drawn
    assert "nobody" in drawn
    assert "linked" in drawn
    assert "nobody" not in key("Entries", SQUARES)
    assert "0–2%" in key("Share", SHARES)


@given(st.floats(0, 1000, allow_nan=False))
def test_coordinates_are_short_and_right(value):
    assert float(number(value)) == pytest.approx(value, abs=0.005)


def test_squares_are_drawn_in_order_of_rows():
    assert lit([(1, 0), (0, 2)]) == "M6.3 0.3h2.4v2.4h-2.4zM0.3 3.3h2.4v2.4h-2.4z"


def test_shape_keeps_its_proportion():
    assert SHAPE.view_box == "0 0 9 12"
    assert Shape(18, 17).pixels() == (51, 54)
    assert Shape(1, 40).pixels() == (54, 1)


def test_weave_has_a_thread_a_weft_and_knots():
    drawn = weave([2, 0, 2], [Thread(1, "t-x")], SHAPE)
    assert '<path class="w t-x" d="M3.3 0h2.4v12h-2.4z"/>' in drawn
    assert drawn.count("h9v2.4h-9z") == 2
    assert 'class="knot"' in drawn
    assert 'aria-hidden="true"' in drawn


def test_weave_without_threads_is_empty_and_may_be_named():
    drawn = weave([], [], SHAPE, label=NASTY, big=True)
    assert "<path" not in drawn
    assert 'class="sig big"' in drawn
    assert 'role="img" aria-label="&lt;b onclick' in drawn


@given(
    st.dictionaries(
        st.tuples(st.integers(0, 3), st.integers(0, 2)), st.integers(0, 90), max_size=12
    )
)
def test_heat_grid_draws_every_square_once(counts):
    drawn = heat_grid(counts, SHAPE)
    assert drawn.count("h2.4v2.4h-2.4z") == SHAPE.rows * SHAPE.columns


def test_heat_grid_frames_gaps():
    drawn = heat_grid({(0, 0): 3}, SHAPE, gaps=[(1, 1)])
    assert drawn.count("h2.4v2.4h-2.4z") == 11
    assert '<path class="fg" d="M3.5 3.5h2v2h-2z"/>' in drawn


def small_plate(**changes) -> Plate:
    stated = {
        "caption": "Entries",
        "rows": [Head("C1", "One", "/?r=1"), Head("C7", NASTY, first=True)],
        "columns": [Head("1", "Poverty", "/?c=1", css="t-goal-1"), Head("2", "Hunger")],
        "squares": [
            [Square("7", "7 entries: One", "/?r=1&c=1", step=3, linked=True), Square()],
            [Square("0", "0, nobody yet", "/?gap", gap=True, linked=True), Square(linked=True)],
        ],
    }
    return Plate(**{**stated, **changes})


def test_plate_is_a_table_with_heads_and_figures():
    drawn = plate(small_plate())
    parsed(drawn)
    assert '<th scope="col" class="t-goal-1"><a href="/?c=1">1<span class="n">Poverty' in drawn
    assert (
        '<td class="h3 ref"><a href="/?r=1&amp;c=1" aria-label="7 entries: One">7</a></td>' in drawn
    )
    assert '<td class="gap"><a href="/?gap" aria-label="0, nobody yet">0</a></td>' in drawn
    assert '<td class="ref"></td>' in drawn
    assert '<tr class="first">' in drawn
    assert "<b onclick" not in drawn
    assert "tot" not in drawn


def test_plate_with_totals_has_as_many_cells_in_each_row():
    drawn = plate(small_plate(row_totals=["7", "0"], column_totals=["7", "0"], total_name="all"))
    rows = re.findall(r"<tr.*?</tr>", drawn)
    assert {len(re.findall(r"<t[dh]\b", row)) for row in rows} == {4}


def test_plate_writes_names_of_columns_upwards_and_outlines_fewer():
    drawn = plate(
        Plate(
            caption="Change",
            rows=[Head("", "Africa")],
            columns=[Head("", "Drones", "/?c=1", tall=True), Head("C1", NASTY, tall=True)],
            squares=[[Square("−3", "−3", "/?x", low=True, linked=True), Square("+2", step=1)]],
        )
    )
    parsed(drawn)
    assert '<th scope="col" class="tall"><a href="/?c=1"><span class="v">Drones</span>' in drawn
    assert '<span class="v">C1 &lt;b' in drawn
    assert '<td class="low ref">' in drawn


def test_plate_as_a_file_has_outlines_corners_and_upright_names():
    content = Plate(
        caption="Change",
        rows=[Head("", "Africa")],
        columns=[Head("", "Drones", tall=True)],
        squares=[[Square("−3", low=True, linked=True)]],
    )
    for rtl in (False, True):
        drawn = plate_svg(content, title="T", note="N", rtl=rtl)
        assert "rotate(-90)" in drawn
        assert 'stroke="#6b7884"' in drawn
        assert f"v8h{8 if rtl else -8}z" in drawn


def test_key_in_words_escapes_and_names_the_outline():
    drawn = key_in_words("Times", [(2, "more"), (5, NASTY)], low="fewer", linked="linked")
    assert 'class="f2"/></svg>more</span>' in drawn
    assert 'class="low"' in drawn
    assert "<b onclick" not in drawn
    assert 'class="low"' not in key_in_words("Times", [(2, "more")])


def test_plate_as_a_file_stands_alone():
    drawn = plate_svg(small_plate(), title=NASTY, note="9 entries", colours=["#e5243b"])
    assert drawn.startswith('<svg xmlns="http://www.w3.org/2000/svg"')
    assert "#e5243b" in drawn
    assert "style=" not in drawn
    assert "<b onclick" not in drawn
    assert ">7</text>" in drawn


def test_plate_as_a_file_begins_at_the_right_in_arabic():
    def first_column(rtl: bool) -> float:
        drawn = plate_svg(small_plate(), title="T", note="N", rtl=rtl)
        return float(re.search(r'<text x="([\d.]+)"[^>]*>1</text>', drawn)[1])

    def second_column(rtl: bool) -> float:
        drawn = plate_svg(small_plate(), title="T", note="N", rtl=rtl)
        return float(re.search(r'<text x="([\d.]+)"[^>]*>2</text>', drawn)[1])

    assert first_column(False) < second_column(False)
    assert first_column(True) > second_column(True)


def test_bars_grow_from_the_start_side():
    rows = [Bar("Africa", 10, url="/?r=AFR"), Bar("Europe", 5, code="C1")]
    drawn = bar_table(rows, "By region", heads=("Region", "Entries"))
    parsed(drawn)
    assert '<rect width="100%"' in drawn
    assert '<rect width="50%"' in drawn
    assert '<a href="/?r=AFR">Africa</a>' in drawn
    assert '<rect x="50%" width="50%"' in bar_table(rows, "By region", rtl=True)


def test_bars_without_rows_or_values_do_not_divide_by_nothing():
    assert "<rect" not in bar_table([], "Nothing")
    assert '<rect width="0%"' in bar_table([Bar("A", 0)], "Nothing")


def test_tile_map_has_a_place_for_every_country_and_no_two_on_one():
    assert len(tiles()) == 195
    assert len(set(tiles().values())) == 195


def test_tile_map_is_darker_where_more_is():
    drawn = tile_map({"KE": 40, "FR": 1, "ZZ": 9}, label="World")
    assert '<g class="t6"><text' in drawn
    assert re.search(r'<g class="t6">[^g]*>KE</text></g>', drawn)
    assert drawn.count("</text>") == 195
    assert off_map({"KE": 40, "ZZ": 9, "YT": 0}) == ["ZZ"]


def test_mark_is_the_file_of_the_mark():
    drawn = mark()
    assert drawn.count("h5v5h-5z") == 16
    assert drawn.count('class="m2"') == 1


def test_art_inks_a_pattern():
    squares = pattern(("x.x", ".x."), top=1)
    assert squares == {(1, 0), (1, 2), (2, 1)}
    drawn = art(SHAPE, label="four", squares=squares, hollow=[(0, 0)])
    assert drawn.count("h2.4v2.4h-2.4z") == 12 + 3
    assert 'class="hole"' in drawn


def test_pictures_have_no_inline_style():
    with translation.override("ar"):
        drawn = "".join(
            (
                plate(small_plate()),
                key("K", SQUARES),
                weave([1], [Thread(1)], SHAPE),
                tile_map({}, label="W"),
                bar_table([Bar("A", 1)], "B"),
                mark(),
            )
        )
    assert "style" not in drawn
