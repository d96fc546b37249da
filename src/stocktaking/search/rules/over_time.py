"""Counts over time, as the index gives them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Counts = tuple[int, ...]  # one for each span


@dataclass(frozen=True)
class OverTime:
    """Documents by when they were registered.

    ``spans`` counts each document once; ``values`` counts it at each value that it carries.
    A facet that is filtered by is counted with its filter: these are the documents asked for.
    """

    spans: Counts
    values: Mapping[str, Mapping[str, Counts]] = field(repr=False)

    @property
    def total(self) -> int:
        return sum(self.spans)

    def of(self, facet: str, value: str) -> Counts:
        """The counts of one value, also of one that nothing carries."""
        return self.values.get(facet, {}).get(value) or (0,) * len(self.spans)
