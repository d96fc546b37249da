"""Which entries are similar to one, and why."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from stocktaking.entries.queries import EntryCard, cards
from stocktaking.entries.states import EntryState
from stocktaking.insight.rules.similar import WEIGHTS, Reasons, once, weights
from stocktaking.kernel.text.normalise import name_key
from stocktaking.reference.queries import Catalogue, SchemeView, TermView, catalogue
from stocktaking.search.queries import answer
from stocktaking.search.queries.alike import Resemblance, resemblance
from stocktaking.search.rules.values import Query

LOOKED_AT = 60  # candidates; what a family of equal titles leaves of them is enough
WORDS = 5  # that are told
COUNTRY, REGION = "country", "region"


@dataclass(frozen=True)
class SharedTerms:
    """Terms of one scheme that both entries carry."""

    scheme: SchemeView
    terms: tuple[TermView, ...]


@dataclass(frozen=True)
class Similar:
    """An entry that resembles another one, with the reasons: rare words that both use, terms and
    countries that both carry, the regions of those countries where no country is shared."""

    card: EntryCard
    likeness: float
    words: tuple[str, ...]
    shared: tuple[SharedTerms, ...]
    regions: tuple[TermView, ...]
    same_owner: bool


def similar(card: EntryCard, language: str, *, on: dt.date, limit: int = 3) -> list[Similar]:
    """Published entries that resemble this one, the most alike first.

    ``on`` is the day whose regions count. Empty where there is no index, and where nothing
    resembles it enough.
    """
    framework = catalogue()
    asked = _asked(framework)
    held = {scheme: tuple(mark.term.code for mark in card.of(scheme)) for scheme in asked}
    counted = answer(Query(size=0), facets=asked)
    weight = weights(held, counted.facets, counted.total)
    kin = resemblance(str(card.number), facets=weight)
    likeness = {int(one.key): one.likeness for one in kin.ranked(LOOKED_AT)} if kin else {}
    others = [
        other for other in cards(list(likeness), language) if other.state == EntryState.PUBLISHED
    ]
    grid = framework.grid()
    axes = {grid.rows.slug, grid.columns.slug} if grid else set()
    regions = _regions(card, framework, on)
    made = (
        _similar(card, other, likeness[other.number], kin, asked, regions, on)
        for other in others
        if kin
    )
    enough = (one for one in made if _reasons(one, axes).enough)
    return list(once(enough, lambda one: name_key(one.card.title.text), limit))


def _asked(framework: Catalogue) -> list[str]:
    """Schemes by which entries may resemble each other: the grid's, and those that weigh."""
    grid = framework.grid()
    axes = [grid.rows.slug, grid.columns.slug] if grid else []
    return axes + [slug for slug in WEIGHTS if slug not in axes and framework.scheme(slug)]


def _similar(
    card: EntryCard,
    other: EntryCard,
    likeness: float,
    kin: Resemblance,
    asked: Sequence[str],
    regions: dict[str, TermView],
    on: dt.date,
) -> Similar:
    framework = catalogue()
    shared = []
    for slug in asked:
        theirs = {mark.term.code for mark in other.of(slug)}
        terms = tuple(mark.term for mark in card.of(slug) if mark.term.code in theirs)
        if terms and (scheme := framework.scheme(slug)):
            shared.append(SharedTerms(scheme, terms))
    same_country = any(one.scheme.slug == COUNTRY for one in shared)
    common = {} if same_country else _regions(other, framework, on)
    owner = card.organisation
    return Similar(
        card=other,
        likeness=likeness,
        words=kin.words(str(other.number))[:WORDS],
        shared=tuple(shared),
        regions=tuple(term for code, term in regions.items() if code in common),
        same_owner=bool(
            owner
            and other.organisation
            and not owner.unknown
            and owner.number == other.organisation.number
        ),
    )


def _reasons(one: Similar, axes: set[str]) -> Reasons:
    on_grid = sum(len(held.terms) for held in one.shared if held.scheme.slug in axes)
    terms = sum(len(held.terms) for held in one.shared) - on_grid
    return Reasons(one.likeness, len(one.words), on_grid, terms + one.same_owner)


def _regions(card: EntryCard, framework: Catalogue, on: dt.date) -> dict[str, TermView]:
    return {
        region.code: region
        for mark in card.of(COUNTRY)
        for region in framework.groups_of(mark.term, scheme=REGION, on=on)
    }
