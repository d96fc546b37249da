"""The matrix to take along: one row for each square, or a picture that stands alone."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stocktaking.insight.queries import Matrix
from stocktaking.kernel import languages
from stocktaking.kernel.charts import figure
from stocktaking.kernel.charts.plate_svg import plate_svg
from stocktaking.web.chips import narrowed
from stocktaking.web.plate_squares import COMPARING
from stocktaking.web.plates import axis_title, plate_of
from stocktaking.web.views.matrix_asking import SHOW_NAMES, Asking
from stocktaking.web.views.matrix_notes import period_in_words

ISOLATE, END = "\N{LEFT-TO-RIGHT ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"


HEAD = (
    "row",
    "row_title",
    "column",
    "column_title",
    "entries",
    "share_of_row",
    "share_of_column",
    "expected",
    "times_expected",
    "standing",
    "share",
    "entries_before",
    "share_before",
    "difference",
    "share_change",
    "reference_link",
    "targets",
    "reason",
)


def table(counted: Matrix) -> Iterator[dict[str, object]]:
    """One row for each square, also the empty ones; columns are the same for every question."""
    for row, cells in counted.lines():
        for cell in cells:
            compared = cell.before is not None
            yield {
                "row": row.code,
                "row_title": row.label(),
                "column": cell.column.code,
                "column_title": cell.column.label(),
                "entries": cell.count,
                "share_of_row": round(cell.share_of_row, 4),
                "share_of_column": round(cell.share_of_column, 4),
                "expected": round(cell.judgement.expected, 2),
                "times_expected": round(cell.judgement.ratio, 2),
                "standing": cell.judgement.standing.value,
                "share": round(cell.part, 5),
                "entries_before": cell.before if compared else "",
                "share_before": round(cell.part_before, 5) if compared else "",
                "difference": cell.difference if compared else "",
                "share_change": round(cell.shift, 5) if compared else "",
                "reference_link": 1 if cell.link else 0,
                "targets": " ".join(cell.link.targets) if cell.link else "",
                "reason": cell.link.reason() if cell.link else "",
            }


def title(asking: Asking, counted: Matrix) -> str:
    """What a picture of it is called."""
    name = (
        counted.grid.label()
        if counted.grid
        else f"{axis_title(counted.rows_axis)} × {axis_title(counted.columns_axis)}"
    )
    return f"{name}: {SHOW_NAMES[asking.show]}"


def drawing(asking: Asking, counted: Matrix) -> str:
    """The plate as one SVG with its title, what it was narrowed to, and the day."""
    said = [
        ngettext("%(count)s entry, %(day)s", "%(count)s entries, %(day)s", counted.total)
        % {"count": figure(counted.total), "day": f"{ISOLATE}{asking.day}{END}"}
    ]
    if asking.period and asking.against:
        pair = {
            "before": f"{ISOLATE}{period_in_words(asking.against)}{END}",
            "now": f"{ISOLATE}{period_in_words(asking.period)}{END}",
        }
        said.append(_("registered in %(now)s, compared with %(before)s") % pair)
    if by := narrowed(asking.question, asking.known):
        said.append(by)
    return plate_svg(
        plate_of(counted, show=asking.show, also=asking.pairs, period=asking.period),
        title=title(asking, counted),
        note=" · ".join([*said, *_legend(asking, counted)]),
        colours=[term.colour for term in counted.columns],
        rtl=languages.current().rtl,
    )


def _legend(asking: Asking, counted: Matrix) -> Iterator[str]:
    """What a picture that stands alone must say of its squares."""
    if asking.show == "over":
        yield _("filled: more than chance, outlined: fewer, dash: too few to say")
    elif asking.show in COMPARING:
        yield _("filled: more than before, outlined: fewer")
    elif counted.gaps:
        yield _("red: in the reference matrix, still without an entry")
    if counted.reference:
        yield _("folded corner: in the reference matrix")
