"""What templates say of places. Loaded by ``{% load by_place %}``."""

from collections.abc import Sequence

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from stocktaking.kernel import charts
from stocktaking.web.places import Counted

register = template.Library()
CHECKED = SafeString(" checked")


@register.simple_tag
def countries(name: str, held: Sequence[Counted]) -> SafeString:
    """Countries with a box to compare them, their entries and a link; drawn here because there
    are some two hundred on a page."""
    return format_html_join(
        "",
        '<li><label><input type="checkbox" name="{}" value="{}" aria-label="{}"{}></label>'
        '<a href="{}">{}</a> <span class="n">{}</span></li>',
        (
            (
                name,
                one.place.term.code,
                _("Compare %(place)s") % {"place": one.place.term.short_label()},
                CHECKED if one.place.chosen else "",
                one.url,
                one.place.term.short_label(),
                charts.figure(one.place.count),
            )
            for one in held
        ),
    )


@register.filter
def in_a_row(held: Sequence[Counted]) -> SafeString:
    """Names of countries, without links."""
    return format_html_join(" · ", "{}", ((one.place.term.short_label(),) for one in held))
