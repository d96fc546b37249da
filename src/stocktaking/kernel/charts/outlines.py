"""Outlines that an operator brings (GeoJSON), read with suspicion and drawn as plain paths.

Nothing of the file reaches the picture but numbers and the codes of countries: longitude and
latitude become x and y (equirectangular), rounded to half a pixel, so that a file of millions of
points is a small picture.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from stocktaking.kernel.charts.geometry import number
from stocktaking.kernel.charts.heat import COUNTRIES, Scale
from stocktaking.kernel.charts.lettering import wrapped
from stocktaking.kernel.charts.standalone import HEAT, MUTED, PAPER, heading, standalone
from stocktaking.kernel.charts.tile_links import BOLD, LETTER, file_key

BYTES_MAX = 10_000_000
SHAPES_MAX = 2000
POINTS_MAX = 1_000_000
WIDE, TOP, SOUTH, NORTH = 1000, 60, -60, 84  # of the picture; degrees that it shows
HIGH = round(WIDE / 360 * (NORTH - SOUTH))
SMALLEST = 0.6  # square pixels; a smaller island is left out where its country has a larger one
CODES = ("ISO_A2_EH", "ISO_A2", "iso_a2", "ISO3166-1-Alpha-2", "iso2", "code", "id")

Ring = tuple[tuple[float, float], ...]


class OutlineError(Exception):
    """Why a file cannot be drawn: ``code`` is stable, the text is for the operator."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True)
class Outline:
    """One shape as a path; ``code`` is that of its country, empty where it states none."""

    code: str
    path: str


def read_outlines(content: bytes) -> tuple[Outline, ...]:
    """The shapes of a file; ``OutlineError`` where it is none, or too large."""
    if len(content) > BYTES_MAX:
        raise OutlineError("too_large", f"the file has more than {BYTES_MAX // 1_000_000} MB")
    try:
        read = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise OutlineError("not_json", "the file is not JSON") from error
    features = read.get("features") if isinstance(read, dict) else None
    if not isinstance(features, list) or read.get("type") != "FeatureCollection":
        raise OutlineError("not_geojson", "the file is not a FeatureCollection of GeoJSON")
    if len(features) > SHAPES_MAX:
        raise OutlineError("too_large", f"the file has more than {SHAPES_MAX} shapes")
    left = [POINTS_MAX]
    found = [Outline(_code(one), _path(one, left)) for one in features if isinstance(one, dict)]
    drawn = tuple(one for one in found if one.path)
    if not drawn:
        raise OutlineError("nothing_to_draw", "the file has no polygon within its bounds")
    return drawn


def _code(feature: Mapping[str, object]) -> str:
    """The country's two letters, wherever the usual files keep them."""
    stated = feature.get("properties")
    held = {"id": feature.get("id"), **(stated if isinstance(stated, dict) else {})}
    for name in CODES:
        value = held.get(name)
        if isinstance(value, str) and len(value) == 2 and value.isascii() and value.isalpha():
            return value.upper()
    return ""


def _path(feature: Mapping[str, object], left: list[int]) -> str:
    """All rings of a feature, the least ones left out beside a larger one."""
    rings = [ring for ring in _rings(feature.get("geometry"), left) if len(ring) > 2]
    if not rings:
        return ""
    sizes = [abs(_area(ring)) for ring in rings]
    kept = [
        ring
        for ring, size in zip(rings, sizes, strict=True)
        if size >= SMALLEST or size == max(sizes)
    ]
    return "".join(_drawn(ring) for ring in kept)


def _rings(geometry: object, left: list[int]) -> Iterator[Ring]:
    if not isinstance(geometry, dict):
        return
    held, kind = geometry.get("coordinates"), geometry.get("type")
    polygons = [held] if kind == "Polygon" else held if kind == "MultiPolygon" else []
    for polygon in polygons if isinstance(polygons, list) else []:
        for ring in polygon if isinstance(polygon, list) else []:
            if isinstance(ring, list):
                left[0] -= len(ring)
                if left[0] < 0:
                    raise OutlineError("too_large", f"the file has more than {POINTS_MAX} points")
                yield _projected(ring)


def _projected(ring: Sequence[object]) -> Ring:
    """Points on the picture, to half a pixel, each once in a row."""
    found: list[tuple[float, float]] = []
    for point in ring:
        x, y = _placed(point)
        here = round(x * 2) / 2, round(y * 2) / 2
        if not found or found[-1] != here:
            found.append(here)
    if len(found) > 1 and found[0] == found[-1]:
        found.pop()
    return tuple(found)


def _placed(point: object) -> tuple[float, float]:
    if not isinstance(point, list) or len(point) < 2:
        raise OutlineError("bad_point", "a point is not a pair of numbers")
    east, north = point[:2]
    for value, most in ((east, 180), (north, 90)):
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        # a little more than round the world is how files say "on the other side"; compared so,
        # it is false of what is no number (NaN), and an integer of any length is no float
        if not is_number or not abs(value) <= most + 1:
            raise OutlineError("bad_point", "a point is not a longitude and a latitude in degrees")
    north = min(max(north, SOUTH), NORTH)
    return (min(max(east, -180), 180) + 180) * WIDE / 360, (NORTH - north) * WIDE / 360


def _area(ring: Ring) -> float:
    pairs = zip(ring, (*ring[1:], ring[0]), strict=True)
    return sum(x * other_y - other_x * y for (x, y), (other_x, other_y) in pairs) / 2


def _drawn(ring: Ring) -> str:
    """Relative steps, which are shorter than places."""
    (x, y), steps = ring[0], []
    for next_x, next_y in ring[1:]:
        steps.append(f"{number(next_x - x)} {number(next_y - y)}")
        x, y = next_x, next_y
    return f"M{number(ring[0][0])} {number(ring[0][1])}l{' '.join(steps)}z"


def outline_svg(
    outlines: Sequence[Outline],
    steps: Mapping[str, int],
    *,
    title: str,
    note: str,
    notice: str,
    key: str,
    scale: Scale = COUNTRIES,
    rtl: bool = False,
) -> SafeString:
    """The picture as a file that cannot be parted from the operator's ``notice``."""
    lines = [*wrapped(notice, 12, WIDE - 32), note]
    wide = max(WIDE + 32, BOLD * len(title) + 32, LETTER * len(note) + 32)
    below = TOP + HIGH + 44
    anchor = number(wide - 16 if rtl else 16)
    drawn = format_html(
        '{}<g transform="translate(16 {})" stroke="{}" stroke-width=".5" fill-rule="evenodd">{}</g>'
        '<g direction="ltr">{}</g><g fill="{}">{}</g>',
        heading(title, anchor, 32),
        str(TOP),
        PAPER,
        format_html_join(
            "",
            '<path fill="{}" d="{}"/>',
            ((HEAT[steps.get(one.code, 0)], one.path) for one in outlines),
        ),
        file_key(key, scale, TOP + HIGH + 20),
        MUTED,
        format_html_join(
            "",
            '<text x="{}" y="{}">{}</text>',
            ((anchor, str(below + 20 * place), line) for place, line in enumerate(lines)),
        ),
    )
    high = below + 20 * len(lines) + 12
    return standalone(drawn, wide=wide, high=high, title=title, told=notice, size=12, rtl=rtl)
