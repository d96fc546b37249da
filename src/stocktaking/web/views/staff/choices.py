"""Terms as the choices of a select."""

from stocktaking.accounts.operations import COUNTRIES, TYPES
from stocktaking.reference.queries import catalogue

Choices = list[tuple[str, str]]


def countries() -> Choices:
    return sorted(labels(COUNTRIES), key=lambda pair: pair[1].casefold())


def organisation_types() -> Choices:
    return labels(TYPES)


def labels(slug: str) -> Choices:
    scheme = catalogue().scheme(slug)
    return [(term.code, term.label()) for term in scheme.assignable] if scheme else []
