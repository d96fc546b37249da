"""What the operator set, and what is risky about it."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks

from stocktaking.console.health.finding import Finding, failed, risky, well

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def public() -> bool:
    """Whether the site's own address can be reached from other machines."""
    return urlsplit(settings.BASE_URL).hostname not in LOOPBACK


def secret_key() -> Iterator[Finding]:
    kept: Path = settings.DATA_DIR / "keys" / "secret"
    if len(settings.SECRET_KEY) < 50:
        yield failed("secret key", "too short", "Set SECRET_KEY to 50 random characters or more.")
    elif os.environ.get("SECRET_KEY"):
        yield well("secret key", "from SECRET_KEY")
    elif stat.S_IMODE(kept.stat().st_mode) & 0o077:
        yield failed("secret key", f"others can read {kept}", f"Run: chmod 600 {kept}")
    else:
        yield well("secret key", f"kept in {kept}")


def addresses() -> Iterator[Finding]:
    url = settings.BASE_URL
    if settings.DEMO and public():
        advice = "A demo has sign-in links in place of a second factor: serve it on loopback only."
        yield failed("address", f"{url} is a demo", advice)
    elif not public():
        yield well("address", f"{url} (this machine only)")
    elif url.startswith("https://"):
        yield well("address", url)
    else:
        advice = "Put a proxy with a certificate in front, and set STOCKTAKING_BASE_URL to https."
        yield failed("address", f"{url} is not encrypted", advice)
    if "*" in settings.ALLOWED_HOSTS:
        advice = "Name the hosts in STOCKTAKING_HOSTS."
        yield risky("hosts", "every host name is accepted", advice)
    else:
        yield well("hosts", ", ".join(dict.fromkeys(filter(None, settings.ALLOWED_HOSTS))))


def proxies() -> Iterator[Finding]:
    """Limits on signing in count addresses: behind a proxy that is not told, all share one."""
    count = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    if settings.BASE_URL.startswith("https://") and not count:
        advice = "Set STOCKTAKING_PROXIES to the number of proxies in front, usually 1."
        yield risky("proxies", "all visitors seem to share the address of the proxy", advice)
    else:
        yield well("proxies", f"{count} in front")


def debugging() -> Iterator[Finding]:
    if settings.DEBUG:
        level = failed if public() else risky
        yield level("debugging", "errors show the inside of the site", "Unset STOCKTAKING_DEBUG.")
    else:
        yield well("debugging", "off")


def responsible() -> Iterator[Finding]:
    """Who answers for the register: its privacy page must name somebody."""
    if settings.ORGANISER and settings.CONTACT:
        yield well("responsible", f"{settings.ORGANISER}, {settings.CONTACT}")
    elif public():
        advice = "Set STOCKTAKING_ORGANISER and STOCKTAKING_CONTACT."
        yield risky("responsible", "the pages do not say who runs the register", advice)


def framework_checks() -> Iterator[Finding]:
    """Django's own checks; those for a public site only where it is one."""
    found = [
        message
        for message in checks.run_checks(include_deployment_checks=public())
        if message.level >= checks.WARNING
    ]
    for message in found:
        level = failed if message.level >= checks.ERROR else risky
        yield level("checks", f"{message.id}: {message.msg}".splitlines()[0], message.hint or "")
    if not found:
        yield well("checks", "Django finds nothing")
