"""What templates draw of places. Loaded by ``{% load places %}``."""

from collections.abc import Sequence

from django import template
from django.utils.safestring import SafeString

from stocktaking.kernel.charts.bubbles import Bubble, bubbles
from stocktaking.kernel.charts.tile_links import Tile, linked_map

register = template.Library()


@register.simple_tag
def tile_links(groups: Sequence[tuple[str, Sequence[Tile]]], label: str) -> SafeString:
    """The world as squares with figures, each leading to its entries."""
    return linked_map(groups, label=label)


@register.simple_tag
def region_bubbles(held: Sequence[Bubble], label: str) -> SafeString:
    """Regions as circles."""
    return bubbles(held, label=label)
