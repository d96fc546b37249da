"""Questions about mail."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Min, QuerySet

from stocktaking.kernel import languages
from stocktaking.outbox.models import Attempt, Message, Suppression, TemplateText
from stocktaking.outbox.registry import KINDS, Words, label_of
from stocktaking.outbox.rules.rendering import clean
from stocktaking.outbox.states import Category, MessageState

READABLE = frozenset({Category.PROCESS, Category.NEWS})


@dataclass(frozen=True)
class MessageRow:
    """A mail in a list. ``subject`` is empty where it is not to be read: see ``MessageView``."""

    id: uuid.UUID
    label: Words
    kind: str
    subject: str
    language: str
    to: str
    to_name: str
    state: str
    attempts: int
    queued_at: dt.datetime
    due_at: dt.datetime
    sent_at: dt.datetime | None


@dataclass(frozen=True)
class MessageView:
    """A mail with its tries. Mails about accounts hold codes, with which whoever reads them
    could sign in as somebody else: their words are left out (``readable`` is False)."""

    row: MessageRow
    readable: bool
    forgotten: bool
    text: str
    html: str
    reply_to: str
    about: str
    tries: tuple[Attempt, ...]
    may_cancel: bool
    may_send_again: bool


@dataclass(frozen=True)
class TemplateRow:
    """A kind of mail in the organiser's list, with the languages that have own words."""

    name: str
    label: Words
    category: str
    changed: tuple[str, ...]


def messages(
    *, state: str = "", kind: str = "", address: str = "", about: str = ""
) -> QuerySet[Message]:
    """Mails, newest first; each filter may be empty. ``address`` is any part of one."""
    found = Message.objects.order_by("-queued_at", "id")
    if state:
        found = found.filter(state=state)
    if kind:
        found = found.filter(kind=kind)
    if about:
        found = found.filter(about=about)
    return found.filter(to__icontains=address) if address else found


def rows(found: Sequence[Message] | QuerySet[Message], *, codes: bool = False) -> list[MessageRow]:
    """Mails as a list shows them. ``codes``: also the subjects of mails about accounts."""
    return [_row(message, readable=codes or message.category in READABLE) for message in found]


def message_view(number: uuid.UUID, *, codes: bool = False) -> MessageView | None:
    """One mail with its tries, or None. ``codes``: also the words of one about an account."""
    message = Message.objects.filter(pk=number).prefetch_related("tries").first()
    if message is None:
        return None
    readable = codes or message.category in READABLE
    waits = message.state == MessageState.QUEUED
    return MessageView(
        row=_row(message, readable=readable),
        readable=readable,
        forgotten=message.forgotten,
        text=message.text if readable else "",
        html=clean(message.html) if readable and message.html else "",
        reply_to=message.reply_to,
        about=message.about,
        tries=tuple(message.tries.all()),
        may_cancel=waits,
        may_send_again=not waits
        and message.state != MessageState.SENDING
        and not message.forgotten,
    )


def counts_by_state() -> dict[str, int]:
    """How many mails are in each state, every state named."""
    counted = Message.objects.order_by().values_list("state").annotate(Count("pk"))
    return {state.value: 0 for state in MessageState} | dict(counted)


def kinds_seen() -> list[tuple[str, Words]]:
    """Kinds of which there are mails, with what they are called."""
    names = Message.objects.order_by("kind").values_list("kind", flat=True).distinct()
    return [(name, label_of(name)) for name in names]


def failed() -> int:
    """How many mails have failed whose text is still there to be sent again."""
    return Message.objects.filter(state=MessageState.FAILED, forgotten=False).count()


def longest_wait(*, at: dt.datetime) -> dt.timedelta | None:
    """How long the mail that is due for longest has waited, or None where none waits.

    Counted from the moment it was queued: what fails again and again moves its next try on.
    """
    waiting = Message.objects.filter(
        state__in=(MessageState.QUEUED, MessageState.SENDING), queued_at__lte=at
    )
    due = waiting.filter(due_at__lte=at) | waiting.filter(attempts__gt=0)
    first = due.aggregate(first=Min("queued_at"))["first"]
    return at - first if first else None


def template_rows() -> list[TemplateRow]:
    """All kinds of mail by category and name."""
    own: dict[str, list[str]] = {}
    for kind, language in TemplateText.objects.values_list("kind", "language"):
        own.setdefault(kind, []).append(language)
    order = list(Category)
    return [
        TemplateRow(
            name=kind.name,
            label=kind.label,
            category=kind.category.value,
            changed=tuple(code for code in languages.CODES if code in own.get(kind.name, ())),
        )
        for kind in sorted(KINDS.values(), key=lambda k: (order.index(k.category), k.name))
    ]


def suppressions(address: str = "") -> QuerySet[Suppression]:
    """Addresses that get no more mail, newest first; ``address`` is any part of one."""
    found = Suppression.objects.order_by("-since", "address")
    return found.filter(address__icontains=address) if address else found


def _row(message: Message, *, readable: bool) -> MessageRow:
    return MessageRow(
        id=message.id,
        label=label_of(message.kind),
        kind=message.kind,
        subject=message.subject if readable else "",
        language=message.language,
        to=message.to,
        to_name=message.to_name,
        state=message.state,
        attempts=message.attempts,
        queued_at=message.queued_at,
        due_at=message.due_at,
        sent_at=message.sent_at,
    )
