"""Links that let somebody in: what is sent, and what is kept of it."""

import hashlib
import secrets


def new_token() -> str:
    """256 random bits; it stands in the link and nowhere else."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """What is kept of a token. Random already, so that no salt is needed."""
    return hashlib.sha256(token.encode()).hexdigest()
