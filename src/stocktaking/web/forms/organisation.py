"""Organisations: what is said of one, who acts for it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stocktaking.accounts.models import Membership
from stocktaking.accounts.queries import OrganisationView
from stocktaking.kernel import languages
from stocktaking.web.forms.base import Part, rows_of

NUMERIC = {"inputmode": "numeric"}
ADDRESS = {"inputmode": "url", "dir": "ltr"}
STANDINGS = [
    (Membership.Standing.EDITOR.value, _("Editor")),
    (Membership.Standing.OWNER.value, _("Owner, who may also add people")),
]


class OrganisationForm(Part):
    """Names in other languages are in fields ``name-<code>``."""

    name = forms.CharField(label=_("Name"), help_text=_("As it signs letters"))
    country = forms.ChoiceField(label=_("Seat"), required=False)
    type = forms.ChoiceField(label=_("Type"), required=False)
    website = forms.CharField(
        label=_("Website"),
        required=False,
        help_text=_("Starts with https://"),
        widget=forms.TextInput(attrs=ADDRESS),
    )

    def __init__(
        self,
        *args: Any,
        countries: Sequence[tuple[str, str]],
        types: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        nobody = ("", _("Not stated"))
        self.offer("country", [nobody, *countries])
        self.offer("type", [nobody, *types])
        for language in languages.LANGUAGES:
            self.fields[f"name-{language.code}"] = forms.CharField(
                label=language.name,
                required=False,
                widget=forms.TextInput(attrs={"lang": language.code, "dir": language.direction}),
            )

    @property
    def names(self) -> list[Any]:
        return [self[f"name-{code}"] for code in languages.CODES]

    def stated(self) -> dict[str, Any]:
        held = self.cleaned_data
        return {
            "name": held["name"],
            "names": {c: held[f"name-{c}"] for c in languages.CODES if held[f"name-{c}"]},
            "country": held["country"] or None,
            "type": held["type"] or None,
            "website": held["website"],
        }


class OrganisationIdentifierForm(Part):
    system = forms.CharField(
        label=_("List"), required=False, help_text=_("Whose number it is, such as ROR")
    )
    value = forms.CharField(label=_("Number there"), required=False)

    def pair(self) -> tuple[str, str]:
        return self.cleaned_data["system"], self.cleaned_data["value"]


OrganisationIdentifierRows = rows_of(OrganisationIdentifierForm, extra=2, most=20)


def organisation_initial(view: OrganisationView) -> dict[str, Any]:
    return {
        "name": view.name,
        "country": view.country.code if view.country else "",
        "type": view.type.code if view.type else "",
        "website": view.website,
        **{f"name-{code}": name for code, name in view.names.items()},
    }


class MemberForm(Part):
    email = forms.CharField(
        label=_("E-mail address of the account"),
        help_text=_("The person needs an account first."),
        widget=forms.EmailInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )
    standing = forms.ChoiceField(label=_("Standing"), choices=STANDINGS)


class MergeForm(Part):
    kept = forms.IntegerField(
        label=_("Number of the organisation that stays"),
        min_value=1,
        max_value=2**53,
        localize=False,
        widget=forms.TextInput(attrs=NUMERIC),
    )
