"""How much there is, and since when."""

from itertools import accumulate

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stocktaking.insight.queries.trends.counted import Counted, row, scheme_of
from stocktaking.insight.queries.trends.values import Basis, Column, Table, Trend
from stocktaking.kernel.charts import figure
from stocktaking.kernel.charts.over_time import Columns, Line, Series

STATUS = "status"


def total(counted: Counted, _facet: str) -> Trend:
    """Is the register growing?"""
    sums = tuple(accumulate(counted.over.spans))
    first, last = counted.spans[0], counted.spans[-1]
    if len(counted.spans) == 1:
        answer = ngettext(
            "The one entry was registered in %(span)s.",
            "All %(count)s entries were registered in %(span)s.",
            counted.total,
        ) % {"count": figure(counted.total), "span": first.name}
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
            "last": last.name,
        }
    return Trend(
        answer=answer,
        number=figure(counted.total),
        number_of=ngettext("entry in all", "entries in all", counted.total),
        figure=Line(counted.names, Series(_("Entries"), tuple(map(float, sums)))),
        table=Table(
            (
                Column("registered", _("Registered in"), "text"),
                Column("entries", _("Entries")),
                Column("together", _("Together")),
            ),
            tuple(
                row(span.name, new, so_far, url=counted.link((), span))
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
        "span": counted.spans[highest].name,
        "count": figure(counts[highest]),
        "last": counted.spans[last].name,
        "then": figure(counts[last]),
    }
    if highest == last:
        answer = _("Most were registered in %(span)s: %(count)s.") % {
            "span": counted.spans[highest].name,
            "count": figure(counts[highest]),
        }
    return Trend(
        answer=answer,
        number=figure(counts[last]),
        number_of=ngettext(
            "entry registered in %(span)s", "entries registered in %(span)s", counts[last]
        )
        % {"span": counted.spans[last].name},
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
                    span.name,
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
