"""Forms of calls: texts in six languages side by side, a window in the time of a place."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stocktaking.calls import registry
from stocktaking.calls.models import Call
from stocktaking.calls.queries import window_of
from stocktaking.calls.rules.audience import Audience
from stocktaking.calls.rules.quota import Quota
from stocktaking.calls.rules.values import CallValues
from stocktaking.calls.rules.window import TimeSkipped, day_ends_anywhere, known_zone, moment
from stocktaking.entries.queries.desk import collection_choices
from stocktaking.kernel import languages
from stocktaking.kernel.errors import RuleBroken, RulesBroken
from stocktaking.questionnaires.queries import questionnaire_list
from stocktaking.reference.queries.catalogue import pick
from stocktaking.web.forms.base import Part
from stocktaking.web.forms.dates import date_initial
from stocktaking.web.forms.moment import moment_fields, parts_of, read_moment
from stocktaking.web.forms.terms import countries, organisation_types

# name: label, most characters, rows of the field (1: one line)
TEXTS: dict[str, tuple[Any, int, int]] = {
    "title": (gettext_lazy("Title"), 300, 1),
    "summary": (gettext_lazy("One sentence: who is asked for what"), 600, 2),
    "introduction": (gettext_lazy("Letter to those who are asked"), 20_000, 12),
    "goal": (gettext_lazy("What it is for, and where it will be published"), 5_000, 4),
    "afterwards": (gettext_lazy("What happens after somebody has sent"), 5_000, 4),
    "place": (gettext_lazy("What people call the place of the deadline"), 100, 1),
}
WINDOW = ("opens_at", "closes_at")


def local_fields(name: str) -> dict[str, forms.Field]:
    """A day and an hour in the time of a place."""
    fields = moment_fields(name)
    fields[f"{name}_hour"].label = gettext_lazy("Hour, such as 23:00")
    return fields


def local_initial(name: str, at: dt.datetime, zone: dt.tzinfo) -> dict[str, str]:
    local = at.astimezone(zone)
    return {**date_initial(name, local.date().isoformat()), f"{name}_hour": f"{local:%H:%M}"}


def read_local(
    form: forms.Form, name: str, cleaned: dict[str, Any], zone: str, *, end: bool
) -> dt.datetime | None:
    """The moment that a place calls so; one that the clocks skip is an error of the form."""
    stated = read_moment(form, name, cleaned)
    if stated is None:
        return None
    try:
        return moment(stated.date(), stated.time(), zone, end=end)
    except TimeSkipped:
        form.add_error(
            f"{name}_hour",
            _("Clocks are put forward over this hour: it does not exist. Choose another."),
        )
        return None


class SixLanguages(Part):
    """Fields ``<name>-<code>`` for texts in each language."""

    texts: dict[str, tuple[Any, int, int]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for language in languages.LANGUAGES:
            voice = {"lang": language.code, "dir": language.direction}
            for name, (label, most, rows) in self.texts.items():
                widget = forms.Textarea(voice | {"rows": rows}) if rows > 1 else None
                self.fields[f"{name}-{language.code}"] = forms.CharField(
                    label=label,
                    required=False,
                    max_length=most,
                    widget=widget or forms.TextInput(voice),
                )

    @property
    def by_language(self) -> list[tuple[languages.Language, list[Any], bool]]:
        """Each language with its fields, and whether they are shown at once."""
        here = languages.current().code
        found = []
        for language in languages.LANGUAGES:
            fields = [self[f"{name}-{language.code}"] for name in self.texts]
            shown = language.code == here or any(field.errors for field in fields)
            found.append((language, fields, shown))
        return found

    def said(self, name: str) -> dict[str, str]:
        return {code: self.cleaned_data[f"{name}-{code}"] for code in languages.CODES}

    def add_rule(self, broken: RuleBroken, fallback: str | None = None) -> None:
        """A refusal about a text in general stands at the one in the reader's language."""
        for one in broken.errors if isinstance(broken, RulesBroken) else [broken]:
            field = one.field or ""
            if field in self.texts:
                field = f"{field}-{languages.current().code}"
            elif field in WINDOW:
                field = f"{field}_year"
            self.add_error(field if field in self.fields else fallback, str(one))


