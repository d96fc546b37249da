"""What is wrong with a profile file: all of it at once, each with its place."""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class ProfileFault:
    """``at`` is the place as people read it: ``terms[2].scheme``, counted from 1.

    ``code`` is stable, ``params`` go into its sentence (``operations/imports/words``).
    """

    code: str
    at: str = ""
    params: Mapping[str, str | int] = field(default_factory=dict)


class ProfileBroken(Exception):  # noqa: N818 - it names what happened, as people say it
    """A text that is no usable profile; ``faults`` are all reasons."""

    def __init__(self, faults: Iterable[ProfileFault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(f"{one.at or 'file'}: {one.code}" for one in self.faults))


def nearest(stated: str, known: Iterable[str]) -> str:
    """The known word that looks most like the stated one, or ""."""
    return next(iter(difflib.get_close_matches(stated, list(known), n=1, cutoff=0.6)), "")
