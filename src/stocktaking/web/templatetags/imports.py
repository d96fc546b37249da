"""What the pages of imports say. Loaded by ``{% load imports %}``."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from stocktaking.intake.operations.imports import words
from stocktaking.kernel import charts
from stocktaking.kernel.reading import FileKind, Note
from stocktaking.web.forms.imports.rows import Control
from stocktaking.web.forms.imports.words import Group

register = template.Library()
SELECTED = SafeString(" selected")


@register.filter
def told(note: Note | Mapping[str, Any]) -> str:
    """A note or fault in a sentence; its column is shown beside it."""
    if isinstance(note, Mapping):
        note = Note(str(note["code"]), str(note.get("column", "")), note.get("params") or {})
    return words.told(note)


@register.simple_tag
def becomes(groups: Sequence[Group], chosen: str) -> SafeString:
    """The choices of what a column becomes, drawn here because each column has all of them."""
    return format_html_join(
        "",
        '<optgroup label="{}">{}</optgroup>',
        (
            (
                group.title,
                format_html_join(
                    "",
                    '<option value="{}" data-f="{}"{}>{}</option>',
                    (
                        (
                            one.value,
                            one.family,
                            SELECTED if one.value == chosen else "",
                            one.title,
                        )
                        for one in group.choices
                    ),
                ),
            )
            for group in groups
        ),
    )


@register.simple_tag
def select(control: Control) -> SafeString:
    """The select of an option."""
    options = format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        (
            (value, SELECTED if value == control.value else "", title)
            for value, title in control.choices
        ),
    )
    return format_html(
        '<select name="{}" id="{}">{}</select>', control.name, control.anchor, options
    )


@register.filter
def target(rule: Any) -> str:
    """What a rule of a profile fills, in the words of the profile file."""
    for name in ("to", "scheme", "role", "kind", "system"):
        if value := getattr(rule, name, ""):
            return str(value)
    return type(rule).__name__


@register.filter
def at_place(kind: str, place: int) -> str:
    """Where a record stands in a file of this kind, as a person finds it there."""
    words = {FileKind.JSONL: _("Line %(place)s"), FileKind.XML: _("Record %(place)s")}
    found = words.get(FileKind(kind)) if kind in set(FileKind) else None
    return (found or _("Row %(place)s")) % {"place": charts.figure(place)}
