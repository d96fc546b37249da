"""Title, summary and sections of an entry in one language: one row per language."""

from typing import Any

from django import forms
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from stocktaking.entries.rules.values import EntryValues, SectionValue, TextValue
from stocktaking.entries.states import Origin
from stocktaking.kernel import languages
from stocktaking.reference.queries import TermView, catalogue
from stocktaking.web.forms.base import LANGUAGE_CHOICES, Part, rows_of

ORIGINS = [
    (Origin.AUTHOR.value, _("The author")),
    (Origin.HUMAN.value, _("A human translator")),
    (Origin.MACHINE.value, _("A machine translation")),
]
SECTION_SCHEME = "section"


def language_name(code: str) -> str:
    """The language's own name; the code where nobody told us the name."""
    known = languages.BY_CODE.get(code)
    if known:
        return known.name
    try:
        return str(get_language_info(code.lower())["name_local"])
    except KeyError:
        return code


def section_terms() -> tuple[TermView, ...]:
    scheme = catalogue().scheme(SECTION_SCHEME)
    return scheme.assignable if scheme else ()


class TextForm(Part):
    """One language. Fields of sections are called ``section-<code>`` and ``origin-<code>``."""

    language = forms.CharField(label=_("Language"), max_length=35, widget=forms.Select)
    origin = forms.ChoiceField(label=_("Written by"), choices=ORIGINS, initial=Origin.AUTHOR.value)
    title = forms.CharField(label=_("Title"), required=False)
    summary = forms.CharField(
        label=_("Summary"),
        required=False,
        help_text=_("What it is and does, in a few sentences."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sections = section_terms()
        for term in self.sections:
            self.fields[f"section-{term.code}"] = forms.CharField(
                label=term.label(), required=False, widget=forms.Textarea(attrs={"rows": 6})
            )
            self.fields[f"origin-{term.code}"] = forms.ChoiceField(
                label=_("Written by"),
                required=False,
                choices=[("", _("As the title")), *ORIGINS],
            )
        code = str(self.typed("language") or "")
        extra = [(code, language_name(code))] if code and code not in languages.BY_CODE else []
        self.fields["language"].widget.choices = [*LANGUAGE_CHOICES, *extra]
        for name in ("title", "summary", *(f"section-{term.code}" for term in self.sections)):
            self.fields[name].widget.attrs |= self._voice(code)

    def _voice(self, code: str) -> dict[str, str]:
        return {"lang": code, "dir": languages.direction_of(code)} if code else {}

    def has_changed(self) -> bool:
        """A row holds something when a text of it does; its language alone is nothing."""
        return any(
            name == "title" or name == "summary" or name.startswith("section-")
            for name in self.changed_data
        )

    @property
    def name(self) -> str:
        """The language of this row in its own words."""
        return language_name(str(self.typed("language") or ""))

    def section_pairs(self) -> list[tuple[Any, Any, bool]]:
        """Text, who wrote it, and whether there is any text or error, for each section."""
        pairs = []
        for term in self.sections:
            text, origin = self[f"section-{term.code}"], self[f"origin-{term.code}"]
            pairs.append((text, origin, bool(text.value() or text.errors)))
        return pairs

    def text_value(self) -> TextValue:
        held = self.cleaned_data
        return TextValue(held["language"], held["title"], held["summary"], Origin(held["origin"]))

    def section_values(self) -> list[SectionValue]:
        held = self.cleaned_data
        return [
            SectionValue(
                code=term.code,
                language=held["language"],
                text=held[f"section-{term.code}"],
                origin=Origin(held[f"origin-{term.code}"] or held["origin"]),
            )
            for term in self.sections
            if held[f"section-{term.code}"].strip()
        ]


TextRows = rows_of(TextForm, extra=0, most=40)


def text_initial(values: EntryValues) -> list[dict[str, Any]]:
    """Rows for every language that has a title or a section, the original first."""
    held = dict.fromkeys(
        [
            values.original_language,
            *(text.language for text in values.texts),
            *(section.language for section in values.sections),
        ]
    )
    return [_row(values, language) for language in held]


def _row(values: EntryValues, language: str) -> dict[str, Any]:
    text = next((t for t in values.texts if t.language == language), TextValue(language, ""))
    row: dict[str, Any] = {
        "language": language,
        "origin": text.origin.value,
        "title": text.title,
        "summary": text.summary,
    }
    for section in values.sections:
        if section.language == language:
            row[f"section-{section.code}"] = section.text
            if section.origin != text.origin:
                row[f"origin-{section.code}"] = section.origin.value
    return row
