"""Texts and addresses that have served their time."""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from stocktaking.outbox.models import Message
from stocktaking.outbox.states import Category, MessageState

_OPEN = (MessageState.QUEUED, MessageState.SENDING)


def forget_texts(*, at: dt.datetime) -> int:
    """Remove subject and text of mails that have ended: of those about accounts, which hold
    codes, after a day, of others after three months. Gives how many."""
    ended = Message.objects.exclude(state__in=_OPEN).filter(forgotten=False)
    codes = Q(category=Category.ACCOUNT, queued_at__lt=at - settings.MAIL_KEEP_CODES)
    old = Q(queued_at__lt=at - settings.MAIL_KEEP_TEXTS)
    return ended.filter(codes | old).update(subject="", text="", html="", forgotten=True)


def forget_messages(*, at: dt.datetime) -> int:
    """Remove who was written to, when and why, after a year. Gives how many mails."""
    old = Message.objects.exclude(state__in=_OPEN)
    _rows, by_model = old.filter(queued_at__lt=at - settings.MAIL_KEEP_ROWS).delete()
    return by_model.get("outbox.Message", 0)


@transaction.atomic
def forget_person(*, person_id: int, address: str) -> None:
    """Remove the mails of somebody who leaves. That an address wants no more mail is kept."""
    mails_of(person_id=person_id, address=address).delete()


def mails_of(*, person_id: int, address: str) -> QuerySet[Message]:
    """What was written to a person, by number or by address."""
    return Message.objects.filter(Q(person_id=person_id) | Q(to__iexact=address))
