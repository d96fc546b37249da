"""The kinds of jobs there are: apps above register a function under a name.

    @registry.kind("entries.import")
    def import_file(run: Run) -> None: ...

A kind reads ``run.arguments``, goes on from ``run.cursor``, and calls ``run.progress`` at
least twice a minute; without that the run counts as dead and another worker takes it over.
Calling it inside the transaction of a chunk keeps chunk and cursor together.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any, Protocol


class Run(Protocol):
    """One run of one job, as its function sees it."""

    arguments: dict[str, Any]
    cursor: dict[str, Any]
    by_id: int | None

    def moment(self) -> dt.datetime:
        """The present moment by the worker's clock, for the ``at`` of what the run does."""

    def progress(
        self,
        done: int,
        total: int | None = None,
        *,
        message: str | None = None,
        cursor: dict[str, Any] | None = None,
    ) -> None:
        """Say how far it is, keep where to go on, and hold the lease. Raises to stop the run:
        let it pass through."""


Kind = Callable[[Run], None]
KINDS: dict[str, Kind] = {}


def kind(name: str) -> Callable[[Kind], Kind]:
    """Register a function as the kind ``name``, which stands in rows for ever."""

    def register(function: Kind) -> Kind:
        if name in KINDS:
            raise ValueError(f"two kinds of job are called {name!r}")
        KINDS[name] = function
        return function

    return register
