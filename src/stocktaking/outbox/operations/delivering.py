"""Sending what is due: some now, or as long as the process lives."""

import contextlib
import datetime as dt
import logging
import smtplib
import threading
from collections.abc import Callable

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import DatabaseError, close_old_connections

from stocktaking.kernel import clock
from stocktaking.outbox.models import Message
from stocktaking.outbox.operations.claims import Claimed, claim, release_lost
from stocktaking.outbox.operations.envelopes import envelope
from stocktaking.outbox.operations.outcomes import settle
from stocktaking.outbox.rules.answers import judge
from stocktaking.outbox.states import Outcome
from stocktaking.outbox.transport import SmtpTransport

log = logging.getLogger(__name__)
LOOK_EVERY = 1.0  # seconds between two looks into an empty queue
PAUSE = 15.0  # seconds, where the mail server cannot be reached
PER_CONNECTION = 100  # mails; servers dislike one that never ends

Clock = Callable[[], dt.datetime]


class Unreachable(Exception):  # noqa: N818 - it names what happened
    """There is no way to the mail server: further tries would only spend their messages."""


class Line:
    """The connection to the mail server, opened when it is needed and kept for the next mail."""

    def __init__(self) -> None:
        self._connection: BaseEmailBackend | None = None
        self._sent = 0

    def send(self, message: Message) -> None:
        """Hand over one message. Raises what the transport raises; the line is closed then."""
        connection = self._open()
        try:
            with self._limited(connection):
                if not envelope_sent(connection, message):
                    raise smtplib.SMTPServerDisconnected("the mail was not taken")
        except BaseException:
            self.close()
            raise
        self._sent += 1
        if self._sent >= PER_CONNECTION or not isinstance(connection, SmtpTransport):
            self.close()

    def close(self) -> None:
        connection, self._connection, self._sent = self._connection, None, 0
        if connection is not None:
            with contextlib.suppress(OSError), self._limited(connection):
                connection.close()

    def _open(self) -> BaseEmailBackend:
        if self._connection is None:
            connection = get_connection(settings.MAIL_TRANSPORT)
            try:
                with self._limited(connection):
                    connection.open()
            except OSError as error:  # smtplib's errors are of this kind, too
                raise Unreachable(told(error)) from error
            self._connection = connection
        return self._connection

    def _limited(self, connection: BaseEmailBackend) -> contextlib.AbstractContextManager[None]:
        if isinstance(connection, SmtpTransport):
            return connection.at_most(settings.MAIL_SECONDS)
        return contextlib.nullcontext()


def envelope_sent(connection: BaseEmailBackend, message: Message) -> bool:
    return bool(connection.send_messages([envelope(message)]))


def deliver_due(
    *,
    at: dt.datetime,
    limit: int | None = None,
    at_clock: Clock | None = None,
    stopping: Callable[[], bool] = lambda: False,
) -> int:
    """Try what is due, until nothing is or ``limit`` are tried. Gives how many were tried.

    ``at_clock`` is asked for the moment of each try; without it, all happen ``at`` the same.
    Raises Unreachable where the server cannot be reached; the message that found out waits.
    """
    moment = at_clock or (lambda: at)
    release_lost(at=at)
    tried = 0
    line = Line()
    try:
        while (limit is None or tried < limit) and not stopping():
            claimed = claim(at=moment())
            if claimed is None:
                break
            tried += 1
            _try(claimed, line, moment)
    finally:
        line.close()
    return tried


def deliver(stop: threading.Event, *, at_clock: Clock = clock.now) -> None:
    """Send mail until ``stop`` is set; the mail that is being handed over is finished."""
    while not stop.is_set():
        close_old_connections()
        pause = LOOK_EVERY
        try:
            deliver_due(at=at_clock(), at_clock=at_clock, stopping=stop.is_set)
        except Unreachable as error:
            log.warning("the mail server cannot be reached: %s", error)
            pause = PAUSE
        except DatabaseError:  # a database that restarts must not end the worker
            log.exception("the queue of mails could not be read")
        stop.wait(pause)
    close_old_connections()


def _try(claimed: Claimed, line: Line, moment: Clock) -> None:
    """One try, and how it ended. Addresses are kept out of the log."""
    try:
        line.send(claimed.message)
    except Unreachable as error:
        settle(claimed=claimed, outcome=Outcome.LATER, answer=str(error), at=moment())
        raise
    except smtplib.SMTPRecipientsRefused as error:
        code, text = next(iter(error.recipients.values()))
        _settle_answer(claimed, code, text, moment, about_address=True)
    except smtplib.SMTPSenderRefused as error:
        # nothing is wrong with the message or its reader: people may put the sender right
        settle(claimed=claimed, outcome=Outcome.LATER, answer=told(error), at=moment())
    except smtplib.SMTPDataError as error:
        _settle_answer(claimed, error.smtp_code, error.smtp_error, moment, about_address=False)
    except OSError as error:  # timeouts, closed lines, and all else of smtplib
        settle(claimed=claimed, outcome=Outcome.LATER, answer=told(error), at=moment())
    except DatabaseError:
        raise
    except Exception as error:  # one mail that cannot be written must not hold up the others
        log.exception("mail %s cannot be sent", claimed.message.pk)
        settle(claimed=claimed, outcome=Outcome.REFUSED, answer=told(error), at=moment())
    else:
        settle(claimed=claimed, outcome=Outcome.SENT, answer="", at=moment())


def _settle_answer(
    claimed: Claimed, code: int, text: bytes | str, moment: Clock, *, about_address: bool
) -> None:
    said = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    outcome = judge(code, said, about_address=about_address)
    settle(claimed=claimed, outcome=outcome, answer=f"{code} {said}", at=moment())


def told(error: Exception) -> str:
    """What staff read in the list of attempts."""
    if isinstance(error, smtplib.SMTPResponseException):
        text = error.smtp_error
        said = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
        return f"{error.smtp_code} {said}"
    return f"{type(error).__name__}: {error}".removesuffix(": ")
