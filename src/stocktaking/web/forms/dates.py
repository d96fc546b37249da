"""Dates as three fields: what is left empty is not known."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stocktaking.kernel.periods import PartialDate

PARTS = (
    ("year", gettext_lazy("Year"), 4),
    ("month", gettext_lazy("Month"), 2),
    ("day", gettext_lazy("Day"), 2),
)


def date_fields(name: str) -> dict[str, forms.Field]:
    """Three text fields ``<name>_year``, ``_month`` and ``_day``."""
    return {
        f"{name}_{part}": forms.CharField(
            label=label,
            required=False,
            max_length=size,
            widget=forms.TextInput(
                attrs={"inputmode": "numeric", "size": size, "autocomplete": "off"}
            ),
        )
        for part, label, size in PARTS
    }


def date_initial(name: str, text: str) -> dict[str, str]:
    """The three parts of ``2019-05-17``, ``2019-05``, ``2019`` or nothing."""
    pieces = (*text.split("-"), "", "", "")[:3] if text else ("", "", "")
    return {
        f"{name}_{part}": piece for (part, _label, _size), piece in zip(PARTS, pieces, strict=True)
    }


def read_date(form: forms.Form, name: str, cleaned: dict[str, Any]) -> str:
    """The date as YYYY, YYYY-MM or YYYY-MM-DD; an impossible one is an error of the form."""
    if any(f"{name}_{part}" in form.errors for part, *_rest in PARTS):
        return ""  # a part that is refused by itself makes the others mean something else
    year, month, day = (str(cleaned.get(f"{name}_{part}") or "").strip() for part, *_rest in PARTS)
    if not (year or month or day):
        return ""
    if (day and not month) or not year:
        form.add_error(
            f"{name}_year",
            _("A day needs its month, and a month its year. Fill in the missing part."),
        )
        return ""
    text = "-".join(
        piece.zfill(width) for piece, width in ((year, 4), (month, 2), (day, 2)) if piece
    )
    try:
        return str(PartialDate.parse(text)) if text.isascii() else _refuse(form, name)
    except ValueError:
        return _refuse(form, name)


def _refuse(form: forms.Form, name: str) -> str:
    form.add_error(f"{name}_year", _("This date does not exist. Check day, month and year."))
    return ""
