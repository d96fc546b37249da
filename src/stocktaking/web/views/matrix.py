"""The matrix: what entries claim beside what the reference links."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from stocktaking.accounts.rules.roles import Capability
from stocktaking.insight.queries import Matrix, matrix
from stocktaking.kernel import clock, languages
from stocktaking.kernel.charts import figure
from stocktaking.kernel.charts.plate_svg import plate_svg
from stocktaking.kernel.tables import write_csv
from stocktaking.reference.queries import TermView
from stocktaking.search.rules.parameters import Asked, Pair
from stocktaking.web import facets
from stocktaking.web.access import allow
from stocktaking.web.caching import conditional
from stocktaking.web.chips import Chip
from stocktaking.web.chips import chips as chips_of
from stocktaking.web.facets import Filters
from stocktaking.web.plates import SHOWS, Show, explore_link, plate_of, scale_of
from stocktaking.web.views.home import Gap, gap_of

SHORT = 12  # terms; a filter with more belongs to the list of entries
SELECTS = 4
UNFORESEEN = 12
FORMATS = {"csv": "text/csv; charset=utf-8", "svg": "image/svg+xml; charset=utf-8"}
SHOW_NAMES: dict[Show, str | Promise] = {
    "count": gettext_lazy("Number of entries"),
    "row": gettext_lazy("Share of the row, in per cent"),
    "column": gettext_lazy("Share of the column, in per cent"),
    "links": gettext_lazy("Reference links only"),
}


@dataclass(frozen=True)
class Option:
    value: str
    name: str | Promise
    chosen: bool


@dataclass(frozen=True)
class Select:
    """A filter as a drop-down list."""

    name: str
    title: str
    options: list[Option]


@dataclass(frozen=True)
class Asking:
    """What a request wants to see: the question, its filters, and what stands in the squares."""

    question: Asked
    known: Filters
    show: Show

    @property
    def pairs(self) -> list[Pair]:
        """The filters, for links to lists."""
        words = [("q", self.question.query.text)] if self.question.query.text else []
        return [*self.question.choices, *words]

    def address(self, base: str) -> str:
        show = [("show", self.show)] if self.show != "count" else []
        pairs = sorted([*self.pairs, *show])
        return f"{base}?{urlencode(pairs)}" if pairs else base


@allow(Capability.READ)
@require_safe
@conditional
def page(request: HttpRequest) -> HttpResponse:
    """The grid with counts or shares, filtered, and the reasons of the reference."""
    asking, counted = asked(request)
    grid = counted.grid
    base = reverse("matrix")
    narrowed = asking.question.narrowed
    context = {
        "section": "matrix",
        "matrix": counted,
        "plate": plate_of(counted, show=asking.show, totals=True, also=asking.pairs),
        "scale": scale_of(asking.show),
        "shows": [Option(show, SHOW_NAMES[show], show == asking.show) for show in SHOWS],
        "selects": list(selects(asking)),
        "kept": kept(asking),
        "chips": chips(asking, base),
        "ignored": [one for one in asking.question.ignored if one.name != "show"],
        "whole_url": Asking(Asked(), asking.known, asking.show).address(base),
        "files": [
            (form.upper(), asking.address(reverse("matrix_file", args=[form]))) for form in FORMATS
        ],
        "list_url": explore_link(*asking.pairs),
        "link_count": len(grid.links),
        "gaps": [] if narrowed else [gap_of(link) for link in counted.gaps],
        "unforeseen": [
            (cell, explore_link(*_square(cell.row, cell.column)))
            for cell in counted.unforeseen[:UNFORESEEN]
        ]
        if not narrowed
        else [],
        "reasons": [] if narrowed else list(reasons(counted)),
        "canonical": asking.address(base),
        "noindex": len(asking.pairs) > 1,
    }
    return render(request, "web/matrix.html", context)


@allow(Capability.READ)
@require_safe
@conditional
def file(request: HttpRequest, form: str) -> HttpResponse:
    """The matrix as CSV (one row for each square) or as SVG."""
    asking, counted = asked(request)
    response = HttpResponse(content_type=FORMATS[form])
    name = f"matrix-{clock.now().date().isoformat()}.{form}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    if form == "csv":
        rows = list(table(counted))
        response.writelines(write_csv(rows, list(rows[0]) if rows else []))
    else:
        response.write(drawing(counted, asking))
    return response


def asked(request: HttpRequest) -> tuple[Asking, Matrix]:
    """What is asked, and the matrix that answers; 404 where the framework has no grid."""
    known = facets.filters(request)
    given = request.GET.get("show", "")
    show: Show = next((one for one in SHOWS if one == given), "count")
    asking = Asking(facets.read(request, known), known, show)
    counted = matrix(asking.question.query)
    if counted is None:
        raise Http404
    return asking, counted


def selects(asking: Asking) -> Iterator[Select]:
    """The short filters of the framework, the axes of the grid left out."""
    found = 0
    for facet in asking.known.facets.values():
        scheme = facet.scheme
        if scheme is None or facets.in_grid(scheme) or facet.name != scheme.slug:
            continue
        if len(scheme.assignable) > SHORT or found == SELECTS:
            continue
        chosen = asking.question.query.filters.get(facet.name, ())
        options = [Option(t.code, t.short_label(), t.code in chosen[:1]) for t in scheme]
        yield Select(facet.name, str(facet.title), [Option("", _("All"), not chosen), *options])
        found += 1


def kept(asking: Asking) -> list[Pair]:
    """Filters that the form has no field for and carries along."""
    shown = {select.name for select in selects(asking)}
    return [pair for pair in asking.pairs if pair[0] not in shown]


def chips(asking: Asking, base: str) -> list[Chip]:
    """The filters in force; each leads to the matrix without it, shown in the same way."""
    found = chips_of(asking.question, base, asking.known)
    if asking.show == "count":
        return found
    show = urlencode({"show": asking.show})
    return [
        Chip(c.title, c.facet, f"{c.url}{'&' if '?' in c.url else '?'}{show}", c.css) for c in found
    ]


def reasons(counted: Matrix) -> Iterator[tuple[TermView, list[tuple[Gap, int]]]]:
    """For each row, its links with reason, targets and entries."""
    for row, cells in counted.lines():
        linked = [(gap_of(cell.link), cell.count) for cell in cells if cell.link]
        if linked:
            yield row, linked


def table(counted: Matrix) -> Iterator[dict[str, object]]:
    """One row for each square, also the empty ones."""
    for row, cells in counted.lines():
        for cell in cells:
            yield {
                "row": row.code,
                "row_title": row.label(),
                "column": cell.column.code,
                "column_title": cell.column.label(),
                "entries": cell.count,
                "share_of_row": round(cell.share_of_row, 4),
                "share_of_column": round(cell.share_of_column, 4),
                "reference_link": 1 if cell.link else 0,
                "targets": " ".join(cell.link.targets) if cell.link else "",
                "reason": cell.link.reason() if cell.link else "",
            }


def drawing(counted: Matrix, asking: Asking) -> str:
    grid = counted.grid
    note = ngettext("%(count)s entry, %(day)s", "%(count)s entries, %(day)s", counted.total) % {
        "count": figure(counted.total),
        "day": clock.now().date().isoformat(),
    }
    narrowed = ", ".join(chip.title for chip in chips(asking, ""))
    return plate_svg(
        plate_of(counted, show=asking.show, also=asking.pairs),
        title=f"{grid.label()}: {SHOW_NAMES[asking.show]}",
        note=f"{note} · {narrowed}" if narrowed else note,
        colours=[term.colour for term in grid.columns],
        rtl=languages.current().rtl,
    )


def _square(row: TermView, column: TermView) -> tuple[Pair, Pair]:
    return (row.scheme, row.code), (column.scheme, column.code)
