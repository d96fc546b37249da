"""Questions to the framework: one frozen catalogue per process, renewed when a row changes."""

from stocktaking.reference.queries.catalogue import (
    Catalogue,
    CrosswalkView,
    LinkView,
    SchemeView,
    TermView,
)
from stocktaking.reference.queries.current import catalogue, forget
from stocktaking.reference.queries.wording import Wording, scheme_wording, term_wording

__all__ = [
    "Catalogue",
    "CrosswalkView",
    "LinkView",
    "SchemeView",
    "TermView",
    "Wording",
    "catalogue",
    "forget",
    "scheme_wording",
    "term_wording",
]
