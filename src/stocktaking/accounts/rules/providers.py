"""A provider of identity (OpenID Connect) that people may sign in with, as it is configured."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

LOOPBACK = ("127.0.0.1", "localhost", "::1")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True)
class IdentityProvider:
    """One provider. ``domains`` in lower case; empty: it answers for every address."""

    id: str
    name: str
    issuer: str
    client_id: str
    client_secret: str
    domains: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in ("id", "name", "issuer", "client_id", "client_secret"):
            if not getattr(self, name):
                raise ValueError(f"a provider of identity needs a {name}")
        if not _ID.fullmatch(self.id):
            raise ValueError(f"the id of a provider is letters, digits and hyphens: {self.id!r}")
        for address in (self.issuer, *self.origins):
            if not _is_safe(address):
                raise ValueError(f"a provider of identity is reached by https: {address!r}")

    def asks_at(self) -> tuple[str, ...]:
        """Where the browser may be sent: the issuer's origin, and those named besides."""
        parts = urlsplit(self.issuer)
        return (f"{parts.scheme}://{parts.netloc}", *self.origins)

    def answers_for(self, email: str) -> bool:
        """Whether its word on this address counts."""
        return not self.domains or email.rpartition("@")[2].lower() in self.domains


def _is_safe(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
