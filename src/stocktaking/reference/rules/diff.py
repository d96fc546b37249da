"""What a load would change: stated facts against kept ones, key by key."""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Values = Mapping[str, Any]


@dataclass(frozen=True)
class Difference(Generic[Key]):
    """``updated`` holds per key the fields that differ: (kept, stated)."""

    created: dict[Key, Values]
    updated: dict[Key, dict[str, tuple[Any, Any]]]
    unchanged: int
    vanished: tuple[Key, ...]  # kept, but stated no more

    def __bool__(self) -> bool:
        return bool(self.created or self.updated or self.vanished)


def compare(stated: Mapping[Key, Values], kept: Mapping[Key, Values]) -> Difference[Key]:
    """Compare the fields that are stated; a kept row may have more of them."""
    updated = {}
    for key in stated.keys() & kept.keys():
        changed = dict(_changed(stated[key], kept[key]))
        if changed:
            updated[key] = changed
    order = list(stated)
    return Difference(
        created={key: stated[key] for key in order if key not in kept},
        updated={key: updated[key] for key in order if key in updated},
        unchanged=len(stated.keys() & kept.keys()) - len(updated),
        vanished=tuple(key for key in kept if key not in stated),
    )


def _changed(stated: Values, kept: Values) -> Iterator[tuple[str, tuple[Any, Any]]]:
    for name, value in stated.items():
        if kept[name] != value:
            yield name, (kept[name], value)
