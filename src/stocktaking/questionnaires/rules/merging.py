"""Several people write one answer set: their changes are merged question by question.

Three texts meet: what somebody started from (base), what stands there now (theirs) and what
somebody sends (mine). Where only one side changed, that side wins; where both changed to the
same, nothing is to be done; where they differ, nobody wins until a person has seen both.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Change = Mapping[str, tuple[Any, Any]]  # before and after, by question


@dataclass(frozen=True)
class Conflict:
    """Two people changed one answer. ``base`` is what both had started from."""

    code: str
    base: Any
    theirs: Any
    mine: Any


@dataclass(frozen=True)
class Merged:
    """``taken`` is what is to be written over what stands there now."""

    taken: dict[str, Any]
    conflicts: tuple[Conflict, ...]


def base_of(now: Mapping[str, Any], changes: Iterable[Change]) -> dict[str, Any]:
    """What stood there before ``changes`` (oldest first) were made."""
    base = dict(now)
    for change in reversed(list(changes)):
        for code, (before, _after) in change.items():
            base[code] = before
    return base


def merge(
    *,
    base: Mapping[str, Any],
    theirs: Mapping[str, Any],
    mine: Mapping[str, Any],
    settled: frozenset[str] = frozenset(),
) -> Merged:
    """Merge the questions that ``mine`` holds; all others stay as they are.

    For a question in ``settled`` its author has seen both texts: mine is taken.
    """
    taken: dict[str, Any] = {}
    conflicts = []
    for code, value in mine.items():
        before, now = base.get(code), theirs.get(code)
        if value == now or (value == before and code not in settled):
            continue
        if now == before or code in settled:
            taken[code] = value
        else:
            conflicts.append(Conflict(code, before, now, value))
    return Merged(taken, tuple(conflicts))
