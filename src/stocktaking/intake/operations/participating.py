"""The words for each reason to refuse what readers and owners send in."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stocktaking.accounts.models import Person
from stocktaking.entries.models import Entry
from stocktaking.entries.rules.shapes import has_control
from stocktaking.entries.states import EntryState
from stocktaking.kernel.errors import RuleBroken, StaleVersion

MESSAGES: dict[str, str | Promise] = {
    "entry_not_public": _("This entry is not published."),
    "place_unknown": _("Choose a part that the entry has."),
    "kind_unknown": _("Choose one of the options shown."),
    "proposed_missing": _("Write what should stand there instead."),
    "proposed_same": _("This is what stands there already."),
    "remark_missing": _("Say what is wrong, and how you know."),
    "text_long": _("This is too long: %(most)s characters at most."),
    "control_character": _("Remove the control characters that cannot be shown."),
    "email_malformed": _("Write an e-mail address."),
    "no_line": _("This suggestion names no line that could be added."),
    "suggestion_unknown": _("There is no such suggestion."),
    "suggestion_decided": _("This suggestion has been decided."),
    "suggestion_changed": _("Somebody else acted on this suggestion meanwhile. Look at it again."),
    "owner_decides_edits": _("An owner answers suggestions; reports of errors go to staff."),
    "answer_missing": _("Say why, in words that the other person can use."),
    "claim_unknown": _("There is no such claim."),
    "claim_decided": _("This claim has been decided."),
    "claim_impossible": _("This organisation cannot be claimed."),
    "claim_needless": _("You act for this organisation already."),
    "claim_not_transfer": _("This entry has an owner. Claim its organisation instead."),
    "statement_missing": _("Say who you are in the organisation, and how it can be checked."),
    "website_missing": _("The register knows no website of this organisation. Choose another way."),
    "domain_differs": _(
        "The end of your confirmed address is not the name of the organisation’s website."
        " Choose another way."
    ),
    "method_by_code": _("This claim is not proved by a code on the website."),
    "subject_missing": _("Write a subject."),
    "text_missing": _("Write a message."),
    "sender_missing": _("Write your name."),
    "link_over": _("This link has been used, or it has expired."),
}


def refused(code: str, field: str | None = None, **params: Any) -> RuleBroken:
    return RuleBroken(code, MESSAGES[code], field=field, **params)


def changed_meanwhile(code: str) -> StaleVersion:
    return StaleVersion(code, MESSAGES[code])


def public_entry(number: int, field: str | None = None) -> Entry:
    """A published entry, or RuleBroken ``entry_not_public`` at the field that named it."""
    rows = Entry.objects.filter(number=number, state=EntryState.PUBLISHED)
    entry = rows.select_related("organisation").first()
    if entry is None:
        raise refused("entry_not_public", field)
    return entry


def bounded(text: str, field: str, most: int) -> str:
    """A text without blanks around it, or RuleBroken ``text_long``, ``control_character``."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if len(text) > most:
        raise refused("text_long", field, most=most)
    if has_control(text, "\n\t"):  # a database refuses some of them
        raise refused("control_character", field)
    return text


def visitors_address(email: str, by: Person | None) -> str:
    """Where to answer a visitor; of somebody with an account the account knows."""
    email = email.strip()
    if by is not None or not email:
        return ""
    try:
        validate_email(email)
    except ValidationError:
        raise refused("email_malformed", "email") from None
    return email
