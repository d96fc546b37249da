"""Terms with their shares before and lately: the table that several trends have."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stocktaking.insight.queries.trends.counted import Counted, code_of, row, scheme_of
from stocktaking.insight.queries.trends.values import Basis, Column, Row, Table, Trend
from stocktaking.insight.rules.trends.shares import Change, Verdict
from stocktaking.kernel.charts import figure
from stocktaking.reference.queries import SchemeView, TermView

IN_WORDS = {
    Verdict.EMERGING: gettext_lazy("Emerging"),
    Verdict.FADING: gettext_lazy("Fading"),
    Verdict.STEADY: gettext_lazy("No clear change"),
    Verdict.FEW: gettext_lazy("Too few entries to tell"),
}


def about(facet: str) -> SchemeView | None:
    """Of ``from-region`` it is that of regions."""
    return scheme_of(facet.removeprefix("from-")) if facet else None


def share_table(
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
            Column("change_low", _("Change in points, at least"), "points"),
            Column("change_high", _("Change in points, at most"), "points"),
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
    return row(*values, url=counted.url(facet, term) if count else "", code=code_of(term))


def nothing(counted: Counted, scheme: SchemeView, basis: Basis) -> Trend:
    """Entries there are, and none that carries a term of the scheme."""
    return Trend(
        answer=_("None of these entries says anything about it."),
        amount=figure(0),
        amount_of=scheme.plural_label(counted.language),
        figure=None,
        table=Table((), ()),
        source=counted.source(basis),
        basis=basis,
        total=counted.total,
    )
