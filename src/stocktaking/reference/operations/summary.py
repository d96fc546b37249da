"""What a load did, or would do."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from stocktaking.reference.rules.diff import Difference


@dataclass(frozen=True)
class Change:
    """One row: ``kind`` is created, updated, retired or removed; ``what`` the noun of it.

    ``fields`` holds, where it is updated, what was kept and what is stated now.
    """

    kind: str
    what: str
    name: str
    fields: dict[str, tuple[Any, Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class LoadSummary:
    """Counts of rows of all kinds, and every change."""

    framework: str
    version: str
    unchanged: int
    changes: tuple[Change, ...]
    dry_run: bool = False

    def count(self, kind: str) -> int:
        return sum(1 for change in self.changes if change.kind == kind)

    @property
    def created(self) -> int:
        return self.count("created")

    @property
    def updated(self) -> int:
        return self.count("updated")

    @property
    def retired(self) -> int:
        return self.count("retired")

    @property
    def removed(self) -> int:
        return self.count("removed")

    def __str__(self) -> str:
        return (
            f"created {self.created}, updated {self.updated}, unchanged {self.unchanged}, refused 0"
        )


def changes_of(
    difference: Difference[Any],
    what: str,
    *,
    vanished: str,
    name: Callable[[Any], str] = str,
    gone: Iterable[Any] | None = None,
) -> Iterator[Change]:
    """The changes of one kind of row; ``vanished``: what becomes of rows stated no more.

    ``gone`` names these where not every vanished row changes.
    """
    for key in difference.created:
        yield Change("created", what, name(key))
    for key, fields in difference.updated.items():
        yield Change("updated", what, name(key), fields)
    for key in difference.vanished if gone is None else gone:
        yield Change(vanished, what, name(key))
