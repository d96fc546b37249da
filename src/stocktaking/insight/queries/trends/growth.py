"""How much there is, and since when."""

from itertools import accumulate

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from stocktaking.entries.queries.ageing import FRESHNESS, ages
from stocktaking.entries.rules.freshness import Freshness
from stocktaking.insight.queries.trends.counted import Counted, row, scheme_of
from stocktaking.insight.queries.trends.values import Basis, Column, Table, Trend
from stocktaking.insight.rules.matrix import share
from stocktaking.kernel.charts import Bar, figure, percent
from stocktaking.kernel.charts.figures import Bars
from stocktaking.kernel.charts.over_time import Columns, Line, Series
from stocktaking.search.queries.over_time import active

STATUS = "status"
YEARS = 40  # that are looked back on
AGES = {
    Freshness.FRESH: gettext_lazy("Fresh"),
    Freshness.AGEING: gettext_lazy("Ageing"),
    Freshness.STALE: gettext_lazy("Stale"),
}


def total(counted: Counted, _facet: str) -> Trend:
    """Is the register growing?"""
    sums = tuple(accumulate(counted.over.spans))
    first, last = counted.spans[0], counted.spans[-1]
    if len(counted.spans) == 1:
        answer = ngettext(
            "The one entry was registered in %(span)s.",
            "All %(count)s entries were registered in %(span)s.",
            counted.total,
        ) % {"count": figure(counted.total), "span": counted.named(first)}
    else:
        answer = ngettext(
            "From %(before)s at the end of %(first)s to %(count)s entry today; the last came in"
            " %(last)s.",
            "From %(before)s at the end of %(first)s to %(count)s entries today; the last came in"
            " %(last)s.",
            counted.total,
        ) % {
            "before": figure(sums[0]),
            "first": first.last,
            "count": figure(counted.total),
            "last": counted.named(last),
        }
    return Trend(
        answer=answer,
        amount=figure(counted.total),
        amount_of=ngettext("entry in all", "entries in all", counted.total),
        figure=Line(counted.names, Series(_("Entries"), tuple(map(float, sums)))),
        table=Table(
            (
                Column("registered", _("Registered in"), "text"),
                Column("entries", _("Entries")),
                Column("together", _("Together")),
            ),
            tuple(
                row(counted.named(span), new, so_far, url=counted.link((), span))
                for span, new, so_far in zip(counted.spans, counted.over.spans, sums, strict=True)
            ),
        ),
        source=counted.source(),
        total=counted.total,
    )


def yearly(counted: Counted, _facet: str) -> Trend:
    """How many entries come in each year, by their status?"""
    counts = counted.over.spans
    highest = max(range(len(counts)), key=lambda place: counts[place])
    parts = _by_status(counted)
    split = parts if len(parts) > 1 else []
    whole = [place for place, span in enumerate(counted.spans) if not span.open]
    last = whole[-1] if whole else len(counts) - 1
    answer = _("Most were registered in %(span)s: %(count)s. In %(last)s it was %(then)s.") % {
        "span": counted.names[highest],
        "count": figure(counts[highest]),
        "last": counted.names[last],
        "then": figure(counts[last]),
    }
    if highest == last:
        answer = _("Most were registered in %(span)s: %(count)s.") % {
            "span": counted.names[highest],
            "count": figure(counts[highest]),
        }
    return Trend(
        answer=answer,
        amount=figure(counts[last]),
        amount_of=ngettext(
            "entry registered in %(span)s", "entries registered in %(span)s", counts[last]
        )
        % {"span": counted.names[last]},
        figure=Columns(
            counted.names,
            tuple(Series(name, tuple(map(float, values))) for _code, name, values in parts),
            open=counted.open,
        ),
        table=Table(
            (
                Column("registered", _("Registered in"), "text"),
                *(Column(code, name) for code, name, _values in split),
                Column("entries", _("Entries")),
            ),
            tuple(
                row(
                    counted.named(span),
                    *(values[place] for _code, _name, values in split),
                    counts[place],
                    url=counted.link((), span),
                )
                for place, span in enumerate(counted.spans)
            ),
        ),
        source=counted.source(Basis.NONE, counted.unfinished()),
        total=counted.total,
    )


