"""What entries are about: lines, goals, technologies, and whom they reach."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from stocktaking.insight.queries.trends.counted import Counted, code_of, ranked, row, scheme_of
from stocktaking.insight.queries.trends.values import Basis, Column, Row, Table, Trend
from stocktaking.insight.rules.trends import shares
from stocktaking.insight.rules.trends.shares import Change, Verdict
from stocktaking.kernel.charts import Bar, figure, percent
from stocktaking.kernel.charts.figures import Bars
from stocktaking.kernel.charts.multiples import Multiples, Panel
from stocktaking.kernel.charts.over_time import Series
from stocktaking.reference.queries import SchemeView, TermView

PANELS = 18  # at most in one figure
IN_WORDS = {
    Verdict.EMERGING: lazy("Emerging"),
    Verdict.FADING: lazy("Fading"),
    Verdict.STEADY: lazy("No clear change"),
    Verdict.FEW: lazy("Too few entries to tell"),
}
_ORDER = (Verdict.EMERGING, Verdict.FADING, Verdict.STEADY, Verdict.FEW)


def over_time(counted: Counted, facet: str, *, basis: Basis = Basis.NONE) -> Trend | None:
    """A scheme as small drawings, a panel for each term; None where nothing carries any."""
    scheme = _scheme(facet)
    if scheme is None:
        return None
    held = [(term, sum(counted.of(facet, term))) for term in scheme.assignable]
    most = ranked(held)
    if not most:
        return _nothing(counted, scheme, basis)
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
        number=figure(count),
        number_of=_number_of(counted, first),
        figure=Multiples(counted.names, panels, open=counted.open),
        table=Table(
            (
                Column("code", _("Code"), "text"),
                Column("title", scheme.label(counted.language), "text"),
                *(Column(span.name, span.name) for span in counted.spans),
                Column("entries", _("All")),
            ),
            tuple(
                row(
                    term.code,
                    counted.label(term),
                    *counted.of(facet, term),
                    total,
                    url=counted.url(facet, term) if total else "",
                )
                for term, total in held
            ),
        ),
        source=counted.source(basis, _each(), counted.unfinished()),
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
    scheme = _scheme(facet)
    if scheme is None:
        return None
    held = [(term, sum(counted.of(facet, term))) for term in scheme.assignable]
    most = ranked(held)
    if not most:
        return _nothing(counted, scheme, basis)
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
        number=figure(count),
        number_of=_number_of(counted, first),
        figure=Bars(tuple(bars), (scheme.label(counted.language), _("Entries"))),
        table=_shares(counted, facet, scheme, told),
        source=counted.source(basis, _each()),
        basis=basis,
        total=counted.total,
    )


def emerging(counted: Counted, facet: str) -> Trend | None:
    """Which terms grow as a share of what comes in, and how sure that is."""
    scheme = _scheme(facet)
    if scheme is None:
        return None
    changes = counted.changes(facet, scheme.assignable)
    if not changes:
        return _nothing(counted, scheme, Basis.NONE)
    terms = sorted(
        (scheme.by_code[code] for code in changes),
        key=lambda term: (
            _ORDER.index(changes[term.code].verdict),
            -sum(counted.of(facet, term)),
            term.order,
        ),
    )
    clear = [t for t in terms if changes[t.code].verdict in (Verdict.EMERGING, Verdict.FADING)]
    panels = tuple(_panel(counted, facet, t, changes[t.code]) for t in terms[:PANELS])
    return Trend(
        answer=_emerging_in_words(counted, clear, changes),
        number=figure(len(clear)),
        number_of=ngettext(
            "of %(all)s clearly changed its share",
            "of %(all)s clearly changed their share",
            len(clear),
        )
        % {"all": figure(len(terms))},
        figure=Multiples(counted.names, panels, lines=True, open=counted.open),
        table=_shares(counted, facet, scheme, [(t, sum(counted.of(facet, t))) for t in terms]),
        detail=_per_year(counted, facet, terms),
        source=counted.source(Basis.NONE, _how_sure(), counted.unfinished()),
        total=counted.total,
    )


def _scheme(facet: str) -> SchemeView | None:
    """Of ``from-region`` it is that of regions."""
    return scheme_of(facet.removeprefix("from-")) if facet else None


def _panel(counted: Counted, facet: str, term: TermView, change: Change) -> Panel:
    counts = counted.of(facet, term)
    parts = [shares.share(n, of) for n, of in zip(counts, counted.over.spans, strict=True)]
    return Panel(
        name=counted.label(term),
        series=Series(
            counted.label(term),
            tuple(part.value for part in parts),
            tuple(part.low for part in parts),
            tuple(part.high for part in parts),
        ),
        text=percent(change.after.value) if counted.recent else figure(sum(counts)),
        url=counted.url(facet, term),
        note=str(IN_WORDS[change.verdict]),
    )


def _shares(
    counted: Counted, facet: str, scheme: SchemeView, told: list[tuple[TermView, int]]
) -> Table:
    """Terms with their share, and where there are two periods to compare, with both."""
    before, lately = counted.periods
    columns = [
        Column("code", _("Code"), "text"),
        Column("title", scheme.label(counted.language), "text"),
        Column("entries", _("Entries")),
        Column("share", _("Share"), "share"),
    ]
    if counted.recent:
        columns += [
            Column("share_before", before, "share"),
            Column("share_lately", lately, "share"),
            Column("change_low", _("Change at least"), "share"),
            Column("change_high", _("Change at most"), "share"),
            Column("change", _("In words"), "text"),
        ]
    changes = counted.changes(facet, (term for term, _count in told))
    return Table(
        tuple(columns),
        tuple(
            _share_row(counted, facet, term, count, changes.get(term.code)) for term, count in told
        ),
    )


def _share_row(
    counted: Counted, facet: str, term: TermView, count: int, change: Change | None
) -> Row:
    values: list[str | int | float | None] = [
        term.code,
        counted.label(term),
        count,
        count / counted.total if counted.total else 0.0,
    ]
    if counted.recent and change is None:
        values += [0.0, 0.0, None, None, str(IN_WORDS[Verdict.FEW])]
    elif counted.recent and change is not None:
        values += [change.before.value, change.after.value, change.low, change.high]
        values.append(str(IN_WORDS[change.verdict]))
    return row(*values, url=counted.url(facet, term) if count else "")


def _per_year(counted: Counted, facet: str, terms: list[TermView]) -> Table:
    """What the drawing shows, number by number."""
    return Table(
        (
            Column("code", _("Code"), "text"),
            Column("title", _("Name"), "text"),
            Column("registered", _("Registered in"), "text"),
            Column("entries", _("Entries")),
            Column("of", _("Of")),
            Column("share", _("Share"), "share"),
            Column("low", _("At least"), "share"),
            Column("high", _("At most"), "share"),
        ),
        tuple(
            row(
                term.code,
                counted.label(term),
                span.name,
                part.count,
                part.of,
                part.value,
                part.low,
                part.high,
            )
            for term in terms
            for span, n, of in zip(
                counted.spans, counted.of(facet, term), counted.over.spans, strict=True
            )
            for part in [shares.share(n, of)]
        ),
    )


def _most(counted: Counted, term: TermView, count: int) -> str:
    return _("Most often: %(name)s, %(count)s of %(total)s.") % {
        "name": counted.label(term),
        "count": figure(count),
        "total": figure(counted.total),
    }


def _number_of(counted: Counted, term: TermView) -> str:
    return _("entries: %(name)s") % {"name": counted.label(term)}


def _emerging_in_words(counted: Counted, clear: list[TermView], changes: dict[str, Change]) -> str:
    before, lately = counted.periods
    if not counted.recent:
        return _("All entries were registered in one span of time: there is nothing to compare.")
    if not clear:
        return _(
            "None has clearly changed its share between %(before)s and %(lately)s: there are too"
            " few entries, or too little has changed."
        ) % {"before": before, "lately": lately}
    term = max(clear, key=lambda t: abs(changes[t.code].difference))
    change = changes[term.code]
    told = (
        _(
            "Clearest: %(name)s emerges, from %(first)s of the entries in %(before)s to %(second)s"
            " in %(lately)s."
        )
        if change.verdict is Verdict.EMERGING
        else _(
            "Clearest: %(name)s fades, from %(first)s of the entries in %(before)s to %(second)s"
            " in %(lately)s."
        )
    )
    return told % {
        "name": counted.label(term),
        "first": percent(change.before.value),
        "second": percent(change.after.value),
        "before": before,
        "lately": lately,
    }


def _each() -> str:
    return _("An entry counts at each term that it carries, so the parts do not add up.")


def _how_sure() -> str:
    return _(
        "The line is the share of the entries registered in a year, the band where it lies with 95"
        " per cent certainty (Wilson). A change is called clear where all comparisons together are"
        " 95 per cent certain."
    )


def _nothing(counted: Counted, scheme: SchemeView, basis: Basis) -> Trend:
    """Entries there are, and none that carries a term of the scheme."""
    return Trend(
        answer=_("None of these entries says anything about it."),
        number=figure(0),
        number_of=scheme.plural_label(counted.language),
        figure=None,
        table=Table((), ()),
        source=counted.source(basis),
        basis=basis,
        total=counted.total,
    )
