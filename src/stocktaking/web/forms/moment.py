"""A day and an hour in UTC: three fields for the day, one for the hour."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stocktaking.kernel.periods import PartialDate
from stocktaking.web.forms.dates import PARTS, date_fields, read_date


def moment_fields(name: str) -> dict[str, forms.Field]:
    """``<name>_year``, ``_month``, ``_day`` and ``<name>_hour``, such as 14:30."""
    return {
        **date_fields(name),
        f"{name}_hour": forms.CharField(
            label=gettext_lazy("Hour (UTC)"),
            required=False,
            max_length=5,
            widget=forms.TextInput(attrs={"size": 5, "autocomplete": "off", "dir": "ltr"}),
        ),
    }


def read_moment(form: forms.Form, name: str, cleaned: dict[str, Any]) -> dt.datetime | None:
    """The moment; None where nothing is stated, or what is stated is an error of the form."""
    stated = read_date(form, name, cleaned)
    hour = str(cleaned.get(f"{name}_hour") or "").strip()
    if not stated:
        if hour and not form.errors:
            form.add_error(f"{name}_year", _("Give the day as well."))
        return None
    date = PartialDate.parse(stated)
    if date.precision != "day":
        form.add_error(f"{name}_year", _("Give the day as well."))
        return None
    try:
        time = dt.time.fromisoformat(hour.zfill(5) if ":" in hour else f"{hour or 0:0>2}:00")
    except ValueError:
        form.add_error(f"{name}_hour", _("Give the hour in figures, such as 14:30."))
        return None
    return dt.datetime.combine(date.date, time, tzinfo=dt.UTC)


def parts_of(form: forms.Form, name: str) -> list[Any]:
    """The bound fields, for a template."""
    return [*(form[f"{name}_{part}"] for part, *_rest in PARTS), form[f"{name}_hour"]]
