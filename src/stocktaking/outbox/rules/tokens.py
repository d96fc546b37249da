"""Tokens that stop mail: sealed, so that an address stands in no log and nobody makes one up."""

from base64 import urlsafe_b64encode
from collections.abc import Sequence
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from stocktaking.outbox.states import Category


def seal(address: str, category: Category, keys: Sequence[str]) -> str:
    """The token for one address and one reason to write; it never ends, for mails are kept."""
    return _box(keys).encrypt(f"{category.value}\n{address}".encode()).decode().rstrip("=")


def unseal(token: str, keys: Sequence[str]) -> tuple[str, Category] | None:
    """Address and category, or None for what is no token of ours."""
    if not token.isascii():
        return None
    try:
        opened = _box(keys).decrypt(token + "=" * (-len(token) % 4)).decode()
        category, _, address = opened.partition("\n")
        return address, Category(category)
    except (InvalidToken, ValueError):
        return None


def _box(keys: Sequence[str]) -> MultiFernet:
    digests = (sha256(b"stop mail " + key.encode()).digest() for key in keys)
    return MultiFernet([Fernet(urlsafe_b64encode(digest)) for digest in digests])
