"""At most so many *different* things in any stretch of time: what tells a machine that walks
through all combinations from people who come back to the same pages.

A key holds the things it was let through to, each with the moment of the first time. What it
holds already is always let through again; a new thing needs a free place. What is refused takes
none, so that insisting neither helps nor harms.
"""

from dataclasses import dataclass

SECOND = 1_000_000  # microseconds
Seen = tuple[tuple[int, bytes], ...]  # moments in microseconds, oldest first


@dataclass(frozen=True)
class Variety:
    """``most`` different things in any ``period`` microseconds."""

    most: int
    period: int

    def __post_init__(self) -> None:
        if self.most < 1 or self.period < 1:
            raise ValueError("a variety allows at least one thing, for at least a microsecond")

    def held(self, seen: Seen, at: int) -> Seen:
        """What still takes a place. A clock that was set back frees no place early."""
        return tuple(one for one in seen if one[0] > at - self.period)

    def after(self, seen: Seen, what: bytes, at: int) -> Seen | None:
        """What is held after ``what`` was let through; None where it is refused."""
        held = self.held(seen, at)
        if any(known == what for _, known in held):
            return held
        if len(held) >= self.most:
            return None
        return tuple(sorted((*held, (at, what))))

    def wait(self, seen: Seen, at: int) -> int:
        """Whole seconds until a new thing is let through; at least one."""
        held = self.held(seen, at)
        if len(held) < self.most:
            return 1
        freed = held[len(held) - self.most][0] + self.period
        return max(1, -(-(freed - at) // SECOND))
