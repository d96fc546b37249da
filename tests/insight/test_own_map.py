"""The operator's outlines: shown with a notice or not at all."""

import json
import os

import pytest

from stocktaking.insight.queries.own_map import own_map, read_own_map
from stocktaking.kernel.charts.outlines import OutlineError

GEOJSON = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {"ISO_A2": "KE"},
            "geometry": {"type": "Polygon", "coordinates": [[[30, 0], [40, 0], [40, -9], [30, 0]]]},
        }
    ],
}


@pytest.fixture
def folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    made = tmp_path / "map"
    made.mkdir()
    return made


def bring(folder, **notices: str) -> None:
    (folder / "outlines.geojson").write_text(json.dumps(GEOJSON))
    for code, said in notices.items():
        (folder / f"notice.{code}.txt").write_text(said)


def test_without_a_file_there_is_none(folder):
    assert own_map() is None
    assert read_own_map() is None


def test_outlines_without_a_notice_are_not_shown(folder):
    bring(folder)
    assert own_map() is None
    with pytest.raises(OutlineError) as raised:
        read_own_map()
    assert raised.value.code == "no_notice"


def test_an_empty_notice_is_none(folder):
    bring(folder, en=" \n ")
    assert own_map() is None


def test_the_notice_is_in_the_next_best_language(folder):
    bring(folder, en="Not an opinion.", fr="Pas un avis.")
    found = own_map()
    assert found.notice("fr") == ("Pas un avis.", "fr")
    assert found.notice("ar") == ("Not an opinion.", "en")
    bring(folder, ru="Не мнение.")
    (folder / "notice.en.txt").unlink()
    (folder / "notice.fr.txt").unlink()
    assert own_map().notice("zh") == ("Не мнение.", "ru")


def test_a_changed_file_is_read_again(folder):
    bring(folder, en="One.")
    first = own_map()
    assert own_map() is first
    (folder / "notice.en.txt").write_text("Two words.")
    second = own_map()
    assert second.notice("en")[0] == "Two words."
    assert second.stamp != first.stamp


def test_a_broken_file_is_not_shown(folder):
    bring(folder, en="One.")
    (folder / "outlines.geojson").write_text("{")
    assert own_map() is None
    os.remove(folder / "outlines.geojson")
    assert own_map() is None
