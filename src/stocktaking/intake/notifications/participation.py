"""Mails about suggestions, claims, messages to projects and the yearly question."""

from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from stocktaking.entries.queries import values_of
from stocktaking.kernel import languages
from stocktaking.outbox.registry import MailKind
from stocktaking.outbox.states import Category

SUGGESTION_ANSWERED = "intake.suggestion_answered"
SUGGESTION_TO_OWNER = "intake.suggestion_to_owner"
LINE_ADDED = "intake.line_added"
CLAIM_TO_DECIDE = "intake.claim_to_decide"
CLAIM_GRANTED = "intake.claim_granted"
CLAIM_GRANTED_TO_OTHERS = "intake.claim_granted_to_others"
CLAIM_DECLINED = "intake.claim_declined"
CLAIM_EXPIRED = "intake.claim_expired"
CONTACT = "intake.contact"
CONFIRMATION = "intake.confirmation"

_ENTRY = _("Village network")
_ORGANISATION = _("Ministry of Health")
_LINK = "https://example.org/en/entries/12/"

KINDS: tuple[MailKind, ...] = (
    MailKind(
        name=SUGGESTION_ANSWERED,
        category=Category.PROCESS,
        label=_("Answer to a suggestion"),
        subject=_("Your suggestion on “{entry}”"),
        body=_(
            "You wrote to us about {entry}. The secretariat has looked at it: {outcome}\n\n"
            "{answer}\n\n[Open the entry]({link})"
        ),
        placeholders={
            "entry": _ENTRY,
            "outcome": _("The entry was changed."),
            "answer": _("Thank you, the year was wrong."),
            "link": _LINK,
        },
    ),
    MailKind(
        name=SUGGESTION_TO_OWNER,
        category=Category.PROCESS,
        label=_("Suggestion to an entry, to those who act for it"),
        subject=_("Somebody suggests a change to “{entry}”"),
        body=_(
            "A reader suggests other words for {entry}. Say what you think of it:"
            " the secretariat decides, and hears you first.\n\n[See the suggestion]({link})"
        ),
        placeholders={"entry": _ENTRY, "link": "https://example.org/en/account/suggestions/"},
    ),
    MailKind(
        name=LINE_ADDED,
        category=Category.PROCESS,
        label=_("Line added to an entry, to those who act for it"),
        subject=_("“{entry}” stands under {line} now"),
        body=_(
            "The secretariat added {line} to {entry}, as somebody suggested:\n\n{remark}\n\n"
            "If the entry does not belong there, use “Suggest a change” on its page."
            "\n\n[Open the entry]({link})"
        ),
        placeholders={
            "entry": _ENTRY,
            "line": _("C7 E-health"),
            "remark": _("It connects clinics."),
            "link": _LINK,
        },
    ),
    MailKind(
        name=CLAIM_TO_DECIDE,
        category=Category.PROCESS,
        label=_("Claim to an organisation, to its owners"),
        subject=_("{person} wants to act for {organisation}"),
        body=_(
            "{person} asks to act for {organisation}, as you do. Grant it only if you know"
            " who it is.\n\n[Decide on the claim]({link})"
        ),
        placeholders={
            "person": "Ada Lovelace",
            "organisation": _ORGANISATION,
            "link": "https://example.org/en/claims/1/",
        },
    ),
    MailKind(
        name=CLAIM_GRANTED,
        category=Category.PROCESS,
        label=_("Claim granted"),
        subject=_("Your claim to {organisation} is granted"),
        body=_(
            "You act for {organisation} in the register now. You can answer suggestions to its"
            " entries, confirm them each year and reply to calls in its name.\n\n"
            "{answer}\n\n[Open the organisation]({link})"
        ),
        placeholders={
            "organisation": _ORGANISATION,
            "answer": "",
            "link": "https://example.org/en/organisations/7/",
        },
    ),
    MailKind(
        name=CLAIM_GRANTED_TO_OTHERS,
        category=Category.PROCESS,
        label=_("Claim granted, to those who act for the organisation already"),
        subject=_("{person} acts for {organisation} now"),
        body=_(
            "{person} acts for {organisation} now, beside you. If this is wrong, write to the"
            " secretariat.\n\n[Open the organisation]({link})"
        ),
        placeholders={
            "person": "Ada Lovelace",
            "organisation": _ORGANISATION,
            "link": "https://example.org/en/organisations/7/",
        },
    ),
    MailKind(
        name=CLAIM_DECLINED,
        category=Category.PROCESS,
        label=_("Claim declined"),
        subject=_("Your claim to {organisation} is declined"),
        body=_("{answer}\n\nYou can claim it again in another way.\n\n[Open the claim]({link})"),
        placeholders={
            "organisation": _ORGANISATION,
            "answer": _("Nobody at the ministry knows of it."),
            "link": "https://example.org/en/claims/1/",
        },
    ),
    MailKind(
        name=CLAIM_EXPIRED,
        category=Category.PROCESS,
        label=_("Claim that ended without an answer"),
        subject=_("Your claim to {organisation} has ended"),
        body=_(
            "Nobody proved or decided your claim to {organisation} in 60 days, so it has ended."
            " You can make it again.\n\n[Open the claim]({link})"
        ),
        placeholders={"organisation": _ORGANISATION, "link": "https://example.org/en/claims/1/"},
    ),
    MailKind(
        name=CONTACT,
        category=Category.PROCESS,
        label=_("Message from a reader to a project"),
        subject=_("About “{entry}”: {subject}"),
        body=_(
            "{sender} writes to you through the page of {entry}. {reply}\n\n---\n\n{text}"
            "\n\n---\n\nYour address was not shown. [Open the entry]({link})"
        ),
        placeholders={
            "entry": _ENTRY,
            "sender": "Ada Lovelace",
            "subject": _("A question"),
            "text": _("May we use your method?"),
            "reply": _("An answer to this mail goes to the sender, who then sees your address."),
            "link": _LINK,
        },
    ),
    MailKind(
        name=CONFIRMATION,
        category=Category.PROCESS,
        label=_("Yearly question whether entries are still correct"),
        subject=_("Are your entries still correct?"),
        body=_(
            "You act for {organisations} in the register. Open the link below each entry that is"
            " still correct and press the button there. To change an entry, use “Suggest a"
            " change” on its page or reply to the next call.\n\n{entries}\n\n"
            "The links work until {until}, without signing in."
        ),
        placeholders={
            "organisations": _ORGANISATION,
            "entries": "Village network\nhttps://example.org/en/confirm/x/",
            "until": "2027-02-25",
        },
    ),
)


def address(name: str, *parts: object, language: str) -> str:
    """The whole address of a page, in the language of whoever gets the mail."""
    with translation.override(languages.BY_CODE[language].django):
        return settings.BASE_URL + reverse(name, args=parts)


def title_of(number: int, language: str) -> str:
    """What an entry is called: in this language, else as its owner wrote it."""
    values = values_of(number)
    return next(
        (text.title for text in values.texts if text.language == language),
        values.original().title,
    )


def entry_link(number: int, language: str) -> str:
    return address("entry", number, "", language=language)


def listed(names: Sequence[str], language: str) -> str:
    """Names one after the other, as the language separates them."""
    with translation.override(languages.BY_CODE[language].django):
        comma = translation.pgettext("between the names of a list", ", ")
    return comma.join(names)
