"""The words for each reason to refuse something about calls and replies."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stocktaking.kernel.errors import RuleBroken, StaleVersion

MESSAGES: dict[str, str | Promise] = {
    # replying
    "call_not_open": _("The call is not open yet."),
    "call_closed": _("The call has closed. What you wrote is kept."),
    "call_cancelled": _("The call was cancelled. What you wrote is kept."),
    "call_does_not_confirm": _("Entries cannot be confirmed or updated through this call."),
    "not_invited": _("This call is for those who were invited. Use the address of the invitation."),
    "organisation_needed": _("One replies to this call for an organisation. Choose yours first."),
    "stakeholder_not_asked": _("This call is for other types of stakeholders."),
    "stakeholder_unknown": _("Say in your account which type of stakeholder you are."),
    "country_not_asked": _("This call is for other countries."),
    "country_unknown": _("Say in your account which country you are from."),
    "account_gone": _("This account does not exist any more. Sign in again."),
    "quota_of_person": _("You have sent as many replies as one person may send to this call."),
    "quota_of_organisation": _(
        "Your organisation has sent as many replies as one organisation may send to this call."
    ),
    "entry_has_reply": _("Somebody is updating this entry already, or has done so."),
    "entry_not_published": _("Only a published entry can be updated or confirmed."),
    "entry_missing": _("Choose the entry that you update."),
    "language_unknown": _("This language is not offered."),
    "reply_unknown": _("There is no such reply."),
    "reply_not_writable": _("The reply has been sent and cannot be changed now."),
    "reply_changed": _("The reply was changed meanwhile. Look at it again before you send it."),
    "move_refused": _("This cannot be done with the reply as it is now."),
    "reason_missing": _("Give the reason."),
    "publish_in_past": _("Choose a moment that has not passed."),
    # writing together
    "email_malformed": _("This is not an e-mail address."),
    "invitation_unknown": _("This invitation does not exist, was taken back or is too old."),
    "author_already": _("This person writes the reply already."),
    "invited_already": _("This person has been invited already."),
    "too_many_invitations": _("Too many invitations wait for an answer. Take one back first."),
    "author_unknown": _("This person does not write the reply."),
    "lead_stays": _("Hand the lead over to somebody before you leave."),
    # organising
    "slug_malformed": _("Use small letters, digits and hyphens only."),
    "call_exists": _("There is a call with this name already."),
    "questionnaire_unknown": _("There is no such questionnaire."),
    "call_title_missing": _("Give the call a title."),
    "zone_unknown": _("Choose a time zone from the list."),
    "closes_before_opening": _("The end must come after the beginning."),
    "not_end_of_day": _("Anywhere on earth, a call ends with the end of a day."),
    "term_unknown": _("There is no term with the code %(term)s."),
    "quota_malformed": _("Give a number from 1 on, or leave it empty."),
    "collection_unknown": _("There is no collection with the name %(slug)s."),
    "previous_itself": _("A call does not follow itself."),
    "call_unknown": _("There is no such call."),
    "call_move_refused": _("This cannot be done with the call as it is now."),
    "call_fixed": _("This cannot be changed once the call is published."),
    "questionnaire_unfit": _("The questionnaire is not ready: %(problem)s"),
    "extension_not_later": _("The new end must be later than the present one."),
    "extension_in_past": _("The new end has passed already."),
    "allowance_not_later": _("Allow a moment after the end of the call."),
    "stale_call": _("Somebody else saved this call while you were editing it."),
    "stale_letter": _("Somebody else saved this letter while you were editing it."),
    "stale_group": _("Somebody else saved this group while you were editing it."),
    # letters
    "group_exists": _("There is a group with this name already."),
    "group_title_missing": _("Give the group a title."),
    "letter_unknown": _("There is no such letter."),
    "letter_sent": _("The letter was sent and stays as it is."),
    "letter_empty": _("Write the letter in one language at least."),
    "letter_without_readers": _("Choose who gets the letter."),
    "letter_half_written": _("Give the letter both a subject and a text in this language."),
    "placeholder_unknown": _("There is nothing to fill in for {%(name)s}."),
    "days_before_missing": _("Say how many days before the end the reminder goes out."),
    "send_in_past": _("Choose a moment that has not passed, or send the letter now."),
    "call_not_published": _("Publish the call first."),
}


def refused(code: str, field: str | None = None, **params: Any) -> RuleBroken:
    return RuleBroken(code, MESSAGES[code], field=field, **params)


def stale(code: str) -> StaleVersion:
    return StaleVersion(code, MESSAGES[code])
