"""Why an entry is withdrawn, in words."""

from django.utils.translation import gettext as _

from stocktaking.entries.states import withdrawn_by_undoing


def reason_told(reason: str) -> str:
    """The reason of a withdrawal for people: what somebody wrote, or words for a code."""
    if batch := withdrawn_by_undoing(reason):
        return _("The import that brought it in (number %(number)s) was undone.") % {
            "number": batch
        }
    return reason
