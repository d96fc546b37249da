"""Which documents can be found: apps above hand in a provider per kind, from their AppConfig."""

from stocktaking.search.rules.values import Provider

_providers: dict[str, Provider] = {}


def provide(provider: Provider) -> None:
    """Make one kind of document searchable; a second provider of a kind replaces the first."""
    _providers[provider.kind] = provider


def provider(kind: str) -> Provider | None:
    return _providers.get(kind)


def providers() -> tuple[Provider, ...]:
    """All providers, in the order of their kinds' names."""
    return tuple(_providers[kind] for kind in sorted(_providers))