class CallForm(SixLanguages):
    """All that an organiser says of a call. Once it is published, the window is no field."""

    texts = TEXTS
    slug = forms.CharField(
        label=gettext_lazy("Name in addresses"),
        required=False,
        help_text=gettext_lazy("Small letters, digits and hyphens. It stays for ever."),
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )
    kind = forms.ChoiceField(label=gettext_lazy("What becomes of a reply"), required=False)
    questionnaire = forms.ChoiceField(label=gettext_lazy("Questionnaire"), required=False)
    zone = forms.CharField(
        label=gettext_lazy("Time zone"),
        required=False,
        help_text=gettext_lazy("The IANA name, such as Europe/Zurich."),
        widget=forms.TextInput(attrs={"dir": "ltr", "list": "zones", "autocomplete": "off"}),
    )
    anywhere = forms.BooleanField(
        label=gettext_lazy("It closes when the day has ended everywhere on earth (UTC-12)"),
        required=False,
        help_text=gettext_lazy("The hour of the end is not needed then."),
    )
    grace_minutes = forms.IntegerField(
        label=gettext_lazy("Minutes of grace that nobody is told of"),
        required=False,
        min_value=0,
        max_value=10_080,
        localize=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("How many minutes a reply takes"),
        required=False,
        min_value=1,
        max_value=10_000,
        localize=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    stakeholders = forms.MultipleChoiceField(
        label=gettext_lazy("Types of stakeholders that are asked"),
        required=False,
        help_text=gettext_lazy("None ticked: all of them."),
        widget=forms.CheckboxSelectMultiple,
    )
    countries = forms.MultipleChoiceField(
        label=gettext_lazy("Countries that are asked"),
        required=False,
        help_text=gettext_lazy("None ticked: all of them."),
        widget=forms.CheckboxSelectMultiple,
    )
    invited = forms.BooleanField(
        label=gettext_lazy("Only those who are in a group that a letter of this call goes to"),
        required=False,
    )
    organisation = forms.BooleanField(
        label=gettext_lazy("One replies for an organisation, not for oneself"), required=False
    )
    per_person = forms.IntegerField(
        label=gettext_lazy("New entries from one person, at most"),
        required=False,
        min_value=1,
        max_value=100_000,
        localize=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    per_organisation = forms.IntegerField(
        label=gettext_lazy("New entries from one organisation, at most"),
        required=False,
        min_value=1,
        max_value=100_000,
        localize=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    collection = forms.ChoiceField(
        label=gettext_lazy("Collection that its entries join"), required=False
    )
    previous = forms.ChoiceField(label=gettext_lazy("The call before this one"), required=False)
    confirms = forms.BooleanField(
        label=gettext_lazy("Owners may confirm or update entries that exist"), required=False
    )

    def __init__(self, *args: Any, call: Call | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.call = call
        self.fixed = call is not None and call.published_at is not None
        for name in WINDOW:
            self.fields.update(local_fields(name))
        self.offer("kind", [(kind.name, kind.label) for kind in registry.kinds()])
        self.offer("questionnaire", [(one.slug, one.title) for one in questionnaire_list()])
        self.offer("stakeholders", organisation_types())
        self.offer("countries", countries())
        self.offer("collection", [("", _("None")), *collection_choices()])
        self.offer("previous", [("", _("None")), *_other_calls(call)])
        left_out = [*(("slug", "kind") if call else ())]
        if self.fixed:
            left_out += ["questionnaire", "zone", "anywhere"]
            left_out += [one for one in self.fields if one.startswith(WINDOW)]
        for name in left_out:
            del self.fields[name]

    def window_parts(self) -> list[tuple[str, Any, list[Any]]]:
        legends = {"opens_at": _("It opens"), "closes_at": _("It closes")}
        return [(name, legends[name], parts_of(self, name)) for name in WINDOW]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.fixed:
            return cleaned
        zone = str(cleaned.get("zone") or "").strip() or "UTC"
        if not known_zone(zone):
            self.add_error("zone", _("Choose a time zone from the list."))
            return cleaned
        cleaned["zone"] = zone
        for name in WINDOW:
            ends_anywhere = name == "closes_at" and cleaned.get("anywhere")
            found = read_local(
                self, name, cleaned, "UTC" if ends_anywhere else zone, end=name == "closes_at"
            )
            if found is not None and ends_anywhere:
                found = day_ends_anywhere(found.date())
            cleaned[name] = found
            if found is None and not any(one.startswith(name) for one in self.errors):
                self.add_error(f"{name}_year", _("Give the day."))
        return cleaned

    def values(self) -> CallValues:
        """What was filled in; what is fixed stays as the call has it."""
        held, call = self.cleaned_data, self.call
        if self.fixed and call is not None:
            window = (call.opens_at, call.closes_at, call.zone, call.anywhere_on_earth)
        else:
            window = (held["opens_at"], held["closes_at"], held["zone"], held["anywhere"])
        opens_at, closes_at, zone, anywhere = window
        return CallValues(
            **{name: self.said(name) for name in TEXTS},
            opens_at=opens_at,
            closes_at=closes_at,
            zone=zone,
            anywhere=anywhere,
            minutes=held["minutes"],
            grace_minutes=held["grace_minutes"] or 0,
            audience=Audience(
                stakeholders=frozenset(held["stakeholders"]),
                countries=frozenset(held["countries"]),
                invited=held["invited"],
                organisation=held["organisation"],
            ),
            quota=Quota(held["per_person"], held["per_organisation"]),
            collection=held["collection"],
            previous=held["previous"],
            confirms=held["confirms"],
        )


def call_initial(call: Call) -> dict[str, Any]:
    """What the form shows of a call that exists."""
    window, audience = window_of(call), Audience.from_json(call.audience)
    closes = local_initial("closes_at", call.closes_at, window.place())
    if window.anywhere:
        closes = date_initial("closes_at", window.last_day().isoformat())
    return {
        **{f"{name}-{code}": text for name in TEXTS for code, text in getattr(call, name).items()},
        **local_initial("opens_at", call.opens_at, window.place()),
        **closes,
        "questionnaire": call.questionnaire.slug,
        "zone": call.zone,
        "anywhere": call.anywhere_on_earth,
        "grace_minutes": call.grace_minutes or "",
        "minutes": call.minutes,
        "stakeholders": sorted(audience.stakeholders),
        "countries": sorted(audience.countries),
        "invited": audience.invited,
        "organisation": audience.organisation,
        "per_person": call.per_person,
        "per_organisation": call.per_organisation,
        "collection": call.collection,
        "previous": call.previous.slug if call.previous else "",
        "confirms": call.confirms,
    }


def _other_calls(call: Call | None) -> list[tuple[str, str]]:
    language = languages.current().code
    rows = Call.objects.exclude(pk=call.pk if call else 0)
    return [(row.slug, pick(row.title, language) or row.slug) for row in rows]
