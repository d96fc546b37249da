"""The shape of what people say about themselves."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from stocktaking.accounts.models import Person
from stocktaking.accounts.operations import COUNTRIES, TYPES
from stocktaking.reference.queries import catalogue
from stocktaking.web.forms.base import LANGUAGE_CHOICES

Choices = list[tuple[str, Any]]


def terms_of(scheme: str) -> Choices:
    """The terms of a scheme to choose from, by name; first the choice not to say."""
    found = catalogue().scheme(scheme)
    named = [(term.code, term.label()) for term in found] if found else []
    if scheme == COUNTRIES:
        named.sort(key=lambda choice: choice[1])
    return [("", lazy(str, str)(_("Not stated"))), *named]


def countries() -> Choices:
    return terms_of(COUNTRIES)


def types() -> Choices:
    return terms_of(TYPES)


class AboutForm(forms.Form):
    """Name, country and type of organisation."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    country = forms.ChoiceField(label=_("Country"), choices=countries, required=False)
    stakeholder = forms.ChoiceField(label=_("Type of organisation"), choices=types, required=False)


class SignupForm(AboutForm):
    """What allauth adds the address to; the account itself is made by the adapter."""

    field_order = ("name", "email", "country", "stakeholder")

    def signup(self, request: HttpRequest, user: Person) -> None:
        """allauth asks for it; everything was done when the account was made."""


class ProfileForm(AboutForm):
    """What a person may change at any time."""

    language = forms.ChoiceField(
        label=_("Language"),
        help_text=_("In which we write to you."),
        choices=LANGUAGE_CHOICES,
    )
    field_order = ("name", "language", "country", "stakeholder")


class EraseForm(forms.Form):
    """Erasing an account cannot be undone; a tick says that it is meant."""

    sure = forms.BooleanField(label=_("Erase my account. I know that it cannot be undone."))
