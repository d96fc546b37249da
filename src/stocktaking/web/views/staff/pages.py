"""Texts of the site: written in Markdown, looked at, and set back to what is shipped."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from stocktaking.accounts.rules.roles import Capability
from stocktaking.kernel import clock, languages
from stocktaking.kernel.errors import RuleBroken
from stocktaking.pages.operations import revert_page, revise_page
from stocktaking.pages.queries import PageSource, html_of, page_rows, page_source
from stocktaking.web.access import allow, person_of
from stocktaking.web.forms.page import PageForm
from stocktaking.web.views.staff.frame import (
    CONFLICT,
    REFUSED,
    base_to_show,
    based_on,
    desk_page,
    status_of,
)

HERE = "staff_pages"


@allow(Capability.EDIT_PAGES)
@require_safe
def page_list(request: HttpRequest) -> HttpResponse:
    context = {
        "found": [
            (
                row,
                [
                    (language, language.code in row.languages, language.code in row.changed)
                    for language in languages.LANGUAGES
                ],
            )
            for row in page_rows(languages.current().code)
        ]
    }
    return desk_page(request, "web/staff/pages.html", HERE, context)


@allow(Capability.EDIT_PAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    source = page_source(slug, code) if code in languages.BY_CODE else None
    if source is None:
        raise Http404
    form = PageForm(
        request.POST if request.method == "POST" else None,
        initial={"title": source.title, "body": source.body},
    )
    form.speak(languages.BY_CODE[code])
    if not form.is_bound:
        return _show(request, source, form)
    act = request.POST.get("act", "save")
    if act == "preview":
        return _show(request, source, form, preview=True)
    if act != "revert" and not form.is_valid():
        return _show(request, source, form, status=REFUSED)
    try:
        _change(request, source, form, act)
    except RuleBroken as error:
        form.is_valid()
        form.add_rule(error)
        return _show(request, source, form, status=status_of(error))
    messages.success(
        request, _("The shipped text holds again.") if act == "revert" else _("Saved.")
    )
    return redirect("staff_page_edit", slug, code)


def _change(request: HttpRequest, source: PageSource, form: PageForm, act: str) -> None:
    by, at, base = person_of(request), clock.now(), based_on(request)
    if act == "revert":
        revert_page(slug=source.slug, language=source.language, based_on=base, by=by, at=at)
        return
    revise_page(
        slug=source.slug,
        language=source.language,
        title=form.cleaned_data["title"],
        body=form.cleaned_data["body"],
        based_on=base,
        by=by,
        at=at,
    )


def _show(
    request: HttpRequest,
    source: PageSource,
    form: PageForm,
    *,
    status: int = 200,
    preview: bool = False,
) -> HttpResponse:
    context = {
        "source": source,
        "form": form,
        "language_of_text": languages.BY_CODE[source.language],
        "others": [one for one in languages.LANGUAGES if one.code != source.language],
        "problems": list(form.problems()) if form.is_bound and not preview else [],
        "based_on": base_to_show(request, source.lock, status),
        "theirs": _theirs(source, form) if status == CONFLICT else [],
        "preview": html_of(str(form.typed("body") or ""), source.language) if preview else None,
        "preview_title": form.typed("title") if preview else "",
    }
    return desk_page(request, "web/staff/page_edit.html", HERE, context, status=status)


def _theirs(source: PageSource, form: PageForm) -> list[tuple[str, str, str]]:
    """Label, what was saved meanwhile, what was typed: only where the two differ."""
    rows = (
        (str(form["title"].label), source.title, str(form.typed("title") or "")),
        (str(form["body"].label), source.body, str(form.typed("body") or "")),
    )
    return [row for row in rows if row[1] != row[2]]
