"""The sides that a matrix can have: schemes of the framework that entries are found by."""

from dataclasses import dataclass

from stocktaking.entries.queries.vocabulary import ELSEWHERE
from stocktaking.reference.queries import (
    Catalogue,
    CrosswalkView,
    LinkView,
    SchemeView,
    TermView,
    catalogue,
)

FROM = {slug: name for name, slug in ELSEWHERE}


@dataclass(frozen=True)
class Axis:
    """A scheme as it is counted: of the entry, or (``from-...``) of its organisation."""

    name: str  # of the facet in the index, and of the filter
    scheme: SchemeView

    @property
    def elsewhere(self) -> bool:
        """Whether it tells where the organisation is, not where the entry works."""
        return self.name != self.scheme.slug

    @property
    def many(self) -> bool:
        """Whether an entry may carry several of its terms; an organisation has one seat."""
        return self.scheme.many and not self.elsewhere

    @property
    def terms(self) -> tuple[TermView, ...]:
        return self.scheme.assignable

    def get(self, code: str) -> TermView | None:
        term = self.scheme.get(code)
        return term if term is not None and term.assignable else None


def axes(framework: Catalogue | None = None) -> dict[str, Axis]:
    """All sides by name, in the order of the framework; schemes without terms are none."""
    framework = framework or catalogue()
    found: dict[str, Axis] = {}
    for scheme in framework.facets():
        if not scheme.assignable:
            continue
        found[scheme.slug] = Axis(scheme.slug, scheme)
        if elsewhere := FROM.get(scheme.slug):
            found[elsewhere] = Axis(elsewhere, scheme)
    return found


def usual() -> tuple[str, str] | None:
    """The sides of the framework's grid; without one its first two schemes, else None."""
    framework = catalogue()
    grid = framework.grid()
    if grid is not None:
        return grid.rows.slug, grid.columns.slug
    names = [name for name, axis in axes(framework).items() if not axis.elsewhere]
    return (names[0], names[1]) if len(names) > 1 else None


@dataclass(frozen=True)
class Reference:
    """A crosswalk between the two sides, read from this matrix's own rows."""

    walk: CrosswalkView
    turned: bool  # its columns are the rows of the matrix

    def link(self, row: str, column: str) -> LinkView | None:
        return self.walk.link(*((column, row) if self.turned else (row, column)))

    @property
    def squares(self) -> set[tuple[str, str]]:
        """The linked squares as (row, column) of the matrix."""
        return {(c, r) if self.turned else (r, c) for r, c in self.walk.links}


def reference_of(rows: Axis, columns: Axis) -> Reference | None:
    """The crosswalk of these two, the primary one before others; none for where owners are."""
    if rows.elsewhere or columns.elsewhere or rows.name == columns.name:
        return None
    walks = sorted(catalogue().crosswalks.values(), key=lambda walk: not walk.primary)
    for walk in walks:
        sides = (walk.rows.slug, walk.columns.slug)
        if sides == (rows.name, columns.name):
            return Reference(walk, turned=False)
        if sides == (columns.name, rows.name):
            return Reference(walk, turned=True)
    return None
