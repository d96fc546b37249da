"""Texts in six languages: the reader's own first, the others folded away."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from stocktaking.kernel import languages
from stocktaking.web.forms.base import Part


@dataclass(frozen=True)
class TextsField:
    """What ``web/staff/questionnaires/texts.html`` shows. ``open``: an error is among the
    others, or one of them is all there is."""

    label: Any
    first: Any
    language: languages.Language
    others: list[tuple[languages.Language, Any]]
    missing: int
    open: bool


def texts_fields(name: str, label: Any, *, most: int, rows: int = 1) -> dict[str, forms.Field]:
    """Fields ``<name>-<language>``, the reader's language first."""
    made: dict[str, forms.Field] = {}
    for language in _ordered():
        voice: dict[str, Any] = {"lang": language.code, "dir": language.direction}
        widget = forms.Textarea(voice | {"rows": rows}) if rows > 1 else forms.TextInput(voice)
        made[f"{name}-{language.code}"] = forms.CharField(
            label=label, required=False, max_length=most, widget=widget
        )
    return made


def texts_initial(name: str, texts: Mapping[str, str]) -> dict[str, str]:
    return {f"{name}-{code}": text for code, text in texts.items()}


def read_texts(form: Part, name: str) -> dict[str, str]:
    """The texts by language, in the order of the languages, without empty ones."""
    held = form.cleaned_data
    return {code: text for code in languages.CODES if (text := held.get(f"{name}-{code}") or "")}


def shown_texts(form: Part, name: str) -> TextsField:
    first, *others = _ordered()
    bound = [(language, form[f"{name}-{language.code}"]) for language in others]
    mine = form[f"{name}-{first.code}"]
    filled = [language for language, field in bound if field.value()]
    return TextsField(
        label=mine.label,
        first=mine,
        language=first,
        others=bound,
        missing=len(bound) - len(filled),
        open=any(field.errors for _language, field in bound) or bool(filled and not mine.value()),
    )


def first_name(name: str) -> str:
    """The field that shows an error about all of the texts."""
    return f"{name}-{languages.current().code}"


def _ordered() -> list[languages.Language]:
    mine = languages.current()
    return [mine, *(one for one in languages.LANGUAGES if one is not mine)]
