"""Which terms emerge and which fade, and how sure that is."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from stocktaking.insight.queries.trends.comparing import about, nothing, share_table
from stocktaking.insight.queries.trends.counted import Counted, row
from stocktaking.insight.queries.trends.values import Basis, Column, Table, Trend
from stocktaking.insight.rules.trends import shares
from stocktaking.insight.rules.trends.shares import Change, Verdict
from stocktaking.insight.rules.trends.spans import thick
from stocktaking.kernel.charts import figure, percent
from stocktaking.kernel.charts.multiples import Multiples, Panel
from stocktaking.kernel.charts.over_time import Series
from stocktaking.reference.queries import TermView

PANELS = 18  # at most in one figure
NOTES: dict[Verdict, str | Promise] = {
    Verdict.EMERGING: gettext_lazy("Emerging: %(before)s before, %(lately)s lately"),
    Verdict.FADING: gettext_lazy("Fading: %(before)s before, %(lately)s lately"),
    Verdict.STEADY: gettext_lazy("No clear change: %(before)s before, %(lately)s lately"),
    Verdict.FEW: gettext_lazy("Too few entries to tell"),
}
_ORDER = (Verdict.EMERGING, Verdict.FADING, Verdict.STEADY, Verdict.FEW)
_CLEAR = frozenset({Verdict.EMERGING, Verdict.FADING})


@dataclass(frozen=True)
class Run:
    """Neighbouring spans that together hold enough entries for a share to mean something."""

    begin: int
    end: int
    name: str

    def sum(self, counts: Sequence[int]) -> int:
        return sum(counts[self.begin : self.end])


def emerging(counted: Counted, facet: str) -> Trend | None:
    """None where the framework lacks the scheme."""
    scheme = about(facet)
    if scheme is None:
        return None
    changes = counted.changes(facet, scheme.assignable)
    if not changes:
        return nothing(counted, scheme, Basis.NONE)
    terms = sorted(
        (scheme.by_code[code] for code in changes),
        key=lambda term: (
            _ORDER.index(changes[term.code].verdict),
            -sum(counted.of(facet, term)),
            term.order,
        ),
    )
    clear = [term for term in terms if changes[term.code].verdict in _CLEAR]
    runs = _runs(counted)
    return Trend(
        answer=_answer(counted, clear, changes),
        amount=figure(len(clear)),
        amount_of=ngettext(
            "of %(all)s clearly changed its share",
            "of %(all)s clearly changed their share",
            len(clear),
        )
        % {"all": figure(len(terms))},
        figure=Multiples(
            tuple(run.name for run in runs),
            tuple(_panel(counted, facet, t, changes[t.code], runs) for t in terms[:PANELS]),
            lines=True,
        ),
        table=share_table(counted, facet, scheme, [(t, sum(counted.of(facet, t))) for t in terms]),
        detail=_detail(counted, facet, terms, runs),
        source=counted.source(Basis.NONE, _compared(counted), _how_sure()),
        total=counted.total,
    )


def _runs(counted: Counted) -> list[Run]:
    """Where nothing was registered there is no share, and none is drawn: it would be a fall to 0
    of what only nobody counted."""
    spans, counts = counted.spans, counted.over.spans
    return [Run(a, b, counted.named(*spans[a:b])) for a, b in thick(counts) if any(counts[a:b])]


def _panel(counted: Counted, facet: str, term: TermView, change: Change, runs: list[Run]) -> Panel:
    counts = counted.of(facet, term)
    parts = [shares.share(run.sum(counts), run.sum(counted.over.spans)) for run in runs]
    said = {"before": percent(change.before.value), "lately": percent(change.after.value)}
    return Panel(
        name=counted.label(term),
        series=Series(
            counted.label(term),
            tuple(part.value for part in parts),
            tuple(part.low for part in parts),
            tuple(part.high for part in parts),
        ),
        text=figure(sum(counts)),
        url=counted.url(facet, term),
        note=str(NOTES[change.verdict]) % said if counted.recent else "",
    )


def _detail(counted: Counted, facet: str, terms: list[TermView], runs: list[Run]) -> Table:
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
                run.name,
                part.count,
                part.of,
                round(part.value, 4),
                round(part.low, 4),
                round(part.high, 4),
            )
            for term in terms
            for run in runs
            for part in [
                shares.share(run.sum(counted.of(facet, term)), run.sum(counted.over.spans))
            ]
        ),
    )


def _answer(counted: Counted, clear: list[TermView], changes: dict[str, Change]) -> str:
    before, lately = counted.periods
    if not counted.recent:
        return _("All entries were registered in one span of time: there is nothing to compare.")
    if not clear:
        return _(
            "None has clearly changed its share between %(before)s and %(lately)s: there are too"
            " few entries, or too little has changed."
        ) % {"before": before, "lately": lately}
    term = max(clear, key=lambda one: abs(changes[one.code].difference))
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


def _compared(counted: Counted) -> str:
    if not counted.recent:
        return ""
    before, lately = counted.periods
    return _("“Before” is %(before)s, “lately” is %(lately)s.") % {
        "before": before,
        "lately": lately,
    }


def _how_sure() -> str:
    return _(
        "The line is the share of the entries registered in a span of time, the band where it lies"
        " with 95 per cent certainty (Wilson). A change is called clear where all comparisons"
        " together are 95 per cent certain."
    )
