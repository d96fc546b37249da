"""The world as one square per country, without borders. Never mirrored."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from stocktaking.kernel.charts.geometry import number
from stocktaking.kernel.charts.heat import COUNTRIES, Scale

SIDE = 10


@cache
def tiles() -> dict[str, tuple[int, int]]:
    """Column and row of each country by its two-letter code, from 0."""
    stored = json.loads((Path(__file__).parent / "tiles.json").read_text())["tiles"]
    left = min(column for column, _ in stored.values())
    top = min(row for _, row in stored.values())
    return {code: (column - left, row - top) for code, (column, row) in stored.items()}


def tile_map(
    counts: Mapping[str, int], *, label: str, scale: Scale = COUNTRIES, names: bool = True
) -> SafeString:
    """Darker where the count is higher. Countries without a tile (see ``off_map``) are left out."""
    steps: dict[int, list[tuple[str, int, int]]] = {}
    for code, (column, row) in tiles().items():
        step = scale.step(counts.get(code, 0))
        steps.setdefault(step, []).append((code, column * SIDE, row * SIDE))
    width = (max(column for column, _ in tiles().values()) + 1) * SIDE
    height = (max(row for _, row in tiles().values()) + 1) * SIDE
    return format_html(
        '<svg class="map" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>',
        str(width),
        str(height),
        label,
        format_html_join(
            "", "{}", ((_layer(step, places, names),) for step, places in sorted(steps.items()))
        ),
    )


def off_map(counts: Mapping[str, int]) -> list[str]:
    """Codes that are counted and have no tile; the page names them beside the map."""
    return sorted(code for code, count in counts.items() if count and code not in tiles())


def _layer(step: int, places: list[tuple[str, int, int]], names: bool) -> SafeString:
    path = "".join(f"M{number(x + 0.5)} {number(y + 0.5)}h9v9h-9z" for _, x, y in places)
    written = (
        format_html_join(
            "",
            '<text x="{}" y="{}" text-anchor="middle">{}</text>',
            ((str(x + 5), number(y + 6.2), code) for code, x, y in places),
        )
        if names
        else ""
    )
    return format_html(
        '<path class="f{}" d="{}"/><g class="t{}">{}</g>', str(step), path, str(step), written
    )