def _by_status(counted: Counted) -> list[tuple[str, str, tuple[int, ...]]]:
    """The parts of a column, each entry in one of them; what no entry has is left out."""
    scheme = scheme_of(STATUS)
    everything = [("entries", _("Entries"), counted.over.spans)]
    if scheme is None or scheme.many or len(scheme.assignable) > 4:
        return everything
    parts = [
        (term.code, counted.label(term), counted.of(STATUS, term)) for term in scheme.assignable
    ]
    rest = tuple(
        whole - sum(values[place] for _code, _name, values in parts)
        for place, whole in enumerate(counted.over.spans)
    )
    parts = [part for part in (*parts, ("not_stated", _("Not stated"), rest)) if any(part[2])]
    # the most at the base, and darkest
    parts.sort(key=lambda part: -sum(part[2]))
    return parts if len(parts) > 1 else everything


def freshness(counted: Counted, _facet: str) -> Trend:
    """How long ago did somebody vouch for the entries?"""
    counts = {one: sum(counted.over.of(FRESHNESS, one)) for one in Freshness}
    limits, whole = ages(), sum(counts.values())
    fresh, stale = counts[Freshness.FRESH], counts[Freshness.STALE]
    answer = ngettext(
        "Of %(count)s entry %(fresh)s was confirmed or registered within %(days)s days, %(stale)s"
        " longer than %(more)s days ago.",
        "Of %(count)s entries %(fresh)s were confirmed or registered within %(days)s days,"
        " %(stale)s longer than %(more)s days ago.",
        whole,
    ) % {
        "count": figure(whole),
        "fresh": figure(fresh),
        "stale": figure(stale),
        "days": figure(limits.ageing),
        "more": figure(limits.stale),
    }
    rows = [
        (one, str(AGES[one]), counts[one], counted.link(((FRESHNESS, one.value),), None))
        for one in Freshness
    ]
    return Trend(
        answer=answer,
        amount=percent(share(fresh, whole)),
        amount_of=_("are fresh"),
        figure=Bars(
            tuple(Bar(name, count, url=url if count else "") for _one, name, count, url in rows),
            (_("Freshness"), _("Entries")),
        ),
        table=Table(
            (
                Column("code", _("Code"), "text"),
                Column("title", _("Freshness"), "text"),
                Column("entries", _("Entries")),
                Column("share", _("Share"), "share"),
            ),
            tuple(
                row(one.value, name, count, share(count, whole), url=url if count else "")
                for one, name, count, url in rows
            ),
        ),
        source=counted.source(
            Basis.NONE,
            _("An import or a correction by the secretariat does not make an entry fresher."),
        ),
        total=counted.total,
    )


def in_years(counted: Counted, _facet: str) -> Trend | None:
    """When were the projects active? None where no entry states a year."""
    found = active(counted.query, last=counted.today.year, most=YEARS)
    if not any(found.values()):
        return None
    highest = max(found, key=lambda year: (found[year], year))
    now = found[counted.today.year]
    answer = ngettext(
        "%(count)s project is active in %(now)s; most were in %(year)s: %(most)s.",
        "%(count)s projects are active in %(now)s; most were in %(year)s: %(most)s.",
        now,
    ) % {
        "count": figure(now),
        "now": counted.today.year,
        "year": highest,
        "most": figure(found[highest]),
    }
    return Trend(
        answer=answer,
        amount=figure(now),
        amount_of=_("active in %(year)s") % {"year": counted.today.year},
        figure=Columns(
            tuple(map(str, found)),
            (Series(_("Active"), tuple(map(float, found.values()))),),
            open=True,
        ),
        table=Table(
            (Column("year", _("Year"), "text"), Column("active", _("Active"))),
            tuple(row(str(year), count) for year, count in found.items()),
        ),
        source=counted.source(
            Basis.NONE,
            _(
                "A project counts in each year from its start to its end; one that goes on counts"
                " until today. Without a stated year it does not count."
            ),
        ),
        total=counted.total,
    )
