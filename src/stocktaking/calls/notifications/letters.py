"""Mails to everybody whom a call concerns: letters, a later end, the end of it."""

import datetime as dt
import hashlib

from stocktaking.calls.models import Call, CallExtension, Letter
from stocktaking.calls.notifications.kinds import CANCELLED, EXTENDED, LETTER
from stocktaking.calls.queries.deadline import tell
from stocktaking.calls.queries.letters import Reader, address_of, values_for, written_in
from stocktaking.calls.rules.letters import framed
from stocktaking.kernel import languages
from stocktaking.outbox.models import Message
from stocktaking.outbox.operations import queue
from stocktaking.reference.queries.catalogue import pick


def write_letter(letter: Letter, reader: Reader, *, at: dt.datetime, test: bool = False) -> Message:
    """The letter to one reader, in the best language that it is written in; once and for all,
    unless it is a ``test``."""
    language = written_in(letter, reader.language)
    text = next(one for one in letter.texts.all() if one.language == language)
    return queue(
        kind=LETTER[reader.takes_part],
        to=reader.email,
        to_name=reader.name,
        person_id=reader.person_id,
        language=language,
        values=values_for(letter, reader, language=language, at=at),
        subject=text.subject,
        body=framed(text.body),
        about=f"calls.letter:{letter.pk}",
        once_key=None if test else f"calls.letter:{letter.pk}:{_mark(reader.email)}",
        at=at,
    )


def write_extension(extension: CallExtension, reader: Reader, *, at: dt.datetime) -> Message:
    call, language = extension.call, spoken(reader.language)
    return queue(
        kind=EXTENDED[reader.takes_part],
        to=reader.email,
        to_name=reader.name,
        person_id=reader.person_id,
        language=language,
        values={
            "call": pick(call.title, language),
            "deadline": str(tell(extension.becomes, call, language)),
            "before": str(tell(extension.was, call, language)),
            "reason": pick(extension.reason, language),
            "link": address_of(call, language),
        },
        about=f"calls.call:{call.pk}",
        once_key=f"calls.extension:{extension.pk}:{_mark(reader.email)}",
        at=at,
    )


def write_cancellation(call: Call, reader: Reader, *, at: dt.datetime) -> Message:
    language = spoken(reader.language)
    return queue(
        kind=CANCELLED[reader.takes_part],
        to=reader.email,
        to_name=reader.name,
        person_id=reader.person_id,
        language=language,
        values={
            "call": pick(call.title, language),
            "reason": pick(call.cancelled_because, language),
            "link": address_of(call, language),
        },
        about=f"calls.call:{call.pk}",
        once_key=f"calls.cancelled:{call.pk}:{_mark(reader.email)}",
        at=at,
    )


def spoken(language: str) -> str:
    return language if language in languages.BY_CODE else languages.DEFAULT


def _mark(address: str) -> str:
    """An address in a key, of a length that always fits."""
    return hashlib.sha256(address.lower().encode()).hexdigest()[:32]
