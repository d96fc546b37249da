"""The list of entries in every state."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from stocktaking.accounts.rules.roles import Capability
from stocktaking.entries.queries.desk import (
    collection_choices,
    desk_entries,
    desk_list,
    source_choices,
)
from stocktaking.entries.states import EntryState
from stocktaking.kernel.paging import Pager
from stocktaking.web import sheets
from stocktaking.web.access import allow
from stocktaking.web.forms.base import LANGUAGE_CHOICES
from stocktaking.web.forms.search import number_in, text_in
from stocktaking.web.views.staff.frame import desk_page

SIZE = 50
STATES = [
    ("", _("All")),
    (EntryState.UNPUBLISHED.value, _("Unpublished")),
    (EntryState.PUBLISHED.value, _("Published")),
    (EntryState.WITHDRAWN.value, _("Withdrawn")),
]


@allow(Capability.SEE_UNPUBLISHED)
@require_safe
def entries(request: HttpRequest) -> HttpResponse:
    asked = asked_for(request)
    page = number_in(request, "page") or 1
    found = desk_list(desk_entries(**fitting(asked)), page=page, size=SIZE)

    def url(number: int = 1, *, view: str = "staff_entries", form: str = "", **other: str) -> str:
        kept = {name: value for name, value in {**asked, **other}.items() if value}
        query = urlencode(kept | ({"page": number} if number > 1 else {}))
        return reverse(view, args=[form] if form else None) + (f"?{query}" if query else "")

    return desk_page(
        request,
        "web/staff/entries.html",
        "staff_entries",
        {
            "found": found,
            "asked": asked,
            "filtered": any(value for name, value in asked.items() if name != "state"),
            "tabs": [
                (label, url(state=value), value == asked["state"], _count(found.counts, value))
                for value, label in STATES
            ],
            "languages_offered": LANGUAGE_CHOICES,
            "collections": collection_choices(),
            "sources": source_choices(),
            "edit_tables": sheets.edit_tables(
                request, lambda form: url(view="edit_table", form=form)
            ),
            "pager": Pager.of(page=page, total=found.total, size=SIZE, url=url),
        },
    )


def asked_for(request: HttpRequest) -> dict[str, str]:
    """The parameters of the list; what is not understood is empty."""
    return {
        "q": text_in(request, "q"),
        "state": _one_of(text_in(request, "state"), {value for value, _label in STATES}),
        "language": text_in(request, "language"),
        "collection": text_in(request, "collection"),
        "source": text_in(request, "source"),
        "organisation": str(number_in(request, "organisation") or ""),
    }


def fitting(asked: dict[str, str]) -> dict[str, Any]:
    """What these parameters ask of the entries."""
    return {
        "state": EntryState(asked["state"]) if asked["state"] else None,
        "text": asked["q"],
        "language": asked["language"],
        "collection": asked["collection"],
        "source": asked["source"],
        "organisation": int(asked["organisation"]) if asked["organisation"] else None,
    }


def _count(counts: dict[EntryState, int], state: str) -> int:
    return counts[EntryState(state)] if state else sum(counts.values())


def _one_of(value: str, known: set[str]) -> str:
    return value if value in known else ""
