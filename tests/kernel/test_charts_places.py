"""The world as squares and as circles: what stands where, what is said, what is escaped."""

import re
import xml.etree.ElementTree as ET

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stocktaking.kernel.charts.bars import bar
from stocktaking.kernel.charts.bubbles import (
    LARGEST,
    LETTERS,
    SMALLEST,
    Bubble,
    bubbles,
    middle,
    radius,
    wrapped,
)
from stocktaking.kernel.charts.tile_links import Tile, in_reading_order, linked_map, tile_svg
from stocktaking.kernel.charts.tile_map import tiles

NASTY = '<b onclick="x">&'


def tile(code: str, **stated) -> Tile:
    values = {"text": "3", "label": f"3 entries: {code}", "url": f"/en/?country={code}", "step": 1}
    return Tile(code, **(values | stated))


def parsed(fragment: str):
    return html5lib.HTMLParser(strict=True).parseFragment(fragment)


def test_every_square_is_a_link_that_says_its_count():
    drawn = linked_map([("Africa", [tile("KE"), tile("TZ")])], label="World")
    assert drawn.count("<a ") == 2
    assert 'href="/en/?country=KE" aria-label="3 entries: KE"' in drawn
    assert '<g role="group" aria-label="Africa">' in drawn
    assert ">KE</text>" in drawn
    assert ">3</text>" in drawn
    parsed(drawn)


def test_codes_without_a_square_are_left_out():
    assert "YT" not in tiles()
    assert linked_map([("", [tile("YT")])], label="World").count("<a ") == 0


def test_chosen_squares_are_marked_and_nasty_words_are_escaped():
    drawn = linked_map([(NASTY, [tile("KE", label=NASTY, url=NASTY, chosen=True)])], label=NASTY)
    assert 'class="t1 on"' in drawn
    assert "<b" not in drawn


@given(st.lists(st.sampled_from(sorted(tiles())), unique=True))
def test_keyboards_go_from_north_to_south_and_from_west_to_east(codes):
    ordered = [one.code for one in in_reading_order([tile(code) for code in codes])]
    assert sorted(ordered) == sorted(codes)
    rows = [tiles()[code][::-1] for code in ordered]
    assert rows == sorted(rows)


@pytest.mark.parametrize("rtl", [False, True])
def test_file_is_well_formed_and_says_title_source_and_every_country(rtl):
    drawn = tile_svg({"KE": "3"}, {"KE": 1}, title=NASTY, note=NASTY, key=NASTY, rtl=rtl)
    root = ET.fromstring(drawn)  # noqa: S314 - of our own making
    assert root.find("{*}title").text == NASTY
    assert root.find("{*}desc").text == NASTY
    texts = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]
    assert set(tiles()) <= set(texts)
    assert "3" in texts
    assert root.get("direction") == ("rtl" if rtl else "ltr")


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_areas_of_circles_are_as_the_values(one, other):
    low, high = sorted((one, other))
    small, large = radius(low, high), radius(high, high)
    assert large == LARGEST
    assert SMALLEST <= small <= large
    if small > SMALLEST:
        assert small**2 / large**2 == pytest.approx(low / high)


def test_nothing_has_no_circle():
    assert radius(0, 5) == 0
    assert radius(0, 0) == 0


def test_middle_is_that_of_the_squares_and_none_where_there_is_none():
    west, east = middle(["US"]), middle(["NZ"])
    assert west[0] < 0.5 < east[0]
    assert middle(["KE", "YT"]) == middle(["KE"])
    assert middle(["YT"]) is None
    assert middle([]) is None


def test_circles_stand_largest_first_with_their_names():
    held = [
        Bubble("Europe", 1, "1", "1 entry: Europe", "/e", 0.5, 0.2),
        Bubble(NASTY, 40, "40", NASTY, NASTY, 0.4, 0.6),
    ]
    drawn = bubbles(held, label="Regions")
    assert [float(r) for r in re.findall(r' r="([\d.]+)"', drawn)] == [46, 7.27]
    assert "<b" not in drawn
    assert "viewBox" not in drawn.partition(">")[0]  # words keep their size
    parsed(drawn)


@given(st.text(alphabet="ab ", max_size=60))
def test_wrapped_names_lose_no_word(name):
    lines = wrapped(name)
    assert " ".join(lines) == " ".join(name.split())
    assert all(len(line) < LETTERS or " " not in line for line in lines)


def test_single_bars_grow_from_the_start_side():
    assert 'width="25%"' in bar(1, 4)
    assert 'x="75%" width="25%"' in bar(1, 4, rtl=True)
    assert 'width="0%"' in bar(1, 0)
    assert 'width="100%"' in bar(9, 4)
