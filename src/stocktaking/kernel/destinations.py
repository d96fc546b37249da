"""Which addresses of the web a program may open that somebody else names. Plain Python."""

import ipaddress
import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Address = ipaddress.IPv4Address | ipaddress.IPv6Address

URL_MAX = 2000
DEFAULT_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*\.?")
# a last part that a resolver may read as a number: 2130706433, 0x7f.1, 127.1
_NUMBER = re.compile(r"(.*\.)?(0x[0-9a-f]*|[0-9]+)\.?")

# written out, because what the library calls global differs from version to version
NOT_PUBLIC: tuple[Network, ...] = tuple(
    ipaddress.ip_network(one)
    for one in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
        "2001::/23",  # Teredo and other tunnels
        "2001:db8::/32",
        "2002::/16",  # 6to4 carries an address of version 4
        "3fff::/20",
    )
)
# of version 6 nothing else is in public use
GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")
TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")  # NAT64: the last 32 bits are the real address


class OutgoingError(Exception):
    """An address may not be opened, or did not answer; ``code`` is stable."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Destination:
    """An address taken apart; ``target`` is what stands in the first line of a request."""

    url: str
    scheme: str
    host: str
    port: int
    target: str

    @property
    def default_port(self) -> int:
        return DEFAULT_PORTS[self.scheme]


def destination(url: str, ports: frozenset[int] | None = frozenset({80, 443})) -> Destination:
    """Take an address apart. OutgoingError ``address_malformed`` or ``port_not_allowed``; with
    ``ports`` None any will do."""
    if len(url) > URL_MAX or "\\" in url or any(c.isspace() or not c.isprintable() for c in url):
        raise OutgoingError("address_malformed")
    try:
        parts = urlsplit(url)
        port = parts.port
        host = _host(parts.hostname or "", bracketed="[" in parts.netloc)
    except ValueError:  # of bad brackets, ports and names
        raise OutgoingError("address_malformed") from None
    if parts.scheme not in DEFAULT_PORTS or "@" in parts.netloc or "%" in parts.netloc:
        raise OutgoingError("address_malformed")
    if parts.netloc.endswith(":") or port == 0:
        raise OutgoingError("address_malformed")
    port = port or DEFAULT_PORTS[parts.scheme]
    if ports is not None and port not in ports:
        raise OutgoingError("port_not_allowed")
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/?%:@!$&'()*+,;=~-._")
    return Destination(
        url=url,
        scheme=parts.scheme,
        host=host,
        port=port,
        target=f"{path}?{query}" if query else path,
    )


def is_allowed(address: str, also: Iterable[Network] = ()) -> bool:
    """Whether an address that a name was resolved to is public, or in one of these networks."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        if found.scope_id:
            return False
        found = _carried(found)
    return is_public(found) or any(found in one for one in also)


def is_public(address: Address) -> bool:
    """Whether an address belongs to the world's network; those that carry one by that one."""
    if isinstance(address, ipaddress.IPv6Address):
        address = _carried(address)
    if isinstance(address, ipaddress.IPv6Address) and address not in GLOBAL_UNICAST:
        return False
    return not any(address in one for one in NOT_PUBLIC)


def _carried(address: ipaddress.IPv6Address) -> Address:
    """The address of version 4 within one of version 6, where that is what is reached."""
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address in TRANSLATED:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def _host(stated: str, *, bracketed: bool) -> str:
    """The name as it goes over the wire. ValueError where it is none."""
    if bracketed or ":" in stated:
        return str(ipaddress.IPv6Address(stated))
    host = stated.encode("idna").decode("ascii").lower()
    if not _HOST.fullmatch(host) or len(host) > 253:
        raise ValueError(stated)
    if _NUMBER.fullmatch(host):
        return str(ipaddress.IPv4Address(host))  # in its one usual form, or not at all
    return host
