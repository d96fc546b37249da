"""What was worked out of one commit of the index, kept until the next one: by any thread, never
more than a set amount, and the longest unused goes first."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar, cast

from stocktaking.search.rules.values import Query

MOST = 200  # what all results in memory may weigh together; counts of a list weigh 1
Found = TypeVar("Found")


class Kept:
    """Results by name. What two threads ask for at once is worked out twice and kept once."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._held: OrderedDict[str, tuple[object, int]] = OrderedDict()
        self._weight = 0
        self._mark: object = None

    def of(
        self, name: str, work: Callable[[], Found], weigh: Callable[[Found], int] = lambda _: 1
    ) -> Found:
        """The result of this name; what weighs more than all may is worked out each time."""
        with self._lock:
            if name in self._held:
                self._held.move_to_end(name)
                return cast("Found", self._held[name][0])
        made = work()
        self._keep(name, made, weigh(made))
        return made

    def since(self, mark: object) -> None:
        """What was kept under another mark is thrown away."""
        with self._lock:
            if self._mark != mark:
                self._clear()
                self._mark = mark

    def clear(self) -> None:
        with self._lock:
            self._clear()

    def __len__(self) -> int:
        return len(self._held)

    def _keep(self, name: str, made: object, weight: int) -> None:
        if weight > self._most:
            return
        with self._lock:
            self._weight += weight - self._held.pop(name, (None, 0))[1]
            self._held[name] = made, weight
            while self._weight > self._most:
                self._weight -= self._held.popitem(last=False)[1][1]

    def _clear(self) -> None:
        self._held.clear()
        self._weight = 0


def named(what: object, query: Query) -> str:
    """A name for what a question without words leads to: the same one for all pages and orders."""
    conditions = replace(query, text="", sort="newest", page=1, size=0, filters={})
    return repr((what, conditions, *sorted(query.filters.items())))
