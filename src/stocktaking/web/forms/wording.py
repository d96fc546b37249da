"""The operator's own words for a term or a scheme, in six languages side by side."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stocktaking.kernel import languages
from stocktaking.kernel.errors import RuleBroken
from stocktaking.reference.queries import Wording
from stocktaking.web.forms.base import Part


@dataclass(frozen=True)
class WordingRow:
    """One language: what the framework says, its standing and source, the operator's fields."""

    language: languages.Language
    shipped_title: str
    shipped_other: str
    official: bool
    source: str
    title: Any
    other: Any


class WordingForm(Part):
    """Fields ``title_<code>`` and ``other_<code>``; ``other`` is a short title or a plural."""

    def __init__(self, *args: Any, wording: Wording, other: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {
            **{f"title_{code}": text for code, text in wording.own_title.items()},
            **{f"other_{code}": text for code, text in wording.own_other.items()},
        }
        super().__init__(*args, **kwargs)
        self.wording = wording
        for language in languages.LANGUAGES:
            for name, label in (("title", _("Own title")), ("other", other)):
                self.fields[f"{name}_{language.code}"] = forms.CharField(
                    label=label,
                    required=False,
                    strip=False,
                    widget=forms.TextInput({"lang": language.code, "dir": language.direction}),
                )

    @property
    def by_language(self) -> list[WordingRow]:
        held = self.wording
        return [
            WordingRow(
                language=language,
                shipped_title=held.title.get(language.code, ""),
                shipped_other=held.other.get(language.code, ""),
                official=held.title_status.get(language.code) == "official",
                source=held.title_source.get(language.code, ""),
                title=self[f"title_{language.code}"],
                other=self[f"other_{language.code}"],
            )
            for language in languages.LANGUAGES
        ]

    def stated(self, name: str) -> dict[str, str]:
        """Own words by language; those of languages that the form does not show are kept."""
        held = self.wording.own_title if name == "title" else self.wording.own_other
        return held | {code: self.cleaned_data[f"{name}_{code}"] for code in languages.CODES}

    def refuse(self, broken: RuleBroken) -> None:
        name, _underscore, code = (broken.field or "").partition("_")
        field = f"{'title' if name == 'title' else 'other'}_{code}"
        self.add_error(field if field in self.fields else None, str(broken))
