"""A new entry, and one that exists: one page, one form, one operation on saving."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from stocktaking.accounts.permissions import can
from stocktaking.accounts.rules.roles import Capability
from stocktaking.entries.models import Entry
from stocktaking.entries.operations import create_entry, revise_entry
from stocktaking.entries.queries import values_of
from stocktaking.entries.rules.values import EntryValues, TextValue
from stocktaking.entries.states import EntryState
from stocktaking.kernel import clock, languages
from stocktaking.kernel.errors import RuleBroken, StaleVersion
from stocktaking.web.access import allow, person_of
from stocktaking.web.forms.entry import EntryEditor, with_more
from stocktaking.web.views.staff.conflict import Conflict, conflicts
from stocktaking.web.views.staff.entry_context import editor_context, offered
from stocktaking.web.views.staff.entry_images import show_refused, store_uploads
from stocktaking.web.views.staff.entry_rearrange import rearrange
from stocktaking.web.views.staff.entry_suggesting import Offered, suggested_in
from stocktaking.web.views.staff.frame import CONFLICT, REFUSED, based_on, desk_page
from stocktaking.web.views.staff.once import key_for, once

TEMPLATE = "web/staff/entry_edit.html"


@dataclass(frozen=True)
class Subject:
    """What is edited: an entry at a version, or one that does not exist yet."""

    entry: Entry | None
    values: EntryValues
    based_on: int


@allow(Capability.EDIT_ENTRIES)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    language = languages.current().code
    blank = EntryValues(original_language=language, texts=(TextValue(language, ""),))
    return _edit(request, Subject(None, blank, 0))


@allow(Capability.EDIT_ENTRIES)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, number: int) -> HttpResponse:
    entry = Entry.objects.filter(number=number).first()
    if entry is None:
        raise Http404
    return _edit(request, Subject(entry, values_of(number), entry.version))


def _edit(request: HttpRequest, subject: Subject) -> HttpResponse:
    if request.method != "POST":
        editor = EntryEditor(initial=subject.values, offered=offered())
        return _show(request, subject, editor)
    data = request.POST.copy()
    by, at = person_of(request), clock.now()
    refused = store_uploads(request, data, by=by, at=at)
    act = data.get("act", "save")
    rearranged = rearrange(act, data, by=by, at=at)
    if rearranged is not None:
        editor = EntryEditor(rearranged.data, offered=offered(), quiet=True)
        show_refused(editor, refused)
        rearranged.tell(editor)
        status = REFUSED if refused or rearranged.broken else 200
        number = subject.entry.number if subject.entry else None
        offers = suggested_in(act, editor, number)
        return _show(request, subject, editor, status=status, found=rearranged.found, offers=offers)
    editor = EntryEditor(data, offered=offered())
    valid = editor.is_valid()
    show_refused(editor, refused)
    if not valid or refused:
        return _show(request, subject, editor, status=REFUSED)
    return _save(request, subject, editor, act)


def _save(request: HttpRequest, subject: Subject, editor: EntryEditor, act: str) -> HttpResponse:
    try:
        number, version = _write(request, subject, editor, act)
    except StaleVersion:
        return _conflict(request, subject, editor)
    except RuleBroken as error:
        editor.refuse(error)
        return _show(request, subject, editor, status=REFUSED)
    if act == "preview":
        return redirect("entry", number, Entry.objects.get(number=number).slug)
    messages.success(
        request,
        _("Entry %(number)s is published, version %(version)s.")
        % {"number": number, "version": version}
        if act == "publish"
        else _("Entry %(number)s is saved, version %(version)s.")
        % {"number": number, "version": version},
    )
    return redirect("staff_entry_edit", number)


def _write(
    request: HttpRequest, subject: Subject, editor: EntryEditor, act: str
) -> tuple[int, int]:
    """Number and version of what was saved."""
    by, at = person_of(request), clock.now()
    publish = act == "publish"
    if subject.entry is None:
        values = editor.values()
        answer = once(
            request,
            scope="staff_entry_new",
            content=(values, publish),
            at=at,
            make=lambda: {
                "number": create_entry(values=values, by=by, at=at, publish=publish).number
            },
        )
        return answer["number"], 1
    number = subject.entry.number
    entry = revise_entry(
        number=number,
        values=editor.values(subject.values),
        based_on=based_on(request),
        by=by,
        at=at,
        reason=editor.facts.cleaned_data["reason"],
        publish=publish,
    )
    return number, entry.version


def _conflict(request: HttpRequest, subject: Subject, editor: EntryEditor) -> HttpResponse:
    """Both texts; saving again from this page lets this person's text stand."""
    mine = editor.values(subject.values)
    both = conflicts(subject.values, mine, languages.current().code)
    data = with_more(editor.data or QueryDict(), based_on=subject.based_on)
    again = EntryEditor(data, offered=offered(), quiet=True)
    return _show(request, subject, again, status=CONFLICT, both=both)


def _show(
    request: HttpRequest,
    subject: Subject,
    editor: EntryEditor,
    *,
    status: int = 200,
    found: list[Any] | None = None,
    both: list[Conflict] | None = None,
    offers: Offered | None = None,
) -> HttpResponse:
    data = editor.data if editor.data is not None else QueryDict()
    person = person_of(request)
    entry = subject.entry
    state = entry.state if entry else None
    context = editor_context(editor) | {
        "problems": list(editor.problems()),
        "editor": editor,
        "entry": entry,
        "number": entry.number if entry else None,
        "published": state == EntryState.PUBLISHED,
        "withdrawn": state == EntryState.WITHDRAWN,
        "title": subject.values.original(),
        "based_on": data.get("based_on") or subject.based_on,
        "idempotency_key": key_for(request),
        "found_organisations": found,
        "conflicts": both,
        "offers": offers,
        "may_publish": can(person, Capability.PUBLISH_ENTRIES),
        "may_withdraw": can(person, Capability.WITHDRAW_ENTRIES),
    }
    return desk_page(request, TEMPLATE, "staff_entries", context, status=status)
