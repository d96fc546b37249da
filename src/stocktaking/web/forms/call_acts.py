"""One act on a call, with what it needs: a later end, an end for ever, more time, a copy."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stocktaking.calls.models import Call
from stocktaking.calls.queries import window_of
from stocktaking.calls.rules.window import day_ends_anywhere
from stocktaking.web.forms.base import Part
from stocktaking.web.forms.call import SixLanguages, local_fields, local_initial, read_local
from stocktaking.web.forms.dates import date_initial
from stocktaking.web.forms.moment import parts_of


class _WithMoment(Part):
    """A moment named ``at`` in the time of the call's place."""

    moment_name = ""

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.call = call
        self.fields.update(local_fields(self.moment_name))

    @property
    def anywhere(self) -> bool:
        return False

    def parts(self) -> list[Any]:
        return parts_of(self, self.moment_name)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        name, zone = self.moment_name, self.call.zone
        found = read_local(self, name, cleaned, "UTC" if self.anywhere else zone, end=True)
        if found is None and not any(one.startswith(name) for one in self.errors):
            self.add_error(f"{name}_year", _("Give the day."))
        if found is not None and self.anywhere:
            found = day_ends_anywhere(found.date())
        cleaned[name] = found
        return cleaned


class ExtendForm(_WithMoment, SixLanguages):
    """The new end, and the reason in six languages."""

    moment_name = "closes_at"
    texts = {"reason": (gettext_lazy("Reason that everybody reads"), 1_000, 3)}

    @property
    def anywhere(self) -> bool:
        return self.call.anywhere_on_earth

    def stated(self) -> dict[str, Any]:
        return {"closes_at": self.cleaned_data["closes_at"], "reason": self.said("reason")}


def extend_initial(call: Call) -> dict[str, Any]:
    window = window_of(call)
    if window.anywhere:
        return date_initial("closes_at", window.last_day().isoformat())
    return local_initial("closes_at", call.closes_at, window.place())


class CancelForm(SixLanguages):
    texts = {"reason": (gettext_lazy("Reason that everybody reads"), 1_000, 3)}


class AllowForm(_WithMoment):
    """More time for one person."""

    moment_name = "until"
    email = forms.EmailField(
        label=gettext_lazy("E-mail address of the account"),
        required=False,
        widget=forms.EmailInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        max_length=2_000,
        help_text=gettext_lazy("Staff read it. The person can see it in the data of the account."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def add_rule(self, broken: Any, fallback: str | None = None) -> None:
        field = "until_year" if broken.field == "until" else broken.field
        self.add_error(field if field in self.fields else fallback, str(broken))


class CopyForm(Part):
    slug = forms.CharField(
        label=gettext_lazy("Name of the new call in addresses"),
        required=False,
        help_text=gettext_lazy("Small letters, digits and hyphens. It stays for ever."),
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )


def next_slug(call: Call) -> str:
    """``call-2027`` after ``call-2026``; else the year of the new call behind it."""
    year = str(call.closes_at.year)
    later = str(call.closes_at.year + 1)
    return call.slug.replace(year, later) if year in call.slug else f"{call.slug}-{later}"[:60]
