"""Two organisers changed one draft: what was saved meanwhile beside what was typed."""

from typing import Any

from stocktaking.web.forms.base import Part
from stocktaking.web.views.staff.frame import CONFLICT


def theirs(mine: Part, saved: Part, status: int) -> list[tuple[Any, str, str]]:
    """Label, what stands there now, what was typed: where the two differ, after a clash only."""
    if status != CONFLICT:
        return []
    rows = []
    for name, field in mine.fields.items():
        if name not in saved.fields:
            continue
        now, typed = _text(saved.typed(name)), _text(mine.typed(name))
        if now != typed:
            language = field.widget.attrs.get("lang")
            rows.append((f"{field.label} ({language})" if language else field.label, now, typed))
    return rows


def _text(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    if value is True or value == "on":
        return "✓"
    return "" if value in (None, False) else str(value)
