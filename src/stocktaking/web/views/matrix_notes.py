"""What a reader must know of a matrix: what its numbers are of, and what they are not."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stocktaking.insight.queries import Axis, Matrix
from stocktaking.insight.rules.matrix_independence import ENOUGH
from stocktaking.insight.rules.matrix_periods import Period
from stocktaking.kernel.charts import figure
from stocktaking.reference.queries import TermView
from stocktaking.web.plates import MOST_CARRIED, axis_title
from stocktaking.web.views.matrix_asking import Asking

PLACES = ("region", "country")


def notes(asking: Asking, counted: Matrix) -> list[str]:
    """Sentences below the plate, those about the whole first."""
    return [
        *_whole(counted),
        *_sides(asking, counted),
        *_long(counted),
        *_comparison(asking, counted),
    ]


def period_in_words(period: Period) -> str:
    """A span of days as figures: ``2020–2024``."""
    return period.written.replace("..", "–")


def _whole(counted: Matrix) -> Iterator[str]:
    yield ngettext("%(count)s entry.", "%(count)s entries.", counted.total) % {
        "count": figure(counted.total)
    }
    if counted.total == 1:
        yield _("Of one entry, shares and tendencies say nothing.")
    yield _("An entry counts in every square it touches, so rows and columns do not add up.")
    missing = counted.total - counted.table.placed
    if missing:
        text = ngettext(
            "%(count)s of them stands in no square: it names nothing on one of the sides"
            " (%(rows)s: %(no_row)s, %(columns)s: %(no_column)s).",
            "%(count)s of them stand in no square: they name nothing on one of the sides"
            " (%(rows)s: %(no_row)s, %(columns)s: %(no_column)s).",
            missing,
        )
        yield text % {
            "count": figure(missing),
            "rows": axis_title(counted.rows_axis),
            "no_row": figure(counted.total - counted.table.with_row),
            "columns": axis_title(counted.columns_axis),
            "no_column": figure(counted.total - counted.table.with_column),
        }


def _sides(asking: Asking, counted: Matrix) -> Iterator[str]:
    names = (counted.rows_axis, counted.columns_axis)
    if any(axis.name in PLACES for axis in names):
        yield _("Region and country are those an entry works in; it may work in several.")
    if any(axis.elsewhere for axis in names):
        yield _(
            "Where an entry is from is the seat of its organisation;"
            " international organisations are a region of their own."
        )
    if counted.same and counted.rows_axis.many:
        yield _(
            "Both sides are the same scheme: a square counts the entries that carry both terms."
            " Where a term meets itself it counts all entries that carry it."
            " Only those squares lead to a list."
        )
    elif counted.same:
        yield _(
            "Both sides are the same scheme, and an entry carries only one of its terms:"
            " all other squares are empty by nature. Another side says more."
        )
    for axis in dict.fromkeys(names):
        if asking.question.query.filters.get(axis.name):
            yield _("The filter “%(filter)s” chooses what is drawn on its side.") % {
                "filter": axis_title(axis)
            }
    if len(asking.pairs) > MOST_CARRIED:
        yield ngettext(
            "With %(count)s filter the squares lead nowhere; the list of entries below has"
            " them all.",
            "With %(count)s filters the squares lead nowhere; the list of entries below has"
            " them all.",
            len(asking.pairs),
        ) % {"count": figure(len(asking.pairs))}


def _long(counted: Matrix) -> Iterator[str]:
    sides: list[tuple[Axis, tuple[TermView, ...], int]] = [
        (counted.rows_axis, counted.rows, counted.rows_left_out),
        (counted.columns_axis, counted.columns, counted.columns_left_out),
    ]
    for axis, drawn, more in sides:
        if more:
            text = ngettext(
                "Of “%(side)s” the %(drawn)s most frequent are drawn; %(count)s more stands in"
                " the CSV file.",
                "Of “%(side)s” the %(drawn)s most frequent are drawn; %(count)s more stand in"
                " the CSV file.",
                more,
            )
            yield text % {
                "side": axis_title(axis),
                "drawn": figure(len(drawn)),
                "count": figure(more),
            }


def _comparison(asking: Asking, counted: Matrix) -> Iterator[str]:
    if asking.show == "over":
        yield from _chance(counted)
    if asking.period and asking.against and counted.before:
        for period, total in (
            (asking.against, counted.before.total),
            (asking.period, counted.total),
        ):
            said = {"period": period_in_words(period), "count": figure(total)}
            if not total:
                yield _("%(period)s: no entry was registered, so shares are zero.") % said
                continue
            yield (
                ngettext(
                    "%(period)s: %(count)s entry was registered.",
                    "%(period)s: %(count)s entries were registered.",
                    total,
                )
                % said
            )
        if abs(asking.period.days - asking.against.days) > asking.period.days * 0.1:
            yield _("The periods differ in length: the change of the share tells more.")


def _chance(counted: Matrix) -> Iterator[str]:
    yield ngettext(
        "Compared is %(count)s entry that names something on both sides.",
        "Compared are the %(count)s entries that name something on both sides.",
        counted.table.placed,
    ) % {"count": figure(counted.table.placed)}
    yield _(
        "A number says how many times the entries are there that one would expect if rows and"
        " columns had nothing to do with each other."
    )
    yield ngettext(
        "A square is marked only where chance would hardly explain it; a dash stands where fewer"
        " than %(count)s entry is counted and expected.",
        "A square is marked only where chance would hardly explain it; a dash stands where fewer"
        " than %(count)s entries are counted and expected.",
        ENOUGH,
    ) % {"count": figure(ENOUGH)}
    if counted.table.placed and not counted.telling:
        yield _("No square differs clearly from chance.")
