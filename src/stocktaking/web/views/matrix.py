"""The matrix: what entries claim of two schemes, beside what the reference links."""

from dataclasses import dataclass, replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stocktaking.accounts.rules.roles import Capability
from stocktaking.insight.queries import Axis, Matrix, axes
from stocktaking.kernel.charts import key, key_in_words
from stocktaking.search.queries import answer
from stocktaking.web import facets, sheets
from stocktaking.web.access import allow
from stocktaking.web.caching import conditional
from stocktaking.web.plate_squares import COMPARING, scale_of
from stocktaking.web.plates import (
    SHOWS,
    axis_title,
    axis_titles,
    explore_link,
    period_pairs,
    plate_of,
)
from stocktaking.web.sharing import framed, share_of
from stocktaking.web.views.explore import BUILDING, building, spans
from stocktaking.web.views.matrix_asking import SHOW_NAMES, Asking, asking
from stocktaking.web.views.matrix_files import HEAD, drawing, table, title
from stocktaking.web.views.matrix_notes import notes, period_in_words
from stocktaking.web.views.matrix_parts import LISTED, lines, reasons, reference, told

CHIPS = 16  # filters that are named one by one; of more only the first few
FEW = 6
FORMS = ("csv", "svg")


@dataclass(frozen=True)
class Option:
    value: str
    name: str | Promise
    chosen: bool


@allow(Capability.READ)
@require_safe
@conditional
def page(request: HttpRequest) -> HttpResponse:
    """Two schemes with counts, shares, tendencies or changes; filtered as lists are."""
    asked = asking(request)
    if asked is None:
        raise Http404
    counted = asked.counted()
    if BUILDING in counted.table.problems:
        return building(request)
    base, here = reverse("matrix"), asked.address(reverse("matrix"))
    found = answer(
        replace(asked.question.query, size=1), facets=asked.known.counted(asked.question)
    )
    files = {form: asked.address(reverse("matrix_file", args=[form])) for form in FORMS}
    chips = asked.chips(base)
    groups = facets.groups(asked.question, found.facets, asked.known)
    filters = (*asked.pairs, *period_pairs(asked.period))
    context = {
        "section": "matrix",
        "asked": asked,
        "matrix": counted,
        "question": asked.question,
        "problems": counted.table.problems,
        "heading": heading(counted),
        "names": {
            "rows": axis_title(counted.rows_axis),
            "columns": axis_title(counted.columns_axis),
        },
        "plate": plate_of(
            counted, show=asked.show, totals=True, also=asked.pairs, period=asked.period
        ),
        "legend": legend(asked, counted),
        "notes": notes(asked, counted),
        "sides": {"rows": sides(asked.rows), "columns": sides(asked.columns)},
        "shows": shows(asked, counted),
        "periods": periods(asked),
        "groups": [replace(group, rest=()) for group in groups if group.shown],
        "shortened": any(group.rest for group in groups),
        "spans": spans(asked.question),
        "chips": chips if len(chips) <= CHIPS else chips[:FEW],
        "chip_count": len(chips),
        "words_url": asked.wordless().address(base),
        "whole_url": asked.cleared().address(base),
        "turned_url": asked.turned().address(base),
        "views": views(asked, base),
        "files": [(form.upper(), url) for form, url in files.items()],
        "list_url": explore_link(*filters),
        "empty": not counted.total and not (counted.before and counted.before.total),
        "comparing": asked.period is not None,
        "lines": list(lines(counted, filters)) if asked.question.view == "table" else [],
        "telling": told(counted, filters, counted.telling[:LISTED]) if asked.show == "over" else [],
        "link_count": len(counted.links),
        "reds": counted.gaps and asked.show in ("count", "row", "column", "links"),
        "reasons": list(reasons(counted, filters)) if asked.show == "links" else [],
        "reasons_url": asked.showing("links").address(base),
        **reference(counted, filters),
        "listing": asked.show != "links",  # the reasons are enough for one page
        "share": share_of(
            here,
            title=title(asked, counted),
            embed=framed(here),
            svg=files["svg"],
        ),
        "canonical": here,
        "noindex": len(asked.pairs) + len(asked.own) > 2,
    }
    return render(request, "web/matrix.html", context)


@allow(Capability.READ)
@require_safe
@conditional
def file(request: HttpRequest, form: str) -> HttpResponse:
    """The matrix as CSV (one row for each square) or as SVG, for the parameters of the page."""
    asked = asking(request)
    if asked is None:
        raise Http404
    counted = asked.counted(all_terms=form == "csv")
    if BUILDING in counted.table.problems:
        return building(request)
    name = f"matrix-{asked.day.isoformat()}"
    if form == "svg":
        return sheets.picture(drawing(asked, counted), name)
    return sheets.figures(HEAD, table(counted), name)


def heading(counted: Matrix) -> str:
    """What the page is called: the grid by its size, other matrices by their sides."""
    if counted.grid and counted.grid.primary and counted.whole:
        return _("%(rows)s × %(columns)s: the matrix") % {
            "rows": len(counted.rows),
            "columns": len(counted.columns),
        }
    return _("%(rows)s × %(columns)s") % {
        "rows": axis_titles(counted.rows_axis),
        "columns": axis_titles(counted.columns_axis),
    }


def sides(chosen: Axis) -> list[Option]:
    """All sides that a matrix can have."""
    return [Option(a.name, axis_title(a), a == chosen) for a in axes().values()]


def shows(asked: Asking, counted: Matrix) -> list[Option]:
    """What can stand in the squares; links only where a crosswalk has them."""
    offered = (one for one in SHOWS if one != "links" or counted.reference)
    return [Option(one, SHOW_NAMES[one], one == asked.show) for one in offered]


def periods(asked: Asking) -> dict[str, str]:
    """What stands in the two fields for periods."""
    if not (asked.period and asked.against):
        return {}
    return {
        "period": period_in_words(asked.period),
        "against": period_in_words(asked.against),
    }


def views(asked: Asking, base: str) -> list[tuple[str, str, bool]]:
    """The same matrix as a plate and as a table of its squares."""
    names = {"list": _("Plate"), "table": _("Table")}
    return [
        (
            name,
            replace(asked, question=asked.question.in_view(view)).address(base),  # type: ignore[arg-type]
            view == asked.question.view,
        )
        for view, name in names.items()
    ]


def legend(asked: Asking, counted: Matrix) -> SafeString:
    """What colours, outlines and corners of the plate mean."""
    linked = _("In the reference matrix") if counted.reference else ""
    if asked.show == "over":
        steps = [(2, _("More than chance")), (5, _("Three times and more"))]
        return key_in_words(
            _("Times as many as expected"), steps, low=_("Fewer than chance"), linked=linked
        )
    if asked.show in COMPARING:
        steps = [(2, _("More than before")), (5, _("Many more"))]
        title_of = _("Entries more or fewer") if asked.show == "change" else _("Percentage points")
        return key_in_words(title_of, steps, low=_("Fewer than before"), linked=linked)
    scale = scale_of(asked.show)
    return key(
        _("Share of the entries") if scale.share else _("Entries in a square"),
        scale,
        gap=_("In the reference matrix, still without an entry") if counted.gaps else "",
        linked=linked,
    )
