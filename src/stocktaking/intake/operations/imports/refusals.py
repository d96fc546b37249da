"""The words for each reason to refuse an import as a whole."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stocktaking.kernel.errors import RuleBroken

MESSAGES: dict[str, str | Promise] = {
    "batch_unknown": _("There is no import with this number."),
    "batch_trial": _("This was a trial: it changed nothing, so there is nothing to undo."),
    "batch_move": _("This cannot be done with the import as it is now."),
    "profile_unfit": _("The profile does not fit the framework of this register. %(fault)s"),
    "profile_broken": _("The profile cannot be used. %(fault)s"),
    "profile_version_exists": _(
        "Version %(version)s of the profile %(slug)s exists already with other content. "
        "Give the profile a higher version."
    ),
    "profile_shipped": _("The name %(slug)s belongs to a shipped profile. Choose another one."),
    "identity_column_missing": _(
        "The file has no column “%(column)s”, which the profile needs to find records again."
    ),
    "conflict_malformed": _("Choose keep, replace or refuse."),
    "batch_nobody": _("The account that began this import is closed."),
    "file_lost": _("The file of this import is no longer stored."),
}


def refused(code: str, field: str | None = None, **params: Any) -> RuleBroken:
    return RuleBroken(code, MESSAGES[code], field=field, **params)
