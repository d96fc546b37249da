"""Who else works on this here: organisations with the same lines or goals in the same countries.

*Here* is where entries work, not where an organisation has its seat.
"""

from dataclasses import dataclass

from stocktaking.accounts.queries import OrganisationView, organisations_by_number
from stocktaking.insight.rules.partners import Pair, Standing, main_pairs, ranked
from stocktaking.reference.queries import Catalogue, TermView, catalogue
from stocktaking.search.queries import answer, cross
from stocktaking.search.queries.alike import tally
from stocktaking.search.rules.values import Query

COUNTRY, ORGANISATION = "country", "organisation"


@dataclass(frozen=True)
class Here:
    """A country in which both work on these terms."""

    country: TermView
    terms: tuple[TermView, ...]


@dataclass(frozen=True)
class Partner:
    """An organisation that works on the same, with the countries and terms that say so."""

    organisation: OrganisationView
    here: tuple[Here, ...]


def partners(number: int, *, limit: int = 5) -> list[Partner]:
    """The nearest first. Empty where the entries of an organisation name no country, or nobody
    else works there on the same. Asks the index once for each of its main pairs."""
    framework = catalogue()
    grid = framework.grid()
    if grid is None:
        return []
    own = Query(filters={ORGANISATION: (str(number),)}, size=0)
    pairs = [
        pair
        for axis in (grid.rows.slug, grid.columns.slug)
        for pair in main_pairs(axis, _assignable(axis, cross(own, rows=axis, columns=COUNTRY)))
        if framework.term(COUNTRY, pair.country)
    ]
    if not pairs:
        return []
    everybody = answer(Query(size=0), facets=(ORGANISATION,)).facets[ORGANISATION]
    found = ranked(str(number), ((pair, _tally(pair)) for pair in pairs), len(everybody))
    # those who are not stated, or were merged a moment ago, leave gaps
    named = organisations_by_number(int(one.organisation) for one in found[: 3 * limit])
    made = [
        Partner(named[int(one.organisation)], _here(one, framework))
        for one in found[: 3 * limit]
        if _known(named.get(int(one.organisation)))
    ]
    return made[:limit]


def _assignable(axis: str, counts: dict[tuple[str, str], int]) -> dict[tuple[str, str], int]:
    """Without the headings, which stand for the terms below them."""
    scheme = catalogue().scheme(axis)
    known = {term.code for term in scheme.assignable} if scheme else set()
    return {(term, country): n for (term, country), n in counts.items() if term in known}


def _tally(pair: Pair) -> dict[str, int]:
    filters: dict[str, tuple[str, ...]] = {pair.axis: (pair.term,), COUNTRY: (pair.country,)}
    return tally(Query(filters=filters, size=0), ORGANISATION)


def _known(found: OrganisationView | None) -> bool:
    return found is not None and not found.unknown and found.merged_into is None


def _here(one: Standing, framework: Catalogue) -> tuple[Here, ...]:
    told = []
    for code, pairs in one.by_country():
        country = framework.term(COUNTRY, code)
        terms = [framework.term(pair.axis, pair.term) for pair in pairs]
        if country:
            told.append(Here(country, tuple(term for term in terms if term)))
    return tuple(told)
