"""Sentences for what is told of rows and documents of our own exports."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

OF_REGISTER: dict[str, str | Promise] = {
    "choice_unknown": _("“%(value)s” cannot stand here. Possible are: %(known)s."),
    "item_malformed": _(
        "There are too many parts in “%(item)s”. A | within a part is written with a \\ before it."
    ),
    "note_twice": _("%(term)s has two notes. Keep one of them."),
    "basis_twice": _("It is stated twice who says that %(term)s fits. Keep one of the two."),
    "facts_malformed": _("This is no JSON object with additional facts."),
    "document_malformed": _("This does not have the form of our exports."),
    "said_of_nothing": _(
        "“%(value)s” is neither in the entry nor in this row. What stands here of it was left out."
    ),
    "state_kept": _(
        "The state of the entry stays %(ours)s: an import neither publishes nor withdraws."
    ),
    "organisation_by_number": _(
        "The number counts: %(number)s is “%(ours)s”. To name another organisation, change the"
        " number, or empty it and write the name."
    ),
}
