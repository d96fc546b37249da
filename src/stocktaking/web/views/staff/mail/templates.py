"""The words of each kind of mail: read, changed per language, tried out, set back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from stocktaking.accounts.permissions import can
from stocktaking.accounts.rules.roles import Capability
from stocktaking.kernel import clock, languages
from stocktaking.kernel.errors import NotAllowed, RuleBroken
from stocktaking.kernel.languages import Language
from stocktaking.outbox import queries
from stocktaking.outbox.operations import (
    Words,
    compose_example,
    restore_template,
    revise_template,
    send_test,
    words_of,
)
from stocktaking.outbox.registry import KINDS, MailKind
from stocktaking.web.access import allow, person_of
from stocktaking.web.forms.mail import TemplateForm
from stocktaking.web.views.staff.frame import (
    CONFLICT,
    REFUSED,
    base_to_show,
    based_on,
    desk_page,
    status_of,
)
from stocktaking.web.views.staff.mail.words import CATEGORY
from stocktaking.web.views.staff.once import key_for, once

HERE = "staff_mail"


@allow(Capability.SEE_MAIL)
@require_safe
def template_list(request: HttpRequest) -> HttpResponse:
    found = [
        (
            row,
            CATEGORY[row.category],
            [(language, language.code in row.changed) for language in languages.LANGUAGES],
        )
        for row in queries.template_rows()
    ]
    return desk_page(request, "web/staff/mail/templates.html", HERE, {"found": found})


@allow(Capability.SEE_MAIL)
@require_http_methods(["GET", "HEAD", "POST"])
def template(request: HttpRequest, name: str, code: str) -> HttpResponse:
    kind, language = KINDS.get(name), languages.BY_CODE.get(code)
    if kind is None or language is None:
        raise Http404
    words = words_of(kind, code)
    person = person_of(request)
    form = TemplateForm(
        request.POST if request.method == "POST" else None,
        initial={
            "subject": words.subject,
            "body": words.body,
            "to": person.email if person else "",
        },
    )
    form.speak(language)
    if not form.is_bound:
        return _show(request, kind, language, words, form)
    if not can(person, Capability.MANAGE_MAIL):
        raise NotAllowed("not_allowed", _("You may not do this with your account."))
    act = request.POST.get("act", "save")
    if act == "preview":
        return _show(request, kind, language, words, form)
    form.is_valid()
    try:
        told = _change(request, kind, code, form, act)
    except RuleBroken as error:
        form.add_rule(error)
        return _show(request, kind, language, words, form, status=status_of(error))
    messages.success(request, told)
    if act == "test":  # what is typed is not saved yet
        return _show(request, kind, language, words, form, sent=True)
    return redirect("staff_mail_template", name, code)


def _change(request: HttpRequest, kind: MailKind, code: str, form: TemplateForm, act: str) -> str:
    """Does what the button says; gives what to tell."""
    by, at, base = person_of(request), clock.now(), based_on(request)
    typed = {name: form.cleaned_data.get(name, "") for name in ("subject", "body")}
    if act == "restore":
        restore_template(kind=kind.name, language=code, based_on=base, by=by, at=at)
        return _("The shipped text holds again.")
    if act == "test":
        to = form.cleaned_data.get("to", "")
        once(
            request,
            scope="staff_mail_test",
            content=(kind.name, code, to, typed),
            at=at,
            make=lambda: {
                "id": str(send_test(kind=kind.name, language=code, to=to, **typed, by=by, at=at).pk)
            },
        )
        return _("The test waits to be sent.")
    revise_template(kind=kind.name, language=code, **typed, based_on=base, by=by, at=at)
    return _("Saved.")


def _show(
    request: HttpRequest,
    kind: MailKind,
    language: Language,
    words: Words,
    form: TemplateForm,
    *,
    status: int = 200,
    sent: bool = False,
) -> HttpResponse:
    may_change = can(person_of(request), Capability.MANAGE_MAIL)
    if not may_change:
        form.read_only()
    subject, body = (str(form.typed(name) or "") for name in ("subject", "body"))
    preview = compose_example(kind.name, language.code, subject, body)
    context = {
        "kind": kind,
        "form": form,
        "own": words.lock > 0,
        "may_change": may_change,
        "language_of_text": language,
        "others": [one for one in languages.LANGUAGES if one != language],
        "places": kind.examples().items(),
        "preview": preview,
        "preview_html": mark_safe(preview.html),  # noqa: S308 - cleaned by ``render``
        "problems": list(form.problems()) if status in (REFUSED, CONFLICT) else [],
        "based_on": base_to_show(request, words.lock, status),
        "theirs": _theirs(words, form) if status == CONFLICT else [],
        "idempotency_key": "" if sent else key_for(request),
    }
    return desk_page(request, "web/staff/mail/template.html", HERE, context, status=status)


def _theirs(words: Words, form: TemplateForm) -> list[tuple[str, str, str]]:
    """Label, what was saved meanwhile, what was typed: only where the two differ."""
    rows = (
        (str(form["subject"].label), words.subject, str(form.typed("subject") or "")),
        (str(form["body"].label), words.body, str(form.typed("body") or "")),
    )
    return [row for row in rows if row[1] != row[2]]
