"""Letters of a call: written, looked at as a reader gets them, sent."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stocktaking.accounts.rules.roles import Capability
from stocktaking.calls.models import Call, Letter
from stocktaking.calls.operations import (
    delete_letter,
    draft_letter,
    revise_letter,
    send_letter,
    try_letter,
    unschedule_letter,
)
from stocktaking.calls.operations.letters import due_at
from stocktaking.calls.queries import tell
from stocktaking.calls.queries.letters import readers_of
from stocktaking.calls.rules.letters import PLACEHOLDERS
from stocktaking.calls.states import LetterState
from stocktaking.jobs import queries as jobs
from stocktaking.kernel import clock, languages
from stocktaking.kernel.errors import RuleBroken
from stocktaking.outbox.rules.placeholders import fill_line
from stocktaking.reference.queries.catalogue import pick
from stocktaking.web.access import allow, person_of
from stocktaking.web.forms.letter import LetterForm, SendForm, letter_initial
from stocktaking.web.views.staff.calls.found import call_or_404, call_page
from stocktaking.web.views.staff.calls.sample import sample_of
from stocktaking.web.views.staff.frame import REFUSED, base_to_show, based_on, status_of
from stocktaking.web.views.staff.once import key_for, once

UNSENT = (LetterState.DRAFT, LetterState.SCHEDULED)


@allow(Capability.MANAGE_CALLS)
@require_safe
def letters(request: HttpRequest, slug: str) -> HttpResponse:
    call = call_or_404(slug)
    rows = [_row(call, one) for one in call.letters.prefetch_related("texts", "groups")]
    return call_page(request, "letters", call, "letters", {"rows": rows})


@allow(Capability.MANAGE_CALLS)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    call = call_or_404(slug)
    form = LetterForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        by, at, values = person_of(request), clock.now(), form.values()
        try:
            made = once(
                request,
                scope="staff_letter_new",
                content=(call.pk, values),
                at=at,
                make=lambda: {"id": draft_letter(call=call, values=values, by=by, at=at).pk},
            )
        except RuleBroken as error:
            form.add_rule(error)
        else:
            messages.success(request, _("The letter is kept. It is not sent yet."))
            return redirect("staff_letter", slug, made["id"])
    context = {**_form(form), "idempotency_key": key_for(request), "letter": None}
    status = REFUSED if form.errors else 200
    return call_page(request, "letter", call, "letters", context, status=status)


@allow(Capability.MANAGE_CALLS)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    call = call_or_404(slug)
    letter, status = letter_or_404(call, number), 200
    form = LetterForm(
        request.POST if request.method == "POST" else None, initial=letter_initial(letter)
    )
    if form.is_bound and form.is_valid():
        try:
            revise_letter(
                letter=letter,
                values=form.values(),
                based_on=based_on(request),
                by=person_of(request),
                at=clock.now(),
            )
        except RuleBroken as error:
            form.add_rule(error)
            status = status_of(error)
        else:
            messages.success(request, _("Saved."))
            return redirect("staff_letter", slug, number)
    if form.errors and status == 200:
        status = REFUSED
    context = {
        **_form(form),
        "letter": letter,
        "row": _row(call, letter),
        "based_on": base_to_show(request, letter.lock, status),
    }
    return call_page(request, "letter", call, "letters", context, status=status)


@allow(Capability.MANAGE_CALLS)
@require_safe
def preview(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One mail exactly as one reader gets it: ``language``, and the place among the readers."""
    call = call_or_404(slug)
    letter = letter_or_404(call, number)
    context = {
        "letter": letter,
        "sample": sample_of(
            letter,
            language=request.GET.get("language", ""),
            place=request.GET.get("reader", ""),
            at=clock.now(),
        ),
    }
    return call_page(request, "letter_preview", call, "letters", context)


@allow(Capability.MANAGE_CALLS)
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Asks once more: how many get it, in which languages, now or when."""
    call = call_or_404(slug)
    letter = letter_or_404(call, number)
    form = SendForm(request.POST if request.method == "POST" else None, call=call)
    if form.is_bound and form.is_valid():
        try:
            sent = send_letter(
                letter=letter,
                send_at=form.cleaned_data["send_at"],
                by=person_of(request),
                at=clock.now(),
            )
        except RuleBroken as error:
            form.add_rule(error)
        else:
            waits = sent.state == LetterState.SCHEDULED
            words = (
                _("The letter waits for its moment.") if waits else _("The letter is going out.")
            )
            messages.success(request, words)
            return redirect("staff_letters", slug)
    readers = readers_of(letter)
    context = {
        "form": form,
        "problems": list(form.problems()) if form.is_bound else [],
        "letter": letter,
        "row": _row(call, letter),
        "readers": len(readers),
        "spoken": _spoken(letter, [reader.language for reader in readers]),
    }
    status = REFUSED if form.errors else 200
    return call_page(request, "letter_send", call, "letters", context, status=status)


@allow(Capability.MANAGE_CALLS)
@require_POST
def act(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Try it out on oneself, hold it back, delete it."""
    call = call_or_404(slug)
    letter, by, at = letter_or_404(call, number), person_of(request), clock.now()
    what = request.POST.get("act", "")
    try:
        if what == "test" and by is not None:
            language = request.POST.get("language", languages.current().code)
            try_letter(letter=letter, language=language, by=by, at=at)
            messages.success(request, _("The letter goes to your own address."))
        elif what == "hold":
            unschedule_letter(letter=letter, by=by, at=at)
            messages.success(request, _("The letter is held back."))
        elif what == "delete":
            delete_letter(letter=letter, by=by, at=at)
            messages.success(request, _("The letter is deleted."))
            return redirect("staff_letters", slug)
    except RuleBroken as error:
        messages.error(request, str(error))
    return redirect("staff_letter", slug, number)


def letter_or_404(call: Call, number: int) -> Letter:
    found = call.letters.prefetch_related("texts", "groups").filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def _form(form: LetterForm) -> dict[str, Any]:
    return {
        "form": form,
        "problems": list(form.problems()) if form.is_bound else [],
        "placeholders": [f"{{{name}}}" for name in PLACEHOLDERS],
    }


def _row(call: Call, letter: Letter) -> dict[str, Any]:
    """A letter in a list: its subject, languages, how many get it, how far it is."""
    texts = {text.language: text for text in letter.texts.all()}
    best = next((c for c in languages.fallbacks(languages.current().code) if c in texts), "")
    due = due_at(letter) if letter.state == LetterState.SCHEDULED else None
    return {
        "letter": letter,
        "subject": fill_line(texts[best].subject, {"call": pick(call.title, best)}) if best else "",
        "languages": [one.name for one in languages.LANGUAGES if one.code in texts],
        "readers": len(readers_of(letter)),
        "due": tell(due, call, end=False) if due else None,
        "job": jobs.job(letter.job_id) if letter.job_id else None,
        "unsent": letter.state in UNSENT,
    }


def _spoken(letter: Letter, wanted: list[str]) -> list[tuple[str, int, str]]:
    """Language of the readers, how many there are, and in which they get it instead."""
    written = {text.language for text in letter.texts.all()}
    found = []
    for language in languages.LANGUAGES:
        count = wanted.count(language.code)
        if count and written:
            got = next((c for c in languages.fallbacks(language.code) if c in written), "")
            other = "" if got == language.code else languages.BY_CODE[got].name
            found.append((language.name, count, other))
    return found
