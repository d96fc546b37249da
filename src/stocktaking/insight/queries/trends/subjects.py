"""Terms that entries carry: over time, and the most frequent."""

from django.utils.translation import gettext as _

from stocktaking.insight.queries.trends.comparing import about, nothing, share_table
from stocktaking.insight.queries.trends.counted import Counted, code_of, ranked, row
from stocktaking.insight.queries.trends.values import Basis, Column, Table, Trend
from stocktaking.kernel.charts import Bar, figure
from stocktaking.kernel.charts.figures import Bars
from stocktaking.kernel.charts.multiples import Multiples, Panel
from stocktaking.kernel.charts.over_time import Series
from stocktaking.reference.queries import SchemeView, TermView

PANELS = 18  # at most in one figure


def over_time(counted: Counted, facet: str, *, basis: Basis = Basis.NONE) -> Trend | None:
    """A scheme as small drawings, a panel for each term; None where nothing carries any."""
    scheme = about(facet)
    if scheme is None:
        return None
    held = [(term, sum(counted.of(facet, term))) for term in scheme.assignable]
    most = ranked(held)
    if not most:
        return nothing(counted, scheme, basis)
    shown = [term for term, _count in (held if len(held) <= PANELS else most[:PANELS])]
    panels = tuple(
        Panel(
            name=counted.label(term),
            code=code_of(term),
            series=Series(counted.label(term), tuple(map(float, counted.of(facet, term)))),
            text=figure(sum(counted.of(facet, term))),
            url=counted.url(facet, term) if any(counted.of(facet, term)) else "",
        )
        for term in shown
    )
    first, count = most[0]
    return Trend(
        answer=_most(counted, first, count),
        amount=figure(count),
        amount_of=_amount_of(counted, first),
        figure=Multiples(counted.names, panels, open=counted.open),
        table=Table(
            (
                Column("code", _("Code"), "text"),
                Column("title", scheme.label(counted.language), "text"),
                *(Column(span.name, counted.named(span)) for span in counted.spans),
                Column("entries", _("All")),
            ),
            tuple(
                row(
                    term.code,
                    counted.label(term),
                    *counted.of(facet, term),
                    total,
                    url=counted.url(facet, term) if total else "",
                    code=code_of(term),
                )
                for term, total in held
            ),
        ),
        source=counted.source(basis, _each(scheme, facet), counted.unfinished()),
        basis=basis,
        total=counted.total,
    )


def most_named(
    counted: Counted, facet: str, *, basis: Basis = Basis.NONE, at_most: int = 0
) -> Trend | None:
    """A scheme as bars, with the share of each term before and lately in the table.

    Short schemes are whole and in their order; ``at_most`` of a long one are drawn, the most
    first, and all are in the table.
    """
    scheme = about(facet)
    if scheme is None:
        return None
    held = [(term, sum(counted.of(facet, term))) for term in scheme.assignable]
    most = ranked(held)
    if not most:
        return nothing(counted, scheme, basis)
    told = most if at_most else held
    bars = [
        Bar(
            name=counted.label(term),
            value=count,
            url=counted.url(facet, term) if count else "",
            code=code_of(term),
        )
        for term, count in told[: at_most or None]
    ]
    first, count = most[0]
    return Trend(
        answer=_most(counted, first, count),
        amount=figure(count),
        amount_of=_amount_of(counted, first),
        figure=Bars(tuple(bars), (scheme.label(counted.language), _("Entries"))),
        table=share_table(counted, facet, scheme, told),
        source=counted.source(basis, _each(scheme, facet)),
        basis=basis,
        total=counted.total,
    )


def _most(counted: Counted, term: TermView, count: int) -> str:
    return _("Most often: %(name)s, %(count)s of %(total)s.") % {
        "name": counted.label(term),
        "count": figure(count),
        "total": figure(counted.total),
    }


def _amount_of(counted: Counted, term: TermView) -> str:
    return _("entries: %(name)s") % {"name": counted.label(term)}


def _each(scheme: SchemeView, facet: str) -> str:
    """An organisation has one seat; of most schemes an entry carries several terms."""
    if facet.startswith("from-") or not scheme.many:
        return ""
    return _("An entry counts at each term that it carries, so the parts do not add up.")
