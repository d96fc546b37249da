"""Buttons of the editor that show the form again with something more in it."""

import datetime as dt
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.translation import gettext as _

from stocktaking.accounts.models import Person
from stocktaking.accounts.operations import register_organisation
from stocktaking.accounts.queries import OrganisationView, organisations
from stocktaking.entries.rules.tidy import language_tag
from stocktaking.kernel.errors import RuleBroken
from stocktaking.web.forms.entry import EntryEditor, with_more, with_row
from stocktaking.web.forms.entry_rows import ROWS
from stocktaking.web.views.staff.entry_suggesting import SUGGEST

NAMES = {"name": "new_organisation", "country": "new_organisation_country"}


@dataclass
class Rearranged:
    """The form's content after the button; ``found`` are organisations to choose from."""

    data: QueryDict
    found: list[OrganisationView] | None = None
    broken: list[tuple[str, str]] = field(default_factory=list)  # field of the facts, message

    def tell(self, editor: EntryEditor) -> None:
        for name, message in self.broken:
            editor.facts.add_error(name, message)


def rearrange(
    act: str, data: QueryDict, *, by: Person | None, at: dt.datetime
) -> Rearranged | None:
    """What the button ``act`` asks for; None where it is a button that saves."""
    if act.startswith("add_") and act.removeprefix("add_") in ROWS:
        return Rearranged(with_row(data, act.removeprefix("add_")))
    if act == "add_text":
        return _add_language(data)
    if act == "find_organisation":
        return _find(data)
    if act == "create_organisation":
        return _create(data, by, at)
    if act in ("upload", "add_country", SUGGEST):
        return Rearranged(data)
    return None


def _add_language(data: QueryDict) -> Rearranged:
    code = language_tag(data.get("more_language_code") or data.get("more_language") or "")
    more = with_row(data, "texts", language=code)
    return Rearranged(with_more(more, more_language_code=None, more_language=None))


def _find(data: QueryDict) -> Rearranged:
    text = data.get("organisation_name", "").strip()
    if not text:
        asked = [("organisation_name", _("Write part of the name first."))]
        return Rearranged(data, broken=asked)
    return Rearranged(data, found=organisations(text, size=20)[0])


def _create(data: QueryDict, by: Person | None, at: dt.datetime) -> Rearranged:
    """Register the organisation (or find it, where it is there) and choose it."""
    try:
        organisation = register_organisation(
            name=data.get("new_organisation", ""),
            country=data.get("new_organisation_country") or None,
            type=data.get("new_organisation_type") or None,
            by=by,
            at=at,
        )
    except RuleBroken as error:
        name = NAMES.get(error.field or "", "new_organisation")
        return Rearranged(data, broken=[(name, str(error))])
    blank = dict.fromkeys([*NAMES.values(), "new_organisation_type"])
    return Rearranged(with_more(data, organisation=organisation.number, **blank))
