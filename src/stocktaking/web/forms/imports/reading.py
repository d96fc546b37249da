"""How a file is read: what its kind has, and what was found by looking at it."""

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from stocktaking.kernel.reading import FileKind, Head, Reading
from stocktaking.web.forms.base import Part
from stocktaking.web.forms.imports import words

PLAIN = {"dir": "ltr", "autocomplete": "off", "spellcheck": "false"}
FOUND = ("", gettext_lazy("Found by looking at the file"))
DELIMITERS = [
    FOUND,
    (",", gettext_lazy("Comma ,")),
    (";", gettext_lazy("Semicolon ;")),
    ("\t", gettext_lazy("Tab")),
    ("|", gettext_lazy("Bar |")),
]
TEXT_KINDS = (FileKind.CSV, FileKind.JSONL)


def one_line(label: Any, most: int, hint: Any = "", *, plain: bool = True) -> forms.CharField:
    widget = forms.TextInput(PLAIN if plain else {"autocomplete": "off"})
    return forms.CharField(
        label=label, required=False, max_length=most, help_text=hint, widget=widget
    )


class ReadingForm(Part):
    """How the file is read; what a kind of file does not have is not asked."""

    sheet = forms.ChoiceField(label=gettext_lazy("Sheet"), required=False)
    header = forms.IntegerField(
        label=gettext_lazy("Row of the heads"),
        required=False,
        min_value=0,
        max_value=1_000_000,
        localize=False,
        help_text=gettext_lazy("Empty: found by looking at the file."),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "dir": "ltr"}),
    )
    record = one_line(
        gettext_lazy("Element that is one record"), 100, gettext_lazy("Such as iati-activity.")
    )
    delimiter = forms.ChoiceField(
        label=gettext_lazy("Cells are divided by"), required=False, choices=DELIMITERS
    )
    encodings = one_line(
        gettext_lazy("Encodings of the letters"),
        200,
        gettext_lazy("Tried in this order, such as: utf-8, cp1252. Empty: found by looking."),
    )
    mixed = forms.BooleanField(
        label=gettext_lazy("Rows of one file may have different encodings"), required=False
    )
    returns = forms.ChoiceField(
        label=gettext_lazy("A carriage return alone is"),
        required=False,
        choices=words.RETURN_NAMES,
    )
    html = forms.ChoiceField(
        label=gettext_lazy("HTML in cells"), required=False, choices=words.HTML_NAMES
    )
    mojibake = forms.ChoiceField(
        label=gettext_lazy("Letters that were read in a wrong encoding once"),
        required=False,
        choices=words.MOJIBAKE_NAMES,
    )
    empty = one_line(
        gettext_lazy("Words that mean that a cell is empty"),
        500,
        gettext_lazy("Divided by commas, such as: n/a, none, -"),
        plain=False,
    )

    def __init__(
        self, reading: Reading, head: Head | None, data: Any = None, **kwargs: Any
    ) -> None:
        initial = {
            "sheet": reading.sheet,
            "header": reading.header or "",
            "record": reading.record,
            "delimiter": reading.delimiter,
            "encodings": ", ".join(reading.encodings),
            "mixed": reading.mixed,
            "returns": reading.returns,
            "html": reading.html,
            "mojibake": reading.mojibake,
            "empty": ", ".join(reading.empty),
        }
        super().__init__(data, prefix="reading", initial=initial, **kwargs)
        self.reading = reading
        sheets = dict.fromkeys([*(head.sheets if head else ()), *filter(None, [reading.sheet])])
        self.offer("sheet", [FOUND, *((sheet, sheet) for sheet in sheets)])
        self._leave_out(head.kind if head else None)

    def _leave_out(self, kind: FileKind | None) -> None:
        fitting = {
            "sheet": kind is FileKind.XLSX,
            "header": kind in (FileKind.CSV, FileKind.XLSX),
            "record": kind is FileKind.XML,
            "delimiter": kind is FileKind.CSV,
            "returns": kind is FileKind.CSV,
            "encodings": kind in TEXT_KINDS,
            "mixed": kind in TEXT_KINDS,
        }
        for name, wanted in fitting.items():
            if kind is not None and not wanted:
                del self.fields[name]

    def stated(self) -> Reading:
        found: dict[str, Any] = {}
        for name in self.fields:
            typed = self.cleaned_data.get(name)
            if name in ("encodings", "empty"):
                found[name] = _list(typed)
            elif name == "mixed":
                found[name] = bool(typed)
            else:
                found[name] = typed or (0 if name == "header" else "")
        return replace(self.reading, **found)


def _list(typed: Any) -> tuple[str, ...]:
    return tuple(part.strip() for part in str(typed or "").split(",") if part.strip())
