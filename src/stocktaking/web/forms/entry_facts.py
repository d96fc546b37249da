"""What is one per entry: organisation, dates, addresses, licence, collections."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stocktaking.entries.rules.values import EntryValues
from stocktaking.web.forms.base import Part, Problem
from stocktaking.web.forms.dates import date_fields, date_initial, read_date

DATES = {"start": _("Start"), "end": _("End"), "registered_on": _("Registered on")}


class FactsForm(Part):
    """``original`` is the place of the row that holds the original text."""

    original = forms.IntegerField(required=False, min_value=0, max_value=40, initial=0)
    organisation = forms.IntegerField(required=False, min_value=1, max_value=2**62)
    organisation_name = forms.CharField(
        label=_("Find by name"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    new_organisation = forms.CharField(label=_("Name"), required=False)
    new_organisation_country = forms.ChoiceField(label=_("Seat"), required=False)
    new_organisation_type = forms.ChoiceField(label=_("Type"), required=False)
    worldwide = forms.BooleanField(
        label=_("Worldwide"),
        required=False,
        help_text=_("It works everywhere; the countries below are named besides."),
    )
    website = forms.CharField(
        label=_("Website"),
        required=False,
        help_text=_("Starts with https://"),
        widget=forms.TextInput(attrs={"inputmode": "url", "dir": "ltr"}),
    )
    licence = forms.CharField(
        label=_("Licence of the texts"),
        required=False,
        help_text=_("SPDX identifier, such as CC-BY-4.0"),
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )
    attribution = forms.CharField(
        label=_("Attribution"), required=False, help_text=_("How the licence wants to be credited")
    )
    source = forms.ChoiceField(label=_("Source"), required=False)
    registered_on_assumed = forms.BooleanField(
        label=_("This date is an assumption"),
        required=False,
        help_text=_("The source does not state it; the page says so."),
    )
    collections = forms.MultipleChoiceField(
        label=_("Collections"), required=False, widget=forms.CheckboxSelectMultiple
    )
    reason = forms.CharField(
        label=_("What you changed and why"),
        required=False,
        max_length=300,
        help_text=_("Kept in the history of the entry"),
    )

    def __init__(
        self,
        *args: Any,
        sources: Sequence[tuple[str, str]] = (),
        collections: Sequence[tuple[str, str]] = (),
        countries: Sequence[tuple[str, str]] = (),
        types: Sequence[tuple[str, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name in DATES:
            self.fields |= date_fields(name)
        nobody = ("", _("Not stated"))
        self.offer("source", [("", _("Registered here")), *sources])
        self.offer("collections", collections)
        self.offer("new_organisation_country", [nobody, *countries])
        self.offer("new_organisation_type", [nobody, *types])

    def clean(self) -> dict[str, Any]:
        held = super().clean() or self.cleaned_data
        for name in DATES:
            held[name] = read_date(self, name, held)
        if held["registered_on"] and len(held["registered_on"]) != 10:
            self.add_error("registered_on_year", _("Give day, month and year."))
        return held

    def problems(self) -> Iterator[Problem]:
        """As every form, but a part of a date goes by the name of the date."""
        for one in super().problems():
            name = one.anchor.removeprefix("id_").rpartition("_")[0]
            yield replace(one, label=str(DATES[name])) if name in DATES else one

    def date(self, name: str) -> list[Any]:
        """The three fields of one date."""
        return [self[f"{name}_{part}"] for part in ("year", "month", "day")]

    @property
    def starts(self) -> list[Any]:
        return self.date("start")

    @property
    def ends(self) -> list[Any]:
        return self.date("end")

    @property
    def registered(self) -> list[Any]:
        return self.date("registered_on")

    @property
    def chosen_organisation(self) -> int | None:
        """The number that is chosen now, typed or stored."""
        typed = str(self.typed("organisation") or "")
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else None

    def stated(self) -> dict[str, Any]:
        """The arguments for ``EntryValues`` that this part knows."""
        held = self.cleaned_data
        names = ("organisation", "worldwide", "start", "end", "website", "licence", "attribution")
        registered = held["registered_on"]
        return {name: held[name] for name in names} | {
            "source": held["source"],
            "collections": tuple(held["collections"]),
            "registered_on": dt.date.fromisoformat(registered) if registered else None,
            "registered_on_assumed": held["registered_on_assumed"],
        }


def facts_initial(values: EntryValues) -> dict[str, Any]:
    registered = values.registered_on.isoformat() if values.registered_on else ""
    return {
        "original": 0,  # rows stand with the original first
        "organisation": values.organisation,
        "worldwide": values.worldwide,
        "website": values.website,
        "licence": values.licence,
        "attribution": values.attribution,
        "source": values.source,
        "registered_on_assumed": values.registered_on_assumed,
        "collections": list(values.collections),
        **date_initial("start", values.start),
        **date_initial("end", values.end),
        **date_initial("registered_on", registered),
    }
