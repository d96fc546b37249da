"""Many small drawings with one scale: a name, a figure, and how it went over time."""

from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from stocktaking.kernel.charts.axes import UNIT, Paper, bar, inner
from stocktaking.kernel.charts.over_time import INSET, LOW, Series, curve


@dataclass(frozen=True)
class Panel:
    """One of them. ``text`` is its figure; ``note`` says in words what it shows."""

    name: str
    series: Series
    text: str
    code: str = ""
    url: str = ""
    note: str = ""


@dataclass(frozen=True)
class Multiples:
    """Panels over the same spans; ``lines`` draws shares with bands, else columns of counts."""

    spans: tuple[str, ...]
    panels: tuple[Panel, ...]
    lines: bool = False
    open: bool = False

    @property
    def top(self) -> float:
        """The value of a full panel, the same for all."""
        return max((max(p.series.values, default=0) for p in self.panels), default=0) or 1


def multiples(content: Multiples, paper: Paper) -> SafeString:
    """A list of panels; the numbers stand in their text and in the table beside."""
    first, last = (content.spans[0], content.spans[-1]) if content.spans else ("", "")
    return format_html(
        '<ul class="multiples">{}</ul>',
        format_html_join(
            "",
            '<li><p class="p-head">{}<b>{}</b></p>{}<p class="p-foot"><span>{}</span>'
            "<span>{}</span></p>{}</li>",
            (
                (
                    _name(panel),
                    panel.text,
                    small(content, panel, paper),
                    first,
                    last if last != first else "",
                    format_html('<p class="p-note">{}</p>', panel.note) if panel.note else "",
                )
                for panel in content.panels
            ),
        ),
    )


def small(content: Multiples, panel: Panel, paper: Paper, height: int = LOW) -> SafeString:
    """One panel's drawing."""
    return format_html(
        '<svg class="fig" height="{h}" aria-hidden="true">{shapes}'
        '<line {ax} x1="0" x2="100%" y1="{base}" y2="{base}"/></svg>',
        h=str(height),
        shapes=inner(panel_shapes(content, panel, paper, height), len(content.spans), height),
        ax=paper.ink("ax"),
        base=str(height - 0.5),
    )


def panel_shapes(content: Multiples, panel: Panel, paper: Paper, height: int = LOW) -> SafeString:
    """What is drawn in one panel, in units of the inner drawing."""
    if content.lines:
        return curve(panel.series, paper, content.top, height, head=3)
    count, values = len(content.spans), panel.series.values
    full, begun = "", ""
    for i, value in enumerate(values):
        if value <= 0:
            continue
        tall = max(1.0, (height - 3) * value / content.top)
        shape = bar(paper.place(i, count) + INSET, height - tall, UNIT - 2 * INSET, tall)
        if content.open and i == count - 1:
            begun = shape
        else:
            full += shape
    return format_html_join(
        "",
        '<path {} d="{}" vector-effect="non-scaling-stroke"/>',
        ((paper.ink(ink), path) for ink, path in (("b", full), ("so-far", begun)) if path),
    )


def _name(panel: Panel) -> SafeString:
    named = (
        format_html('<span class="muted">{}</span> {}', panel.code, panel.name)
        if panel.code
        else format_html("{}", panel.name)
    )
    if panel.url:
        return format_html('<a href="{}">{}</a>', panel.url, named)
    return format_html("<span>{}</span>", named)
