"""The kinds of mail of calls, with the words that are shipped."""

from django.utils.translation import gettext_lazy as _

from stocktaking.outbox.registry import MailKind, Words
from stocktaking.outbox.states import Category

_CALL = _("Yearly call")
_TITLE = _("Village network")
_DEADLINE = "Friday 20 March 2026, 23:00 Geneva (22:00 UTC)"
_PAGE = "https://example.org/en/calls/yearly/"
_REPLY = "https://example.org/en/replies/x/"


def _letter(name: str, category: Category, label: Words) -> MailKind:
    """The words of a letter are written for each call; these stand where none are."""
    return MailKind(
        name=name,
        category=category,
        label=label,
        subject="{call}",
        body="{reference}\n\n{date}\n\n{name}\n\n{call}: {deadline}\n\n{link}\n\n{signature}",
        placeholders={
            "name": "Ada Lovelace",
            "organisation": _("Ministry of Health"),
            "call": _CALL,
            "deadline": _DEADLINE,
            "days_left": "14",
            "link": _PAGE,
            "reference": "REF/26",
            "date": "1 March 2026",
            "signature": _("The secretariat"),
        },
    )


def _later(name: str, category: Category, label: Words) -> MailKind:
    return MailKind(
        name=name,
        category=category,
        label=label,
        subject=_("{call}: you have until {deadline}"),
        body=_(
            "The deadline has been moved.\n\nNew: {deadline}\n\nBefore: {before}\n\n"
            "{reason}\n\n[See the call]({link})"
        ),
        placeholders={
            "call": _CALL,
            "deadline": _DEADLINE,
            "before": "Friday 13 March 2026, 23:00 Geneva (22:00 UTC)",
            "reason": _("Many have asked for more time."),
            "link": _PAGE,
        },
    )


def _cancelled(name: str, category: Category, label: Words) -> MailKind:
    return MailKind(
        name=name,
        category=category,
        label=label,
        subject=_("{call} was cancelled"),
        body=_(
            "The call was cancelled.\n\n{reason}\n\nWhat you wrote is kept.\n\n"
            "[See the call]({link})"
        ),
        placeholders={"call": _CALL, "reason": _("It comes again next year."), "link": _PAGE},
    )


RECEIVED, INVITED = "calls.received", "calls.author_invited"
RETURNED, DECLINED = "calls.returned", "calls.declined"
DRAFT_WAITS = "calls.draft_waits"
# of each pair the second is for people who take part, and cannot be news to them
LETTER = ("calls.letter", "calls.letter_taking_part")
EXTENDED = ("calls.extended", "calls.extended_taking_part")
CANCELLED = ("calls.cancelled", "calls.cancelled_taking_part")

KINDS: tuple[MailKind, ...] = (
    _letter(LETTER[0], Category.NEWS, _("Letter of a call")),
    _letter(LETTER[1], Category.PROCESS, _("Letter of a call, to those who take part")),
    _later(EXTENDED[0], Category.NEWS, _("A deadline was moved")),
    _later(EXTENDED[1], Category.PROCESS, _("A deadline was moved, to those who take part")),
    _cancelled(CANCELLED[0], Category.NEWS, _("A call was cancelled")),
    _cancelled(CANCELLED[1], Category.PROCESS, _("A call was cancelled, to those who take part")),
    MailKind(
        name=RECEIVED,
        category=Category.PROCESS,
        label=_("A reply has arrived"),
        subject=_("Your reply has arrived: number {number}"),
        body=_(
            "Your reply “{title}” to “{call}” has arrived.\n\nNumber: {number}\n\n"
            "Arrived: {arrived}\n\nThe secretariat looks at it and writes to you.\n\n"
            "[Open your reply]({link})\n\n"
            "Fingerprint of what you sent (SHA-256): {fingerprint}"
        ),
        placeholders={
            "title": _TITLE,
            "call": _CALL,
            "number": "1234",
            "arrived": "20 March 2026, 21:58 UTC",
            "link": _REPLY,
            "fingerprint": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        },
    ),
    MailKind(
        name=INVITED,
        category=Category.PROCESS,
        label=_("Invitation to write a reply together"),
        subject=_("{inviter} invites you to write with them"),
        body=_(
            "{inviter} invites you to write the reply “{title}” to “{call}” together.\n\n"
            "[Accept the invitation]({link})\n\nThe link works until {until}. "
            "If you do not know what this is about, do nothing."
        ),
        placeholders={
            "inviter": "Ada Lovelace",
            "title": _TITLE,
            "call": _CALL,
            "link": "https://example.org/en/replies/join/x/",
            "until": "16 March 2026",
        },
    ),
    MailKind(
        name=DRAFT_WAITS,
        category=Category.PROCESS,
        label=_("A draft waits"),
        subject=_("Your reply to “{call}” has not been sent yet"),
        body=_(
            "You began the reply “{title}” to “{call}” (draft {number}) and have not changed it"
            " since {since}. Nobody but its authors sees it before it is sent.\n\n"
            "The call is open until {deadline}.\n\n[Go on with your reply]({link})\n\n"
            "If you do not want to send it any more, do nothing. There is no second reminder."
        ),
        placeholders={
            "title": _TITLE,
            "call": _CALL,
            "number": "1234",
            "since": "5 February 2026",
            "deadline": _DEADLINE,
            "link": _REPLY,
        },
    ),
    MailKind(
        name=RETURNED,
        category=Category.PROCESS,
        label=_("A reply was returned"),
        subject=_("Your reply needs changes: {title}"),
        body=_(
            "The secretariat has returned your reply “{title}” to “{call}” (number {number}).\n\n"
            "{reason}\n\nChange it and send it again. The deadline of the call does not matter "
            "for that.\n\n[Open your reply]({link})"
        ),
        placeholders={
            "title": _TITLE,
            "call": _CALL,
            "number": "1234",
            "reason": _("Say in the summary who uses the network."),
            "link": _REPLY,
        },
    ),
    MailKind(
        name=DECLINED,
        category=Category.PROCESS,
        label=_("A reply was declined"),
        subject=_("Your reply was not accepted: {title}"),
        body=_(
            "The secretariat has not accepted your reply “{title}” to “{call}” (number {number})."
            "\n\n{reason}\n\n[Open your reply]({link})"
        ),
        placeholders={
            "title": _TITLE,
            "call": _CALL,
            "number": "1234",
            "reason": _("It describes a product, not a project."),
            "link": _REPLY,
        },
    ),
)
