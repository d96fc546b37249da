"""How pages tell a moment of a call. Loaded by ``{% load calls %}``."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from stocktaking.calls.queries import Told

register = template.Library()


@register.simple_tag
def told(moment: Told) -> SafeString:
    """Weekday, date, hour and place, and the same in UTC in quieter letters."""
    if moment.anywhere:
        words = _("%(day)s, end of the day anywhere on earth") % {"day": moment.day}
    else:
        words = _("%(day)s, %(hour)s %(place)s") % {
            "day": moment.day,
            "hour": moment.hour,
            "place": moment.place,
        }
    return format_html(
        '<time datetime="{}">{}</time> <span class="utc">({} UTC)</span>',
        moment.iso,
        words,
        moment.utc,
    )
