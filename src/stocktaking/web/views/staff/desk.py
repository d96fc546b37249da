"""The desk: what waits for somebody, what happened last."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from stocktaking.accounts.models import Person
from stocktaking.accounts.queries import roles_of
from stocktaking.accounts.rules.roles import Capability, capabilities
from stocktaking.entries.queries.desk import desk_entries, desk_list
from stocktaking.entries.states import EntryState
from stocktaking.history.models import HistoryRecord
from stocktaking.history.queries import newest
from stocktaking.jobs import queries as jobs
from stocktaking.search.queries.standing import standing
from stocktaking.web.access import allow, person_of
from stocktaking.web.views.personal_desk import rows_for, viewer_of
from stocktaking.web.views.staff.frame import desk_page

WAITING_SHOWN = 10
DONE_SHOWN = 25
# where the page of a thing is that history names, and who may open it
PLACES = {
    "entries.entry": ("staff_entry_edit", Capability.EDIT_ENTRIES),
    "accounts.organisation": ("staff_organisation_edit", Capability.EDIT_ORGANISATIONS),
    "accounts.person": ("staff_person", Capability.GRANT_ROLES),
    "calls.reply": ("staff_reply", Capability.SEE_QUEUE),
    "jobs.job": ("staff_job", Capability.OPERATE),
    "intake.importbatch": ("staff_import", Capability.IMPORT_ENTRIES),
}


@dataclass(frozen=True)
class Done:
    """One line of history: who is a name, or empty for the system."""

    at: dt.datetime
    who: str
    verb: str
    what: str
    number: str
    url: str


@allow(Capability.SEE_DESK)
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    held = capabilities(roles_of(person_of(request)))
    waiting = desk_list(desk_entries(state=EntryState.UNPUBLISHED), size=WAITING_SHOWN)
    context = {
        **rows_for(viewer_of(request)),
        "waiting": waiting,
        "counts": waiting.counts,
        "done": _done(newest(DONE_SHOWN), held),
        "index": standing(),
        "open_jobs": [job for job in jobs.recent(20) if job.open],
        "may_operate": Capability.OPERATE in held,
    }
    return desk_page(request, "web/staff/desk.html", "desk", context)


def _done(records: Sequence[HistoryRecord], held: frozenset[Capability]) -> list[Done]:
    """History with names; one SQL query for all of them."""
    people = Person.objects.in_bulk({record.actor_id for record in records if record.actor_id})
    lines = []
    for record in records:
        kind = record.object_type
        name, needed = PLACES.get(kind, ("", Capability.READ))
        linked = name and needed in held and record.object_id.isdigit()
        lines.append(
            Done(
                at=record.at,
                who=str(people.get(record.actor_id or 0, "")),
                verb=record.verb,
                what=kind,
                number=record.object_id,
                url=reverse(name, args=[int(record.object_id)]) if linked else "",
            )
        )
    return lines
