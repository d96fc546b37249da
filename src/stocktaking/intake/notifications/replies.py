"""Mails about replies in moderation.

That one arrived, was returned or was declined is told by ``calls``.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping

from django.conf import settings
from django.urls import reverse
from django.utils import formats, translation
from django.utils.translation import gettext_lazy as _

from stocktaking.accounts.models import Person
from stocktaking.calls.models import Reply
from stocktaking.entries.models import Entry
from stocktaking.kernel import languages
from stocktaking.outbox.operations import queue
from stocktaking.outbox.registry import MailKind, Words
from stocktaking.outbox.states import Category
from stocktaking.reference.queries.catalogue import pick

_SHARED: dict[str, Words] = {
    "title": _("Village network"),
    "call": _("Yearly call"),
    "number": "1234",
}
_REPLY = "https://example.org/en/replies/x/"
_STAFF = "https://example.org/en/staff/queue/1234/"

PUBLISHED = MailKind(
    name="intake.published",
    category=Category.PROCESS,
    label=_("A reply was published"),
    subject=_("Published: {title}"),
    body=_(
        "Your reply “{title}” to “{call}” (number {number}) was accepted. Everybody can read it "
        "now.\n\n[See the entry]({link})\n\nIts number stays for ever: {entry}"
    ),
    placeholders={**_SHARED, "entry": "12345", "link": "https://example.org/e/12345"},
)
SCHEDULED = MailKind(
    name="intake.scheduled",
    category=Category.PROCESS,
    label=_("A reply was accepted and is published later"),
    subject=_("Accepted: {title}"),
    body=_(
        "Your reply “{title}” to “{call}” (number {number}) was accepted. It will be published "
        "on {when}.\n\n[Open your reply]({link})"
    ),
    placeholders={**_SHARED, "when": "1 March 2026, 09:00 UTC", "link": _REPLY},
)
COMMENTED = MailKind(
    name="intake.commented",
    category=Category.PROCESS,
    label=_("The secretariat commented on a reply"),
    subject=_("A comment on your reply: {title}"),
    body=_(
        "The secretariat says of your reply “{title}” to “{call}” (number {number}):\n\n{comment}"
        "\n\n[Open your reply]({link})"
    ),
    placeholders={**_SHARED, "comment": _("Which villages are these?"), "link": _REPLY},
)
ANSWERED = MailKind(
    name="intake.answered",
    category=Category.PROCESS,
    label=_("An author commented on a reply that was assigned to somebody"),
    subject=_("An author commented on reply {number}: {title}"),
    body=_(
        "An author says of the reply “{title}” to “{call}” (number {number}):\n\n{comment}\n\n"
        "[Open it in the queue]({link})"
    ),
    placeholders={**_SHARED, "comment": _("The two at the river."), "link": _STAFF},
)
ASSIGNED = MailKind(
    name="intake.assigned",
    category=Category.PROCESS,
    label=_("A reply was assigned to somebody"),
    subject=_("Reply {number} is yours: {title}"),
    body=_(
        "The reply “{title}” to “{call}” (number {number}) was assigned to you.\n\n"
        "[Open it in the queue]({link})"
    ),
    placeholders={**_SHARED, "link": _STAFF},
)
KINDS = (PUBLISHED, SCHEDULED, COMMENTED, ANSWERED, ASSIGNED)


def tell_published(reply: Reply, entry: Entry, *, at: dt.datetime) -> None:
    more = {"entry": str(entry.number)}
    # once per sending: a later update of the same entry is told again
    once = f"{PUBLISHED.name}:{reply.pk}:{at.isoformat()}"
    place = ("permalink", entry.number)
    _write(PUBLISHED, reply, _authors(reply), place, lambda _code: more, once=once, at=at)


def tell_scheduled(reply: Reply, when: dt.datetime, *, at: dt.datetime) -> None:
    def more(language: str) -> dict[str, str]:
        date = formats.date_format(when.date(), "DATE_FORMAT")
        return {"when": f"{date}, {when:%H:%M} UTC"}

    _write(SCHEDULED, reply, _authors(reply), ("reply", reply.key), more, at=at)


def tell_comment(reply: Reply, text: str, *, at: dt.datetime) -> None:
    place = ("reply", reply.key)
    _write(COMMENTED, reply, _authors(reply), place, lambda _code: {"comment": text}, at=at)


def tell_answer(reply: Reply, to: Person, text: str, *, at: dt.datetime) -> None:
    place = ("staff_reply", reply.number)
    _write(ANSWERED, reply, [to], place, lambda _code: {"comment": text}, at=at)


def tell_assigned(reply: Reply, to: Person, *, at: dt.datetime) -> None:
    _write(ASSIGNED, reply, [to], ("staff_reply", reply.number), lambda _code: {}, at=at)


def _write(
    kind: MailKind,
    reply: Reply,
    people: Iterable[Person],
    place: tuple[str, object],
    more: Callable[[str], Mapping[str, str]],
    *,
    once: str = "",
    at: dt.datetime,
) -> None:
    """Each in the own language; ``place`` is the name of a page and what it is about."""
    for person in people:
        language = person.language if person.language in languages.CODES else languages.DEFAULT
        with translation.override(languages.BY_CODE[language].django):
            values = {
                "title": reply.title or str(reply.number),
                "call": pick(reply.call.title, language),
                "number": str(reply.number),
                "link": settings.BASE_URL + reverse(place[0], args=[place[1]]),
                **more(language),
            }
        queue(
            kind=kind.name,
            to=person.email,
            to_name=person.name,
            person_id=person.pk,
            language=language,
            values=values,
            about=f"calls.reply:{reply.pk}",
            once_key=f"{once}:{person.pk}" if once else None,
            at=at,
        )


def _authors(reply: Reply) -> list[Person]:
    return [author.person for author in reply.authors.select_related("person").order_by("pk")]
