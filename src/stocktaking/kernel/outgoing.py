"""Reading a page of the world's web whose address somebody else chose.

A name is resolved once. Every address that it has must be public, and the connection is made to
one of these very addresses, so that a name cannot mean another machine a moment later. Each
redirect is judged like the first address. Time, size and number of redirects are bounded.
"""

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urljoin

from stocktaking.kernel.destinations import (
    Destination,
    Network,
    OutgoingError,
    destination,
    is_allowed,
)

__all__ = ["PUBLIC", "Gate", "OutgoingError", "Page", "fetch", "resolve"]

REDIRECTS = frozenset({301, 302, 303, 307, 308})
AGENT = "stocktaking"
Resolver = Callable[[str, int], Sequence[str]]


def resolve(host: str, port: int) -> Sequence[str]:
    """Every address of a name, as this machine knows it."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise OutgoingError("host_unknown") from None
    return list(dict.fromkeys(str(one[4][0]) for one in found))


@dataclass(frozen=True)
class Gate:
    """Where a request may go and how much it may take. ``also`` are networks that are not public
    and allowed all the same: a test's own server, an organiser's intranet."""

    ports: frozenset[int] = frozenset({80, 443})
    also: tuple[Network, ...] = ()
    seconds: float = 10.0
    bytes: int = 200_000
    redirects: int = 3
    resolver: Resolver = resolve


PUBLIC = Gate()


@dataclass(frozen=True)
class Page:
    """What came back from ``url``, the last of the redirects; ``whole`` unless it was cut."""

    url: str
    status: int
    type: str
    body: bytes
    whole: bool


def fetch(url: str, *, gate: Gate = PUBLIC) -> Page:
    """GET an address. OutgoingError with a code where it may not or cannot be read."""
    ends = time.monotonic() + gate.seconds
    for _ in range(gate.redirects + 1):
        answer = _ask(destination(url, gate.ports), gate, ends)
        if isinstance(answer, Page):
            return answer
        url = urljoin(url, answer)
    raise OutgoingError("too_many_redirects")


def _ask(to: Destination, gate: Gate, ends: float) -> Page | str:
    """The page, or the address that it leads to."""
    connection = _connect(to, gate, ends)
    # what answers a byte at a time never runs into the timeout of one read
    watch = threading.Timer(max(0.0, ends - time.monotonic()), _shut, [connection])
    watch.daemon = True
    watch.start()
    try:
        connection.request("GET", to.target, headers={"User-Agent": AGENT, "Accept": "*/*"})
        response = connection.getresponse()
        location = response.getheader("Location")
        if response.status in REDIRECTS and location:
            return location
        body = response.read(gate.bytes + 1)
    except (OSError, http.client.HTTPException, ValueError):
        raise OutgoingError(_late(ends) or "no_answer") from None
    finally:
        watch.cancel()
        connection.close()
    if late := _late(ends):
        raise OutgoingError(late)
    return Page(
        url=to.url,
        status=response.status,
        type=(response.getheader("Content-Type") or "").split(";")[0].strip().lower(),
        body=body[: gate.bytes],
        whole=len(body) <= gate.bytes,
    )


def _connect(to: Destination, gate: Gate, ends: float) -> http.client.HTTPConnection:
    addresses = gate.resolver(to.host, to.port)
    if not addresses:
        raise OutgoingError("host_unknown")
    if not all(is_allowed(one, gate.also) for one in addresses):
        raise OutgoingError("address_not_public")
    for address in addresses:
        left = ends - time.monotonic()
        if left <= 0:
            break
        with suppress(OSError):
            return _opened(to, address, left)
    raise OutgoingError(_late(ends) or "no_answer")


def _opened(to: Destination, address: str, seconds: float) -> http.client.HTTPConnection:
    """A connection to ``address`` that speaks of the host by its name."""
    line = socket.create_connection((address, to.port), timeout=seconds)
    if to.scheme == "https":
        try:
            line = ssl.create_default_context().wrap_socket(line, server_hostname=to.host)
        except BaseException:
            line.close()
            raise
    connection = http.client.HTTPConnection(to.host, to.port, timeout=seconds)
    connection.default_port = to.default_port  # the header Host names a port only if unusual
    connection.sock = line
    return connection


def _shut(connection: http.client.HTTPConnection) -> None:
    if connection.sock is not None:
        with suppress(OSError):
            connection.sock.shutdown(socket.SHUT_RDWR)


def _late(ends: float) -> str:
    return "too_slow" if time.monotonic() >= ends else ""
