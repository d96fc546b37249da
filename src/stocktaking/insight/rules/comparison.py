"""What things side by side share, and what each has besides."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Held = TypeVar("Held", bound=Hashable)


@dataclass(frozen=True)
class Split(Generic[Held]):
    """``shared`` is in all of them; ``besides[i]`` is what the i-th has that not all have, and
    ``alone[i]`` the part of it that no other has."""

    shared: tuple[Held, ...]
    besides: tuple[tuple[Held, ...], ...]
    alone: tuple[frozenset[Held], ...]


def split(held: Sequence[Sequence[Held]]) -> Split[Held]:
    """Each in the order in which it is held, once."""
    several = [tuple(dict.fromkeys(one)) for one in held]
    if not several:
        return Split((), (), ())
    sets = [frozenset(one) for one in several]
    common = frozenset.intersection(*sets)
    return Split(
        shared=tuple(item for item in several[0] if item in common),
        besides=tuple(tuple(item for item in one if item not in common) for one in several),
        alone=tuple(
            one.difference(*(other for other in sets[:place] + sets[place + 1 :]))
            for place, one in enumerate(sets)
        ),
    )


def only_in(counts: Sequence[int]) -> int | None:
    """The place of the one number that is not 0; None where none or several are."""
    filled = [place for place, count in enumerate(counts) if count]
    return filled[0] if len(filled) == 1 and len(counts) > 1 else None


def window(years: Sequence[int], *, most: int) -> tuple[int, ...]:
    """The years from the first to the last, the empty ones too; the last ``most`` of them."""
    if not years:
        return ()
    return tuple(range(max(min(years), max(years) - most + 1), max(years) + 1))
