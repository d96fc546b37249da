"""What the index says of documents that resemble one of them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Alike:
    """A document that resembles the asked one: ``likeness`` is from 0 to 1."""

    key: str
    likeness: float
