"""A page that is looked at."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SitePage:
    name: str
    path: str
    role: str | None = None
    status: int = 200
    scripted: bool = False  # passkeys need a script
