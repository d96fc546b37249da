"""Proof of work: a signed challenge, and the number that answers it.

A challenge is one line, ``1.form.expires.cost.nonce.target.signature``. Whoever answers finds the
number below ``cost`` for which SHA-256 of ``nonce.number`` is ``target``: at most ``cost`` tries,
half as many on average, and one hash to check. The signature covers every part and, besides, for
whose browser (``holder``) it was made; what it does not say is the number.
"""

import base64
import datetime as dt
import hashlib
import hmac
import re
from dataclasses import dataclass

COST_MAX = 10_000_000
NONCE_BYTES = 16
_FORM = re.compile(r"[a-z0-9_-]{1,60}")
_LINE = re.compile(
    r"1\.(?P<form>[a-z0-9_-]{1,60})\.(?P<expires>[1-9][0-9]{0,10})\.(?P<cost>[1-9][0-9]{0,7})"
    r"\.(?P<nonce>[A-Za-z0-9_-]{22})\.(?P<target>[0-9a-f]{64})\.(?P<signature>[0-9a-f]{64})"
)
_NUMBER = re.compile(r"0|[1-9][0-9]{0,7}")  # one spelling for one number


@dataclass(frozen=True)
class Challenge:
    """What is asked: of which form, until when (seconds since 1970), and how much."""

    form: str
    expires: int
    cost: int
    nonce: str
    target: str


def draw(*, form: str, expires: dt.datetime, cost: int, number: int, random: bytes) -> Challenge:
    """The challenge that ``number`` answers; ``random`` is NONCE_BYTES fresh bytes."""
    if not _FORM.fullmatch(form):
        raise ValueError("a form is named by small letters, digits, - and _")
    if not 0 <= number < cost <= COST_MAX:
        raise ValueError("the number is not below the cost")
    nonce = base64.urlsafe_b64encode(random).decode().rstrip("=")
    return Challenge(form, int(expires.timestamp()), cost, nonce, target(nonce, number))


def write(challenge: Challenge, *, key: bytes, holder: str) -> str:
    return f"{_body(challenge)}.{_signature(challenge, key, holder)}"


def fault(
    line: str, number: str, *, form: str, holder: str, key: bytes, at: dt.datetime
) -> str | None:
    """Why this answer does not count: ``proof_missing``, ``_wrong`` or ``_expired``; else None."""
    if not line or not number:
        return "proof_missing"
    read = _LINE.fullmatch(line) if line.isascii() else None
    if read is None or not _NUMBER.fullmatch(number):
        return "proof_wrong"
    asked = Challenge(
        read["form"], int(read["expires"]), int(read["cost"]), read["nonce"], read["target"]
    )
    if not hmac.compare_digest(_signature(asked, key, holder), read["signature"]):
        return "proof_wrong"
    if asked.form != form or not int(number) < asked.cost:
        return "proof_wrong"
    if not hmac.compare_digest(target(asked.nonce, int(number)), asked.target):
        return "proof_wrong"
    return "proof_expired" if at.timestamp() >= asked.expires else None


def expires_at(line: str) -> dt.datetime:
    """Until when a challenge that was found sound counts."""
    return dt.datetime.fromtimestamp(int(line.split(".")[2]), dt.UTC)


def target(nonce: str, number: int) -> str:
    return hashlib.sha256(f"{nonce}.{number}".encode()).hexdigest()


def solve(line: str) -> str:
    """The number that answers a challenge, found as a browser finds it."""
    read = _LINE.fullmatch(line)
    if read is None:
        raise ValueError("this is no challenge")
    numbers = range(int(read["cost"]))
    return str(next(n for n in numbers if target(read["nonce"], n) == read["target"]))


def _body(challenge: Challenge) -> str:
    parts = (challenge.form, challenge.expires, challenge.cost, challenge.nonce, challenge.target)
    return ".".join(["1", *map(str, parts)])


def _signature(challenge: Challenge, key: bytes, holder: str) -> str:
    # the line break keeps the parts apart from the holder: neither holds one
    signed = f"{_body(challenge)}\n{holder}".encode()
    return hmac.new(key, signed, hashlib.sha256).hexdigest()
