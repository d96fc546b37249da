"""Providers of identity that people may sign in with (OpenID Connect): none by default.

One stands in the environment; several stand in ``oidc.toml`` in the data folder::

    [[provider]]
    id = "ministry"                        # in addresses; it stays
    name = "Ministry of Health"            # on the button
    issuer = "https://id.example.org"      # exactly as the provider states it
    client_id = "register"
    client_secret = "..."
    domains = ["example.org"]              # whose addresses it answers for; none: all
    origins = ["https://login.example.org"]  # where it asks people, if not at the issuer's
"""

import tomllib
from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from stocktaking.accounts.rules.providers import IdentityProvider


def one(
    *, issuer: str, client_id: str, client_secret: str, name: str, domains: str
) -> tuple[IdentityProvider, ...]:
    """The provider of the environment variables; none where no issuer is named."""
    if not issuer:
        return ()
    return (
        IdentityProvider(
            id="oidc",
            name=name or urlsplit(issuer).netloc,
            issuer=issuer,
            client_id=client_id,
            client_secret=client_secret,
            domains=_lower(domains.split(",")),
        ),
    )


def several(path: Path) -> tuple[IdentityProvider, ...]:
    """Those of a file; ValueError says what is wrong with it."""
    if not path.exists():
        return ()
    stated = tomllib.loads(path.read_text()).get("provider", [])
    found = tuple(_read(row) for row in stated)
    if len({row.id for row in found} | {"oidc"}) != len(found) + 1:
        raise ValueError("two providers of identity have one id")
    return found


def _read(row: dict[str, Any]) -> IdentityProvider:
    unknown = set(row) - {one.name for one in fields(IdentityProvider)}
    if unknown:
        raise ValueError(f"a provider of identity has no {sorted(unknown)[0]}")
    texts = {key: value for key, value in row.items() if key not in ("domains", "origins")}
    if any(not isinstance(value, str) for value in texts.values()):
        raise ValueError("what a provider of identity is described by is text")
    try:
        return IdentityProvider(
            **texts,
            domains=_lower(row.get("domains", ())),
            origins=tuple(row.get("origins", ())),
        )
    except TypeError as error:
        raise ValueError(f"a provider of identity is not complete: {error}") from None


def _lower(domains: Iterable[str]) -> tuple[str, ...]:
    return tuple(domain.strip().lower() for domain in domains if domain.strip())
