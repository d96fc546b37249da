"""A code by mail in place of a proof of work: eight digits that nobody keeps.

The ticket stands in the form, the code in the mail; both follow from the key of the installation.
``1.form.expires.nonce.signature``, signed with the address and the browser it was made for.
"""

import base64
import datetime as dt
import hashlib
import hmac
import re
import unicodedata
from dataclasses import dataclass

DIGITS = 8
_LINE = re.compile(
    r"1\.(?P<form>[a-z0-9_-]{1,60})\.(?P<expires>[1-9][0-9]{0,10})\.(?P<nonce>[A-Za-z0-9_-]{22})"
    r"\.(?P<signature>[0-9a-f]{64})"
)


@dataclass(frozen=True)
class MadeFor:
    """Which form, sent by which browser, with a mail to which address."""

    form: str
    address: str
    holder: str


def write(made_for: MadeFor, *, expires: dt.datetime, key: bytes, random: bytes) -> str:
    """The ticket of one mail; ``random`` is 16 fresh bytes."""
    nonce = base64.urlsafe_b64encode(random).decode().rstrip("=")
    body = f"1.{made_for.form}.{int(expires.timestamp())}.{nonce}"
    return f"{body}.{_signature(body, made_for, key)}"


def code(ticket: str, *, key: bytes) -> str:
    """The digits that stand in the mail of a ticket."""
    return str(int.from_bytes(_mac(key, "code", ticket)[:16]) % 10**DIGITS).zfill(DIGITS)


def fault(ticket: str, typed: str, made_for: MadeFor, *, key: bytes, at: dt.datetime) -> str | None:
    """Why this code does not count: ``code_missing``, ``_wrong`` or ``_expired``; else None."""
    if not ticket or not typed.strip():
        return "code_missing"
    if not is_ours(ticket, made_for, key=key):
        return "code_wrong"
    if not hmac.compare_digest(code(ticket, key=key), digits(typed)):
        return "code_wrong"
    return "code_expired" if at.timestamp() >= int(ticket.split(".")[2]) else None


def is_ours(ticket: str, made_for: MadeFor, *, key: bytes) -> bool:
    """Whether a ticket was written here, for this form, address and browser."""
    read = _LINE.fullmatch(ticket) if ticket.isascii() else None
    if read is None or read["form"] != made_for.form:
        return False
    body = ticket.rpartition(".")[0]
    return hmac.compare_digest(_signature(body, made_for, key), read["signature"])


def digits(typed: str) -> str:
    """The digits somebody typed, of any script and with gaps, as 0-9."""
    return "".join(
        str(unicodedata.digit(sign)) for sign in typed if unicodedata.category(sign) == "Nd"
    )


def _signature(body: str, made_for: MadeFor, key: bytes) -> str:
    return _mac(key, "ticket", body, made_for.address, made_for.holder).hex()


def _mac(key: bytes, *parts: str) -> bytes:
    # each part with its length: no two lists of parts are signed alike
    signed = b"".join(len(p.encode()).to_bytes(4) + p.encode() for p in ("mail code", *parts))
    return hmac.new(key, signed, hashlib.sha256).digest()
