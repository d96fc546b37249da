"""What a listed address says of itself."""

from dataclasses import dataclass

from stocktaking.accounts.rules.roles import Capability


@dataclass(frozen=True)
class Route:
    capability: Capability
    example: str
    method: str = "get"
    usual: tuple[int, ...] = (200, 302, 303)


def form(capability: Capability, example: str, *usual: int) -> Route:
    return Route(capability, example, "post", usual or (200, 302, 303))
