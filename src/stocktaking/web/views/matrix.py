"""The matrix: what entries claim of two schemes, beside what the reference links."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stocktaking.accounts.rules.roles import Capability
from stocktaking.insight.queries import Axis, Cell, Matrix, axes
from stocktaking.insight.rules.matrix_independence import Standing
from stocktaking.kernel import clock
from stocktaking.kernel.charts import figure, key, key_in_words
from stocktaking.kernel.tables import write_csv
from stocktaking.reference.queries import TermView
from stocktaking.search.queries import answer
from stocktaking.search.rules.parameters import DAYS, YEARS, Pair
from stocktaking.web import facets
from stocktaking.web.access import allow
from stocktaking.web.caching import conditional
from stocktaking.web.plate_squares import (
    COMPARING,
    STANDINGS,
    points,
    ratio,
    scale_of,
    signed,
)
from stocktaking.web.plates import (
    SHOWS,
    axis_title,
    axis_titles,
    cell_url,
    explore_link,
    period_pairs,
    plate_of,
)
from stocktaking.web.sharing import framed, share_of
from stocktaking.web.views.explore import BUILDING, building
from stocktaking.web.views.home import Gap, gap_of
from stocktaking.web.views.matrix_asking import SHOW_NAMES, Asking, asking
from stocktaking.web.views.matrix_files import drawing, table, title
from stocktaking.web.views.matrix_notes import notes, period_in_words

LISTED = 12  # squares that a list on the page names
FORMATS = {"csv": "text/csv; charset=utf-8", "svg": "image/svg+xml; charset=utf-8"}


@dataclass(frozen=True)
class Option:
    value: str
    name: str | Promise
    chosen: bool


@dataclass(frozen=True)
class Line:
    """One square in words, for the table and the lists."""

    cell: Cell
    url: str
    standing: str | Promise
    times: str
    expected: str
    difference: str
    shift: str

    @property
    def said(self) -> str:
        """How it stands to chance, in words."""
        if self.cell.judgement.standing in (Standing.TOO_FEW, Standing.SAME):
            return str(self.standing)
        return _("%(times)s times, %(standing)s") % {"times": self.times, "standing": self.standing}


def _moves(request: HttpRequest) -> object:
    """Which periods are compared without being named."""
    return clock.now().date() if request.GET.get("show") in COMPARING else ""


@allow(Capability.READ)
@require_safe
@conditional(also=_moves)
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
    files = {form: asked.address(reverse("matrix_file", args=[form])) for form in FORMATS}
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
        "spans": spans(asked),
        "chips": asked.chips(base),
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
@conditional(also=_moves)
def file(request: HttpRequest, form: str) -> HttpResponse:
    """The matrix as CSV (one row for each square) or as SVG, for the parameters of the page."""
    asked = asking(request)
    if asked is None:
        raise Http404
    counted = asked.counted(all_terms=form == "csv")
    if BUILDING in counted.table.problems:
        return building(request)
    response = HttpResponse(content_type=FORMATS[form])
    name = f"matrix-{clock.now().date().isoformat()}.{form}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    if form == "csv":
        rows = list(table(counted))
        response.writelines(write_csv(rows, list(rows[0]) if rows else []))
    else:
        response.write(drawing(asked, counted))
    return response


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


def spans(asked: Asking) -> dict[str, str]:
    """What stands in the fields for years and days, by parameter with an underscore."""
    held = asked.question.choices
    return {name.replace("-", "_"): value for name, value in held if name in YEARS | DAYS}


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


def told(counted: Matrix, filters: tuple[Pair, ...], cells: Iterable[Cell]) -> list[Line]:
    """Squares in words, with the lists that they lead to."""
    url = cell_url(counted, filters)
    return [
        Line(
            cell,
            url(cell),
            STANDINGS[cell.judgement.standing],
            ratio(cell.judgement.ratio),
            figure(cell.judgement.expected, 1),
            signed(cell.difference),
            points(cell.shift),
        )
        for cell in cells
    ]


def lines(counted: Matrix, filters: tuple[Pair, ...]) -> Iterator[tuple[TermView, list[Line]]]:
    """The table: for each row its squares that are filled, linked, or were filled before."""
    for row, cells in counted.lines():
        if shown := [cell for cell in cells if cell.count or cell.before or cell.link]:
            yield row, told(counted, filters, shown)


def reference(counted: Matrix, filters: tuple[Pair, ...]) -> dict[str, object]:
    """Where practice and reference agree and part; nothing where no crosswalk joins the sides,
    and of a short period, which says little about what is missing."""
    if counted.reference is None or counted.before is not None:
        return {"linked": counted.reference is not None}
    url = cell_url(counted, filters)
    cells = (cell for _row, line in counted.lines() for cell in line)
    return {
        "linked": True,
        "reference": counted.reference,
        "kinds": counted.kinds,
        "void": [(cell, url(cell)) for cell in cells if cell.link and not cell.count],
        "unforeseen": told(counted, filters, counted.unforeseen[:LISTED]),
    }


def reasons(
    counted: Matrix, filters: tuple[Pair, ...]
) -> Iterator[tuple[TermView, list[tuple[Gap, TermView, int, str]]]]:
    """For each row, its links with reason, targets and entries."""
    url = cell_url(counted, filters)
    for row, cells in counted.lines():
        linked = [(gap_of(c.link), c.column, c.count, url(c)) for c in cells if c.link]
        if linked:
            yield row, linked
