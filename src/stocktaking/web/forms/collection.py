"""Texts in the six languages: collections, labels of terms, pages."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from stocktaking.accounts.models import Person
from stocktaking.entries.operations.inviting import MESSAGE_MAX
from stocktaking.entries.queries import CollectionView
from stocktaking.entries.states import CollectionState
from stocktaking.kernel import languages
from stocktaking.web.forms.base import Part

TEXTS = ("title", "introduction", "criteria")


class CollectionForm(Part):
    """Fields ``title-<code>``, ``introduction-<code>``, ``criteria-<code>`` for each language."""

    slug = forms.CharField(
        label=_("Name in addresses"),
        required=False,
        help_text=_("Small letters, digits and hyphens. It stays for ever."),
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )
    order = forms.IntegerField(
        label=_("Place in the list"),
        required=False,
        min_value=0,
        max_value=10_000,
        localize=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )

    call = forms.CharField(
        label=_("Name of the call for it in addresses"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )
    closed = forms.BooleanField(
        label=_("Closed: it takes in nothing more by invitation"), required=False
    )
    curators = forms.CharField(
        label=_("Curators"),
        required=False,
        max_length=5000,
        help_text=_("E-mail addresses of their accounts, one in each line."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "ltr"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for language in languages.LANGUAGES:
            voice = {"lang": language.code, "dir": language.direction}
            self.fields[f"title-{language.code}"] = forms.CharField(
                label=_("Title"), required=False, max_length=300, widget=forms.TextInput(voice)
            )
            self.fields[f"introduction-{language.code}"] = forms.CharField(
                label=_("Introduction"),
                required=False,
                max_length=20_000,
                widget=forms.Textarea(voice | {"rows": 4}),
            )
            self.fields[f"criteria-{language.code}"] = forms.CharField(
                label=_("Which entries belong to it"),
                required=False,
                max_length=5_000,
                widget=forms.Textarea(voice | {"rows": 2}),
            )

    @property
    def by_language(self) -> list[tuple[languages.Language, Any, Any, Any]]:
        return [
            (
                language,
                self[f"title-{language.code}"],
                self[f"introduction-{language.code}"],
                self[f"criteria-{language.code}"],
            )
            for language in languages.LANGUAGES
        ]

    def add_rule(self, broken: Any, fallback: str | None = None) -> None:
        title = f"title-{languages.current().code}"
        super().add_rule(broken, fallback=title if broken.field == "title" else fallback)

    def stated(self) -> dict[str, Any]:
        held = self.cleaned_data
        return {
            **{name: {code: held[f"{name}-{code}"] for code in languages.CODES} for name in TEXTS},
            "call": held["call"],
            "order": held["order"] or 0,
        }

    def clean_curators(self) -> list[Person]:
        """The accounts; an address without one is told."""
        found = []
        for address in self.cleaned_data["curators"].split():
            person = Person.objects.filter(email__iexact=address, is_active=True).first()
            if person is None:
                raise forms.ValidationError(
                    gettext("No account has the address %(address)s.") % {"address": address}
                )
            found.append(person)
        return found

    @property
    def state(self) -> CollectionState:
        closed = self.cleaned_data["closed"]
        return CollectionState.CLOSED if closed else CollectionState.OPEN


def collection_initial(view: CollectionView, curators: Iterable[str] = ()) -> dict[str, Any]:
    return {
        "slug": view.slug,
        "order": view.order,
        "call": view.call,
        "closed": not view.open,
        "curators": "\n".join(curators),
        **{f"title-{code}": text for code, text in view.titles.items()},
        **{f"introduction-{code}": text for code, text in view.introductions.items()},
        **{f"criteria-{code}": text for code, text in view.criteria_in.items()},
    }


class InviteForm(Part):
    """An entry that a curator asks into a collection."""

    number = forms.IntegerField(
        label=_("Number of the entry"),
        min_value=1,
        max_value=2**53,
        localize=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    message = forms.CharField(
        label=_("Why it would fit"),
        required=False,
        max_length=MESSAGE_MAX,
        help_text=_("Those who act for the entry read it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
