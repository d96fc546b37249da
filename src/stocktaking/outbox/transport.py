"""Talking SMTP for a limited time.

A socket's timeout ends a silence. A server that sends one byte now and then is never silent, and
would hold a worker for ever: so a whole conversation has its limit, too.
"""

import contextlib
import smtplib
import socket
import threading
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from django.core.mail.backends import smtp


class _Client(smtplib.SMTP):
    """Tells who made it, before it connects."""

    def __init__(self, *args: Any, made: Callable[[smtplib.SMTP], None], **kwargs: Any) -> None:
        made(self)
        super().__init__(*args, **kwargs)


class _SecureClient(smtplib.SMTP_SSL):
    def __init__(self, *args: Any, made: Callable[[smtplib.SMTP], None], **kwargs: Any) -> None:
        made(self)
        super().__init__(*args, **kwargs)


class SmtpTransport(smtp.EmailBackend):
    """Django's, whose conversations can be cut off."""

    _client: smtplib.SMTP | None = None

    @property
    def connection_class(self) -> Any:
        return partial(_SecureClient if self.use_ssl else _Client, made=self._made)

    def _made(self, client: smtplib.SMTP) -> None:
        self._client = client

    @contextlib.contextmanager
    def at_most(self, seconds: float) -> Iterator[None]:
        """Within the block the server is hung up on after so many seconds."""
        timer = threading.Timer(seconds, self._hang_up)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _hang_up(self) -> None:
        line = getattr(self._client, "sock", None)
        if line is not None:
            with contextlib.suppress(OSError):  # it may have ended by itself
                line.shutdown(socket.SHUT_RDWR)
