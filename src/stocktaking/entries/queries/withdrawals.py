"""Why an entry is withdrawn, in words."""

from django.utils.translation import gettext as _

from stocktaking.entries.states import Cause, withdrawn_by_undoing


def reason_told(reason: str) -> str:
    """The reason of a withdrawal for people: what somebody wrote, or words for a code."""
    if batch := withdrawn_by_undoing(reason):
        return _("The import that brought it in (number %(number)s) was undone.") % {
            "number": batch
        }
    if reason == Cause.MERGED:
        return _("It is one with another entry of the same project.")
    return reason
