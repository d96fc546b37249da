"""Where entries are from and where they work, who registers them, and who is missing."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stocktaking.insight.queries.trends.counted import Counted, day_in_words, row, scheme_of
from stocktaking.insight.queries.trends.values import Basis, Column, Table, Trend
from stocktaking.insight.rules.matrix import share
from stocktaking.insight.rules.trends.spans import Span
from stocktaking.kernel.charts import figure, percent
from stocktaking.kernel.charts.stacks import PARTS, Stack, Stacks, Tile, TileGroup, Tiles
from stocktaking.reference.queries import TermView, catalogue

STAKEHOLDER, GROUP = "stakeholder", "country-group"
FROM_COUNTRY, COUNTRY = "from-country", "country"
FEW = 2  # entries; so many or fewer from a country are few
PERIODS = 4


def stakeholders(counted: Counted, _facet: str) -> Trend | None:
    """Who registers entries? Shares of the types of organisations, period by period."""
    scheme = scheme_of(STAKEHOLDER)
    if scheme is None or scheme.many:
        return None
    held = sorted(
        ((term, counted.of(STAKEHOLDER, term)) for term in scheme.assignable),
        key=lambda pair: (-sum(pair[1]), pair[0].order),
    )
    stated = sum(sum(counts) for _term, counts in held)
    if not stated:
        return None
    # as many as there are shades; what is left is one more part
    named, rest = held[: PARTS - 1], held[PARTS - 1 :]
    parts = [(counted.label(term), counts) for term, counts in named]
    if any(sum(counts) for _term, counts in rest):
        together = tuple(map(sum, zip(*(counts for _term, counts in rest), strict=True)))
        parts.append((_("All other types"), together))
    cuts = _cuts(len(counted.spans))
    rows = []
    for begin, end in cuts:
        sums = [sum(counts[begin:end]) for _name, counts in parts]
        if all_of := sum(sums):
            name = counted.named(*counted.spans[begin:end])
            rows.append(Stack(name, tuple(part / all_of for part in sums)))
    first, counts = held[0]
    return Trend(
        answer=_("Most often: %(name)s, %(share)s of the entries whose organisation has a type.")
        % {"name": counted.label(first), "share": percent(share(sum(counts), stated))},
        amount=percent(share(sum(counts), stated)),
        amount_of=counted.label(first),
        figure=Stacks(tuple(name for name, _counts in parts), tuple(rows)),
        table=Table(
            (
                Column("code", _("Code"), "text"),
                Column("title", scheme.label(counted.language), "text"),
                *(_column(counted, a, b) for a, b in cuts),
                Column("entries", _("All")),
            ),
            tuple(
                row(
                    term.code,
                    counted.label(term),
                    *(sum(values[a:b]) for a, b in cuts),
                    sum(values),
                    url=counted.url(STAKEHOLDER, term) if any(values) else "",
                )
                for term, values in held
            ),
        ),
        source=counted.source(),
        total=counted.total,
    )


def _column(counted: Counted, begin: int, end: int) -> Column:
    some = counted.spans[begin:end]
    return Column(Span(some[0].first, some[-1].last).name, counted.named(*some))


def _cuts(count: int) -> list[tuple[int, int]]:
    """Up to four neighbouring runs of spans, the later ones no longer than the earlier."""
    size = -(-count // PERIODS)
    edges = list(range(count, 0, -size))[::-1]
    return [(max(0, edge - size), edge) for edge in edges]


def coverage(counted: Counted, _facet: str) -> Trend | None:
    """Which countries of the groups that the United Nations names have few entries or none?"""
    scheme = scheme_of(GROUP)
    if scheme is None:
        return None
    members = {
        group.code: catalogue().members_of(group, on=counted.today) for group in scheme.assignable
    }
    groups = [group for group in scheme.assignable if members[group.code]]
    if not groups:
        return None
    held: dict[str, int] = {}
    for country in dict.fromkeys(m for group in groups for m in members[group.code]):
        held[country.code] = sum(counted.of(FROM_COUNTRY, country))
    none = sum(not count for count in held.values())
    few = sum(0 < count <= FEW for count in held.values())
    return Trend(
        answer=ngettext(
            "From %(none)s of %(count)s country in these groups there is no entry, from %(few)s one"
            " or two.",
            "From %(none)s of %(count)s countries in these groups there is no entry, from %(few)s"
            " one or two.",
            len(held),
        )
        % {"none": figure(none), "few": figure(few), "count": figure(len(held))},
        amount=figure(none),
        amount_of=ngettext(
            "country without an entry from there", "countries without an entry from there", none
        ),
        figure=Tiles(
            tuple(_tiles(counted, group, members[group.code], held) for group in groups),
            none=_("Nobody yet"),
            counted=_("Entries from there"),
        ),
        table=_countries(counted, groups, members, held),
        source=counted.source(Basis.SEAT, _as_of(counted)),
        basis=Basis.SEAT,
        total=counted.total,
    )


def _tiles(
    counted: Counted, group: TermView, members: list[TermView], held: dict[str, int]
) -> TileGroup:
    present = sum(1 for country in members if held[country.code])
    return TileGroup(
        name=group.label(counted.language),
        text=_("%(count)s of %(all)s") % {"count": figure(present), "all": figure(len(members))},
        tiles=tuple(
            Tile(
                country.code,
                counted.label(country),
                held[country.code],
                counted.url(FROM_COUNTRY, country) if held[country.code] else "",
            )
            for country in members
        ),
    )


def _countries(
    counted: Counted,
    groups: list[TermView],
    members: dict[str, list[TermView]],
    held: dict[str, int],
) -> Table:
    """Every country of the groups; those without an entry first."""
    of: dict[TermView, list[str]] = {}
    for group in groups:
        for country in members[group.code]:
            of.setdefault(country, []).append(group.code)
    countries = sorted(of, key=lambda term: (held[term.code], term.order))
    return Table(
        (
            Column("code", _("Code"), "text"),
            Column("country", _("Country"), "text"),
            Column("groups", _("Groups"), "text"),
            Column("entries_from", _("Is from")),
            Column("entries_work", _("Works in")),
        ),
        tuple(
            row(
                country.code,
                counted.label(country),
                " ".join(of[country]),
                held[country.code],
                sum(counted.of(COUNTRY, country)),
                url=counted.url(FROM_COUNTRY, country) if held[country.code] else "",
            )
            for country in countries
        ),
    )


def _as_of(counted: Counted) -> str:
    return _("Groups of countries as they are on %(day)s.") % {
        "day": day_in_words(counted.today, counted.language)
    }
