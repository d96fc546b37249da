"""The words for states, tries and reasons of mail."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stocktaking.web.forms.mail import CATEGORIES

Labels = dict[str, str | Promise]

STATES: Labels = {
    "queued": _("Waiting"),
    "sending": _("Being sent"),
    "sent": _("Sent"),
    "failed": _("Failed"),
    "bounced": _("Came back"),
    "suppressed": _("Held back"),
    "cancelled": _("Cancelled"),
}
OUTCOMES: Labels = {
    "": _("Running"),
    "sent": _("Taken by the server"),
    "later": _("Not now"),
    "refused": _("Refused"),
    "bounced": _("No such address"),
    "lost": _("Unknown: the worker ended"),
}
REASONS: Labels = {
    "bounced": _("A mail came back"),
    "complaint": _("The reader complained"),
    "unsubscribed": _("Stopped by the reader"),
    "by_hand": _("Stopped by staff"),
}
CATEGORY: Labels = dict(CATEGORIES)
