"""Whether the providers of identity that are configured answer, and are who they should be."""

import ipaddress
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from stocktaking.accounts.rules.providers import LOOPBACK, IdentityProvider
from stocktaking.console.health.finding import Finding, failed, well
from stocktaking.kernel.destinations import Network
from stocktaking.kernel.outgoing import Gate, OutgoingError, fetch

DOCUMENT = "/.well-known/openid-configuration"
BYTES, SECONDS = 1_000_000, 5.0
NEEDED = ("authorization_endpoint", "token_endpoint", "jwks_uri")
SHOWN = 120  # characters of what a provider says
# a ministry's own provider often stands in its inner network
INNER: tuple[Network, ...] = tuple(
    ipaddress.ip_network(one)
    for one in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")
)
HERE: tuple[Network, ...] = tuple(ipaddress.ip_network(one) for one in ("127.0.0.0/8", "::1/128"))
WORDS = {
    "address_malformed": "is no address that can be opened",
    "port_not_allowed": "leads to a port that is not its own",
    "host_unknown": "has a name that this machine cannot find",
    "address_not_public": "leads to an address that is none of a provider",
    "no_answer": "does not answer",
    "too_slow": f"does not answer in {SECONDS:.0f} seconds",
    "too_many_redirects": "leads from one address to the next",
}
REACH = "See from this machine whether the address opens, and whether a firewall lets it out."
OURS = "Set its issuer (STOCKTAKING_OIDC_ISSUER, or issuer in oidc.toml) exactly as it says."
THEIRS = "Nobody can sign in with it. Ask the provider, or see its settings."


@dataclass(frozen=True)
class Wrong(Exception):  # noqa: N818 - what is found, not what broke
    """Why nobody can sign in with a provider, and what to do."""

    told: str
    advice: str


def providers() -> Iterator[Finding]:
    """One finding for each provider; none where people sign in by mail alone."""
    for one in settings.IDENTITY_PROVIDERS:
        try:
            _look_at(one)
        except Wrong as wrong:
            yield failed("identity", f"{one.name}: {wrong.told}", wrong.advice)
        else:
            yield well("identity", f"{one.name}: {one.issuer}")


def _look_at(provider: IdentityProvider) -> None:
    """Read what it says of itself, as signing in does. Wrong with the first thing amiss."""
    document = _document(provider)
    stated = document.get("issuer")
    if stated != provider.issuer:
        raise Wrong(f"is set as {provider.issuer}, and calls itself {_shown(stated)}", OURS)
    for name in NEEDED:
        if not _is_safe(document.get(name)):
            raise Wrong(f"names no safe {name}: {_shown(document.get(name))}", THEIRS)
    asks = str(document["authorization_endpoint"])
    if not any(asks.startswith(f"{origin}/") for origin in provider.asks_at()):
        advice = "If that is right, name the origin in oidc.toml: origins = [...]"
        raise Wrong(f"asks people at another place: {_shown(asks)}", advice)


def _document(provider: IdentityProvider) -> dict[str, Any]:
    url = provider.issuer.rstrip("/") + DOCUMENT
    try:
        page = fetch(url, gate=_gate(provider))
    except OutgoingError as error:
        raise Wrong(f"{url} {WORDS.get(error.code, error.code)}", REACH) from None
    if page.status != 200:
        raise Wrong(f"{url} answers {page.status}", OURS)
    try:
        found = json.loads(page.body)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict) or not page.whole:
        raise Wrong(f"{url} is no description of a provider", OURS)
    return found


def _gate(provider: IdentityProvider) -> Gate:
    """What the operator named may be opened, also within; this machine only where it is named."""
    parts = urlsplit(provider.issuer)
    also = (*INNER, *HERE) if parts.hostname in LOOPBACK else INNER
    ports = frozenset({443, parts.port or (443 if parts.scheme == "https" else 80)})
    return Gate(ports=ports, also=also, seconds=SECONDS, bytes=BYTES)


def _is_safe(address: object) -> bool:
    if not isinstance(address, str):
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)


def _shown(stated: object) -> str:
    """What a stranger wrote, harmless on a terminal."""
    return "nothing" if stated is None else ascii(stated)[:SHOWN]
