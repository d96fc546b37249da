"""Texts in the six languages: collections, labels of terms, pages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stocktaking.entries.queries import CollectionView
from stocktaking.kernel import languages
from stocktaking.web.forms.base import Part


class CollectionForm(Part):
    """Fields ``title-<code>`` and ``introduction-<code>`` for each language."""

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

    @property
    def by_language(self) -> list[tuple[languages.Language, Any, Any]]:
        return [
            (language, self[f"title-{language.code}"], self[f"introduction-{language.code}"])
            for language in languages.LANGUAGES
        ]

    def add_rule(self, broken: Any, fallback: str | None = None) -> None:
        title = f"title-{languages.current().code}"
        super().add_rule(broken, fallback=title if broken.field == "title" else fallback)

    def stated(self) -> dict[str, Any]:
        held = self.cleaned_data
        return {
            "title": {code: held[f"title-{code}"] for code in languages.CODES},
            "introduction": {code: held[f"introduction-{code}"] for code in languages.CODES},
            "order": held["order"] or 0,
        }


def collection_initial(view: CollectionView) -> dict[str, Any]:
    return {
        "slug": view.slug,
        "order": view.order,
        **{f"title-{code}": text for code, text in view.titles.items()},
        **{f"introduction-{code}": text for code, text in view.introductions.items()},
    }
