"""Terms as the choices of a field."""

from stocktaking.reference.queries import catalogue

Choices = list[tuple[str, str]]


def organisation_types() -> Choices:
    return _labels("stakeholder")


def countries() -> Choices:
    return sorted(_labels("country"), key=lambda pair: pair[1].casefold())


def _labels(slug: str) -> Choices:
    scheme = catalogue().scheme(slug)
    return [(term.code, term.label()) for term in scheme.assignable] if scheme else []
