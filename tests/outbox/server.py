"""A mail server that answers as its recipients are called: ``busy@``, ``nobody@`` and so on."""

import asyncio
import email
import email.policy
import socket
import threading
from collections.abc import Callable
from email.message import EmailMessage
from types import TracebackType
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

AT_ADDRESS = {
    "leaving": "421 4.3.2 going down",
    "busy": "450 4.2.1 mailbox busy",
    "nobody": "550 5.1.1 no such user",
    "plain": "550 no such user here",
    "unwanted": "550 5.7.1 your network is not wanted",
}
AT_TEXT = {"spam": "554 5.7.1 looks like spam", "full": "452 4.3.1 disk full"}


class Handler:
    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.connections = 0
        self.healed = False  # answers as usual from now on
        self.silence = 5.0
        self._more = threading.Condition()

    async def handle_EHLO(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: Any
    ) -> Any:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any
    ) -> str:
        refusal = AT_ADDRESS.get(address.partition("@")[0])
        if refusal and not self.healed:
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        name = envelope.rcpt_tos[0].partition("@")[0]
        if not self.healed:
            if name == "silent":
                await asyncio.sleep(self.silence)
            if name == "closing":
                server.transport.close()
                return "250 never said"
            if name in AT_TEXT:
                return AT_TEXT[name]
        content = envelope.content or b""
        assert isinstance(content, bytes)
        with self._more:
            self.taken.append(email.message_from_bytes(content, policy=email.policy.default))
            self._more.notify_all()
        return "250 OK"

    def wait_for(self, number: int, *, alive: Callable[[], bool]) -> None:
        """Until so many mails have been taken; fails where who should send them has ended."""
        with self._more:
            while len(self.taken) < number:
                assert alive(), f"{len(self.taken)} of {number} mails have come"
                self._more.wait(timeout=0.2)


class MailServer:
    """Runs in a thread for as long as the block lasts."""

    def __init__(self) -> None:
        self.handler = Handler()
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.host, self.port = free.getsockname()
        self._controller = Controller(self.handler, hostname=self.host, port=self.port)

    def __enter__(self) -> "MailServer":
        self._controller.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._controller.stop()

    @property
    def taken(self) -> list[EmailMessage]:
        return self.handler.taken
