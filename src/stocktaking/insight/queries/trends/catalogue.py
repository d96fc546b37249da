"""Which trends there are, in which themes, and what each of them needs to be counted."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stocktaking.insight.queries.trends import emerging, growth, places, subjects
from stocktaking.insight.queries.trends.counted import Counted, plain
from stocktaking.insight.queries.trends.values import Basis, Link, Table, Trend, no_link
from stocktaking.kernel import languages
from stocktaking.kernel.charts import figure
from stocktaking.reference.queries import catalogue
from stocktaking.search.rules.values import Query

COUNTRIES = 15
ROWS, COLUMNS = "rows", "columns"  # stand for the axes of the grid


@dataclass(frozen=True)
class Kind:
    """A trend that can be asked for. The first of ``facets`` is what it is about; the title may
    name its scheme."""

    title: str | Promise
    facets: tuple[str, ...]
    make: Callable[[Counted, str], Trend | None]


KINDS: dict[str, Kind] = {
    "total": Kind(gettext_lazy("Is the register growing?"), (), growth.total),
    "entries": Kind(
        gettext_lazy("How many entries come in each year?"), (growth.STATUS,), growth.yearly
    ),
    "active": Kind(gettext_lazy("When are the projects active?"), (), growth.in_years),
    "freshness": Kind(
        gettext_lazy("How fresh are the entries?"), (growth.FRESHNESS,), growth.freshness
    ),
    "lines": Kind(
        gettext_lazy("%(scheme)s: what comes in, and when?"), (ROWS,), subjects.over_time
    ),
    "goals": Kind(
        gettext_lazy("%(scheme)s: which are named most?"), (COLUMNS,), subjects.most_named
    ),
    "technologies": Kind(
        gettext_lazy("%(scheme)s: which emerge, which fade?"), ("technology",), emerging.emerging
    ),
    "target-groups": Kind(
        gettext_lazy("%(scheme)s: who is reached?"), ("target-group",), subjects.most_named
    ),
    "from-regions": Kind(
        gettext_lazy("Which regions do entries come from?"),
        ("from-region",),
        partial(subjects.over_time, basis=Basis.FROM),
    ),
    "from-countries": Kind(
        gettext_lazy("Which countries do most entries come from?"),
        (places.FROM_COUNTRY,),
        partial(subjects.most_named, basis=Basis.SEAT, at_most=COUNTRIES),
    ),
    "works-regions": Kind(
        gettext_lazy("In which regions do entries work?"),
        ("region",),
        partial(subjects.most_named, basis=Basis.WORKS),
    ),
    "stakeholders": Kind(
        gettext_lazy("Who registers entries?"), (places.STAKEHOLDER,), places.stakeholders
    ),
    "coverage": Kind(
        gettext_lazy("Which countries are missing?"),
        (places.FROM_COUNTRY, places.COUNTRY),
        places.coverage,
    ),
}
NAMES = tuple(KINDS)
THEMES: dict[str, tuple[str, ...]] = {
    "growth": ("total", "entries", "active", "freshness"),
    "subjects": ("lines", "goals", "technologies", "target-groups"),
    "places": ("from-regions", "from-countries", "stakeholders", "coverage", "works-regions"),
}


def trend(
    name: str, query: Query, language: str, today: dt.date, *, link: Link = no_link
) -> Trend | None:
    """One trend of what a query finds, in a language; None for a name that there is none of, and
    where the framework lacks its scheme. Never raises for any query."""
    found = _made((name,), query, language, today, link) if name in KINDS else []
    return found[0] if found else None


def theme(
    name: str, query: Query, language: str, today: dt.date, *, link: Link = no_link
) -> list[Trend]:
    """The trends of a theme, at most six, counted in one pass; those that cannot be are left
    out."""
    return _made(THEMES[name], query, language, today, link)


def theme_of(name: str) -> str:
    """The theme on whose page a trend stands."""
    return next(one for one, names in THEMES.items() if name in names)


def _made(
    names: tuple[str, ...], query: Query, language: str, today: dt.date, link: Link
) -> list[Trend]:
    asked = plain(query)
    facets = {name: _facets(KINDS[name]) for name in names}
    wanted = dict.fromkeys(facet for found in facets.values() for facet in found or ())
    with translation.override(languages.BY_CODE[language].django):
        counted = Counted(asked, tuple(wanted), today, language, link)
        made = []
        for name, found in facets.items():
            if found is None:
                continue
            about = found[0] if found else ""
            one = KINDS[name].make(counted, about) if counted.total else _nobody(counted)
            if one is not None:
                made.append(replace(one, name=name, title=_title(KINDS[name], about, language)))
        return made


def _facets(kind: Kind) -> tuple[str, ...] | None:
    """The facets of a trend; None where the framework has no grid and it is about the grid."""
    grid = catalogue().grid()
    axes = {ROWS: grid.rows.slug, COLUMNS: grid.columns.slug} if grid else {}
    if grid is None and {ROWS, COLUMNS} & set(kind.facets):
        return None
    return tuple(axes.get(facet, facet) for facet in kind.facets)


def _title(kind: Kind, facet: str, language: str) -> str:
    scheme = catalogue().scheme(facet.removeprefix("from-"))
    return str(kind.title) % {"scheme": scheme.plural_label(language) if scheme else facet}


def _nobody(counted: Counted) -> Trend:
    return Trend(
        answer=_("Nobody yet: no entry fits."),
        amount=figure(0),
        amount_of=_("entries"),
        figure=None,
        table=Table((), ()),
        source=counted.source(),
    )
