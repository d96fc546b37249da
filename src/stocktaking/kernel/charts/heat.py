"""From a count to one of seven steps of heat."""

from bisect import bisect_right
from dataclasses import dataclass

STEPS = 7


@dataclass(frozen=True)
class Scale:
    """Lowest values of steps 1 to 6; what is below the first is step 0."""

    thresholds: tuple[float, ...]
    share: bool = False  # thresholds are shares of 1, printed in per cent

    def __post_init__(self) -> None:
        if not self.thresholds or len(self.thresholds) >= STEPS:
            raise ValueError(f"1 to {STEPS - 1} thresholds, not {len(self.thresholds)}")
        if list(self.thresholds) != sorted(set(self.thresholds)) or self.thresholds[0] <= 0:
            raise ValueError(f"thresholds must rise from above 0: {self.thresholds}")

    def step(self, value: float) -> int:
        """0 to 6; classes ``h0`` ... ``h6`` (background) and ``f0`` ... ``f6`` (fill)."""
        return bisect_right(self.thresholds, value)


SQUARES = Scale((1, 3, 6, 10, 20, 50))
COUNTRIES = Scale((1, 5, 10, 15, 25, 40))
FEW = Scale((0.25, 0.5, 1, 2, 4, 8))  # for small pictures of few things: one is seen at once
SHARES = Scale((0.0001, 0.02, 0.05, 0.1, 0.2, 0.4), share=True)
# how many times the count that chance has; by how many parts of 1 a share has moved
RATIOS = Scale((1, 1.25, 1.5, 2, 3, 5))
SHIFTS = Scale((0.0005, 0.005, 0.01, 0.02, 0.04, 0.08), share=True)
