"""How fresh an entry is, in words. Loaded by ``{% load freshness %}``."""

import datetime as dt

from django import template
from django.http import HttpRequest
from django.template import Context
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from stocktaking.entries.queries import EntryCard
from stocktaking.entries.queries.ageing import freshness_of
from stocktaking.entries.rules.freshness import Freshness
from stocktaking.kernel import clock
from stocktaking.kernel.templatetags.stocktaking import when
from stocktaking.web.arrival import arrived_at
from stocktaking.web.facets import AGES

register = template.Library()

CONFIRMED: dict[Freshness, str | Promise] = {
    Freshness.FRESH: _("Fresh: confirmed on {day}"),
    Freshness.AGEING: _("Ageing: last confirmed on {day}"),
    Freshness.STALE: _("Stale: last confirmed on {day}"),
}
REGISTERED: dict[Freshness, str | Promise] = {
    Freshness.FRESH: _("Fresh: registered on {day}"),
    Freshness.AGEING: _("Ageing: registered on {day}"),
    Freshness.STALE: _("Stale: registered on {day}"),
}
WHOLE: dict[Freshness, str | Promise] = {
    **REGISTERED,
    Freshness.AGEING: _("Ageing: registered on {day}, not confirmed since"),
    Freshness.STALE: _("Stale: registered on {day}, not confirmed since"),
}


@register.simple_tag(takes_context=True)
def age(context: Context, card: EntryCard, whole: bool = False) -> SafeString:
    """The word for the age of an entry, with the day that it is counted from; ``whole`` where
    there is room for a sentence."""
    found = freshness_of(card.vouched_on, on=_today(context))
    said = (CONFIRMED if card.confirmed_on else WHOLE if whole else REGISTERED)[found]
    told = format_html(str(said), day=when(card.vouched_on))
    return format_html('<span class="age {}">{}</span>', found.value, told)


@register.simple_tag(takes_context=True)
def age_word(context: Context, card: EntryCard) -> SafeString:
    """The word alone, beside the days."""
    found = freshness_of(card.vouched_on, on=_today(context))
    return format_html('<span class="age {}">{}</span>', found.value, AGES[found])


def _today(context: Context) -> dt.date:
    request = context.get("request")
    return (arrived_at(request) if isinstance(request, HttpRequest) else clock.now()).date()
