"""Outlines that an operator brings: what is read, what is refused, what is drawn."""

import json
import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stocktaking.kernel.charts import outlines as module
from stocktaking.kernel.charts.outlines import OutlineError, outline_svg, read_outlines

SQUARE = [[30, 0], [40, 0], [40, -10], [30, -10], [30, 0]]
NASTY = '"/><script>x</script>&'


def collection(*features: object) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def shape(coordinates: object, kind: str = "Polygon", **stated) -> dict[str, object]:
    return {
        "type": "Feature",
        "properties": {"ISO_A2": "KE"} | stated,
        "geometry": {"type": kind, "coordinates": coordinates},
    }


def refused(content: bytes) -> str:
    with pytest.raises(OutlineError) as raised:
        read_outlines(content)
    return raised.value.code


def test_polygons_become_paths_with_the_code_of_their_country():
    (one,) = read_outlines(collection(shape([SQUARE])))
    assert one.code == "KE"
    assert one.path == "M583.5 233.5l27.5 0 0 27.5 -27.5 0z"


def test_all_parts_of_a_country_are_drawn_and_specks_are_not():
    speck = [[0, 0], [0.05, 0], [0.05, 0.05], [0, 0]]
    other = [[0, 0], [5, 0], [5, 5], [0, 0]]
    (one,) = read_outlines(collection(shape([[SQUARE], [other], [speck]], "MultiPolygon")))
    assert one.path.count("M") == 2


def test_small_countries_stay():
    island = [[10, 10], [10.4, 10], [10.4, 10.4], [10, 10]]
    assert read_outlines(collection(shape([island])))[0].path


@pytest.mark.parametrize("stated", [{"ISO_A2": "-99"}, {"ISO_A2": 5}, {"ISO_A2": NASTY}])
def test_what_is_no_code_is_none(stated):
    assert read_outlines(collection(shape([SQUARE], **stated)))[0].code == ""


def test_better_codes_come_first():
    one = read_outlines(collection(shape([SQUARE], ISO_A2="-99", ISO_A2_EH="fr")))[0]
    assert one.code == "FR"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not_json"),
        (b"[" * 100_000, "not_json"),
        (b"[]", "not_geojson"),
        (b'{"type": "FeatureCollection", "features": 3}', "not_geojson"),
        (collection(), "nothing_to_draw"),
        (collection(3, {"type": "Feature"}, shape([[0, 0]], "Point")), "nothing_to_draw"),
        (collection(shape([[[1000, 0], [0, 0], [1, 1]]])), "bad_point"),
        (collection(shape([[[0, "1"], [0, 0], [1, 1]]])), "bad_point"),
        (collection(shape([[[0], [0, 0], [1, 1]]])), "bad_point"),
        (collection(shape([[[True, 0], [0, 0], [1, 1]]])), "bad_point"),
        (b'{"type":"FeatureCollection","features":[{"geometry":{"type":"Polygon",'
         b'"coordinates":[[[NaN,0],[1,1],[2,0]]]}}]}', "bad_point"),
        (collection(shape([[[10**400, 0], [1, 1], [2, 0]]])), "bad_point"),
        (collection(*[{}] * 2001), "too_large"),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_is_refused(content, code):
    assert refused(content) == code


def test_files_that_are_too_large_are_refused(monkeypatch):
    monkeypatch.setattr(module, "BYTES_MAX", 10)
    assert refused(collection(shape([SQUARE]))) == "too_large"


def test_files_of_too_many_points_are_refused(monkeypatch):
    monkeypatch.setattr(module, "POINTS_MAX", 4)
    assert refused(collection(shape([SQUARE]))) == "too_large"


@given(st.recursive(st.none() | st.floats() | st.text(max_size=3), st.lists, max_leaves=12))
def test_no_coordinates_do_more_than_be_refused(coordinates):
    for kind in ("Polygon", "MultiPolygon"):
        try:
            drawn = read_outlines(collection(shape(coordinates, kind)))
        except OutlineError:
            continue
        assert all(re.fullmatch(r"[MLlz0-9 .-]+", one.path) for one in drawn)


def test_a_notice_without_spaces_fits_the_picture():
    found = read_outlines(collection(shape([SQUARE])))
    notice = "本地图所示边界不表示任何立场" * 20
    drawn = outline_svg(found, {}, title="图", note="注", notice=notice, key="数")
    root = ET.fromstring(drawn)  # noqa: S314 - of our own making
    texts = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]
    assert notice in "".join(texts)
    assert all(12 * len(text) <= float(root.get("width")) - 32 for text in texts)


@pytest.mark.parametrize("rtl", [False, True])
def test_the_picture_carries_the_notice_and_nothing_of_the_file(rtl):
    found = read_outlines(collection(shape([SQUARE], name=NASTY)))
    drawn = outline_svg(
        found, {"KE": 3}, title=NASTY, note=NASTY, notice="word " * 60, key=NASTY, rtl=rtl
    )
    root = ET.fromstring(drawn)  # noqa: S314 - of our own making
    assert not list(root.iter("{http://www.w3.org/2000/svg}script"))
    texts = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]
    assert sum(text.count("word") for text in texts) == 60
    assert max(len(text) for text in texts) <= 150
    assert 'fill="#7ebadb"' in drawn
