"""The words for each reason to refuse something in moderation."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stocktaking.kernel.errors import RuleBroken, StaleVersion

MESSAGES: dict[str, str | Promise] = {
    "reply_unknown": _("There is no such reply."),
    "not_in_queue": _("This reply has not been sent."),
    "stale_reply": _("Somebody else acted on this reply meanwhile. Look at it again."),
    "errors_found": _("A check found an error. Return the reply, or say why you accept it."),
    "entry_gone": _("The entry is not published any more. Publish it again first, or decline."),
    "not_a_moderator": _("This person does not moderate replies."),
    "not_endorsable": _("This reply has been decided."),
    "comment_missing": _("Write a comment."),
    "note_missing": _("Say why you object."),
    "likeness_unknown": _("There is no such likeness."),
    "pair_unknown": _("There is no such pair of entries."),
    "pair_decided": _("Somebody decided about these two entries already."),
    "stale_pair": _("Somebody else decided about these two entries meanwhile. Look at them again."),
    "replies_wait": _(
        "A reply about the entry that goes waits for a decision. Decide about the reply first."
    ),
    "family_unknown": _("There is no such series."),
    "too_many_replies": _("Choose %(most)s replies at most."),
    "none_chosen": _("Choose replies in the list first."),
    "check_exists": _("There is a check with this name already."),
    "check_unknown": _("There is no such check."),
    "stale_check": _("Somebody else saved this check while you were editing it."),
    "slug_malformed": _("Use small letters, digits and hyphens only."),
    "message_missing": _("Say in at least one language what is to be done."),
    "severity_unknown": _("Choose one of the options shown."),
    "call_unknown": _("There is no such call."),
    "condition_not_json": _("This condition cannot be read."),
}


def refused(code: str, field: str | None = None, **params: Any) -> RuleBroken:
    return RuleBroken(code, MESSAGES[code], field=field, **params)


def stale(code: str) -> StaleVersion:
    return StaleVersion(code, MESSAGES[code])
