"""Networks an address belongs to: who has one address of a network often has them all."""

import ipaddress
from dataclasses import dataclass

# what one subscriber holds, what one organisation or one rack holds
NARROW = {4: 32, 6: 64}
WIDE = {4: 24, 6: 48}
INSIDE = tuple(
    ipaddress.ip_network(one)
    for one in ("10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")
)


@dataclass(frozen=True)
class Networks:
    narrow: str
    wide: str


def networks(address: str) -> Networks | None:
    """The /32 and /24 of an IPv4 address, the /64 and /48 of an IPv6 one; None for no address."""
    try:
        found = ipaddress.ip_address(address.strip().partition("%")[0])
    except ValueError:
        return None
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped is not None:
        found = found.ipv4_mapped
    narrow, wide = (
        str(ipaddress.ip_network((found, prefix[found.version]), strict=False))
        for prefix in (NARROW, WIDE)
    )
    return Networks(narrow, wide)


def is_inside(address: str) -> bool:
    """Whether an address is of this machine or of a private network: most often that of a proxy
    that was not declared, behind which everybody stands."""
    try:
        found = ipaddress.ip_address(address.strip().partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped is not None:
        found = found.ipv4_mapped
    return found.is_loopback or any(
        found.version == inside.version and found in inside for inside in INSIDE
    )


def client_address(forwarded: str, peer: str, proxies: int) -> str:
    """Whose request it is: of ``X-Forwarded-For`` only what our own proxies added counts.

    ``proxies`` each add the address that spoke to them, so the client's is that many from the
    end. A header that is too short did not come through them all: the peer's address then.
    """
    stated = [part.strip() for part in forwarded.split(",")] if forwarded.strip() else []
    if proxies < 1 or len(stated) < proxies:
        return peer
    return _without_port(stated[-proxies])


def _without_port(stated: str) -> str:
    """Some proxies write ``203.0.113.7:4711`` or ``[2001:db8::1]:4711``."""
    if stated.startswith("["):
        return stated[1:].partition("]")[0]
    return stated.partition(":")[0] if stated.count(":") == 1 else stated
