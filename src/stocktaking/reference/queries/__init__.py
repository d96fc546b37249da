"""Questions to the framework: one frozen catalogue per process, renewed when a row changes."""

from stocktaking.reference.queries.catalogue import (
    Catalogue,
    CrosswalkView,
    LinkView,
    SchemeView,
    TermView,
)
from stocktaking.reference.queries.current import catalogue, forget

__all__ = [
    "Catalogue",
    "CrosswalkView",
    "LinkView",
    "SchemeView",
    "TermView",
    "catalogue",
    "forget",
]
