"""What can be found: apps above hand in providers and bands, from their AppConfig."""

from collections.abc import Callable

from stocktaking.search.rules.values import Band, Provider

_providers: dict[str, Provider] = {}
_bands: dict[str, Callable[[], tuple[Band, ...]]] = {}


def provide(provider: Provider) -> None:
    """Make one kind of document searchable; a second provider of a kind replaces the first."""
    _providers[provider.kind] = provider


def provider(kind: str) -> Provider | None:
    return _providers.get(kind)


def providers() -> tuple[Provider, ...]:
    """All providers, in the order of their kinds' names."""
    return tuple(_providers[kind] for kind in sorted(_providers))


def provide_bands(facet: str, made: Callable[[], tuple[Band, ...]]) -> None:
    """Make a facet of spans of days; ``made`` gives those of today."""
    _bands[facet] = made


def bands(facet: str) -> tuple[Band, ...]:
    """The spans of a facet as of today; empty for a facet whose values documents carry."""
    return _bands[facet]() if facet in _bands else ()


def all_bands() -> tuple[tuple[Band, ...], ...]:
    """The spans of all such facets as of today."""
    return tuple(made() for made in _bands.values())
