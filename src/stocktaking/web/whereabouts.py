"""Where an entry works, in a few words."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from stocktaking.entries.queries import EntryCard

SHOWN = 3


def places(card: EntryCard) -> str:
    """The first countries that an entry names, and how many more."""
    names = [mark.term.short_label() for mark in card.of("country")]
    if not names:
        return _("Worldwide") if card.worldwide else _("No country named")
    more = len(names) - SHOWN
    if more <= 0:
        return listed(names)
    return ngettext("%(places)s and %(count)d more", "%(places)s and %(count)d more", more) % {
        "places": listed(names[:SHOWN]),
        "count": more,
    }


def listed(names: Sequence[object]) -> str:
    """Names one after the other, with the comma of the page's language."""
    return pgettext("between the names of a list", ", ").join(map(str, names))
