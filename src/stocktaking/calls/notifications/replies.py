"""Mails to those who write a reply."""

import datetime as dt
from collections.abc import Callable

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from stocktaking.accounts.models import Person
from stocktaking.calls.models import AuthorInvitation, Reply, ReplySnapshot
from stocktaking.calls.notifications.kinds import (
    DECLINED,
    DRAFT_WAITS,
    INVITED,
    RECEIVED,
    RETURNED,
)
from stocktaking.calls.notifications.letters import spoken
from stocktaking.calls.queries.deadline import day, tell
from stocktaking.kernel import languages
from stocktaking.outbox.models import Message
from stocktaking.outbox.operations import queue
from stocktaking.reference.queries.catalogue import pick


def confirm_arrival(reply: Reply, snapshot: ReplySnapshot, *, at: dt.datetime) -> None:
    def more(language: str) -> dict[str, str]:
        return {
            "arrived": f"{day(snapshot.at.date())}, {snapshot.at:%H:%M} UTC",
            "fingerprint": snapshot.sha256,
        }

    _to_authors(RECEIVED, reply, more, once=f"sent:{snapshot.number}", at=at)


def remind_of_draft(reply: Reply, *, at: dt.datetime) -> None:
    def more(language: str) -> dict[str, str]:
        return {
            "since": day(reply.changed_at.date()),
            "deadline": str(tell(reply.call.closes_at, reply.call, language)),
        }

    _to_authors(DRAFT_WAITS, reply, more, once="draft", at=at)


def tell_returned(reply: Reply, *, at: dt.datetime) -> None:
    _to_authors(RETURNED, reply, lambda _code: {"reason": reply.reason}, at=at)


def tell_declined(reply: Reply, *, at: dt.datetime) -> None:
    _to_authors(DECLINED, reply, lambda _code: {"reason": reply.reason}, at=at)


def invite(
    invitation: AuthorInvitation, token: str, by: Person, *, language: str = "", at: dt.datetime
) -> Message:
    """To an address that may have no account: in its language, else the one that was chosen,
    else that of who invites."""
    account = Person.objects.filter(email__iexact=invitation.email).first()
    language = spoken(account.language if account else language or by.language)
    reply = invitation.reply
    with translation.override(languages.BY_CODE[language].django):
        values = {
            "inviter": str(by),
            "title": reply.title or str(reply.number),
            "call": pick(reply.call.title, language),
            "link": settings.BASE_URL + reverse("reply_join", args=[token]),
            "until": day(invitation.expires_at.date()),
        }
    return queue(
        kind=INVITED,
        to=invitation.email,
        person_id=account.pk if account else None,
        language=language,
        values=values,
        about=f"calls.reply:{reply.pk}",
        once_key=f"calls.invitation:{invitation.pk}",
        at=at,
    )


def _to_authors(
    kind: str,
    reply: Reply,
    more: Callable[[str], dict[str, str]],
    *,
    at: dt.datetime,
    once: str = "",
) -> None:
    for person in _authors(reply):
        language = spoken(person.language)
        with translation.override(languages.BY_CODE[language].django):
            values = {
                "title": reply.title or str(reply.number),
                "call": pick(reply.call.title, language),
                "number": str(reply.number),
                "link": settings.BASE_URL + reverse("reply", args=[reply.key]),
                **more(language),
            }
        queue(
            kind=kind,
            to=person.email,
            to_name=person.name,
            person_id=person.pk,
            language=language,
            values=values,
            about=f"calls.reply:{reply.pk}",
            once_key=f"{kind}:{reply.pk}:{once}:{person.pk}" if once else None,
            at=at,
        )


def _authors(reply: Reply) -> list[Person]:
    return [author.person for author in reply.authors.select_related("person").order_by("pk")]
