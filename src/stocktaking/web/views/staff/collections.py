"""Collections: their texts and their members."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from stocktaking.accounts.rules.roles import Capability
from stocktaking.entries.operations import appoint_curators, create_collection, revise_collection
from stocktaking.entries.queries import CollectionView, collection, collections, curators
from stocktaking.entries.queries.desk import desk_entries, desk_list
from stocktaking.kernel import clock, languages
from stocktaking.kernel.errors import RuleBroken
from stocktaking.web.access import allow, person_of
from stocktaking.web.forms.collection import CollectionForm, collection_initial
from stocktaking.web.views.staff.frame import REFUSED, base_to_show, based_on, desk_page, status_of
from stocktaking.web.views.staff.once import key_for, once

HERE = "staff_collections"


@allow(Capability.EDIT_COLLECTIONS)
@require_safe
def collection_list(request: HttpRequest) -> HttpResponse:
    found = collections(languages.current().code)
    return desk_page(request, "web/staff/collections.html", HERE, {"found": found})


@allow(Capability.EDIT_COLLECTIONS)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    form = CollectionForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        by, at = person_of(request), clock.now()
        slug, stated = form.cleaned_data["slug"], form.stated()
        people = form.cleaned_data["curators"]
        try:
            with transaction.atomic():
                once(
                    request,
                    scope="staff_collection_new",
                    content=(slug, stated, [person.pk for person in people]),
                    at=at,
                    make=lambda: {
                        "slug": create_collection(slug=slug, **stated, by=by, at=at).slug
                    },
                )
                appoint_curators(slug=slug, people=people, by=by, at=at)
        except RuleBroken as error:
            form.add_rule(error)
        else:
            messages.success(request, _("The collection exists. Entries join it in their editor."))
            return redirect("staff_collection_edit", slug)
    return _show(request, None, form)


@allow(Capability.EDIT_COLLECTIONS)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    view = collection(slug, languages.current().code)
    if view is None:
        raise Http404
    status = 200
    form = CollectionForm(
        request.POST if request.method == "POST" else None,
        initial=collection_initial(view, [person.email for person in curators(slug)]),
    )
    if form.is_bound and form.is_valid():
        try:
            with transaction.atomic():
                by, at = person_of(request), clock.now()
                revise_collection(
                    slug=slug,
                    **form.stated(),
                    state=form.state,
                    based_on=based_on(request),
                    by=by,
                    at=at,
                )
                people = form.cleaned_data["curators"]
                appoint_curators(slug=slug, people=people, by=by, at=at)
        except RuleBroken as error:
            form.add_rule(error)
            status = status_of(error)
        else:
            messages.success(request, _("Saved."))
            return redirect("staff_collection_edit", slug)
    return _show(request, view, form, status=status)


def _show(
    request: HttpRequest, view: CollectionView | None, form: CollectionForm, *, status: int = 200
) -> HttpResponse:
    if form.errors and status == 200:
        status = REFUSED
    context = {
        "collection": view,
        "form": form,
        "problems": list(form.problems()) if form.is_bound else [],
        "idempotency_key": key_for(request),
        "based_on": base_to_show(request, view.lock, status) if view else 0,
        "theirs": _theirs(view, form) if view and status == 409 else [],
        "members": desk_list(desk_entries(collection=view.slug), size=200) if view else None,
    }
    return desk_page(request, "web/staff/collection_edit.html", HERE, context, status=status)


def _theirs(view: CollectionView, form: CollectionForm) -> list[tuple[str, str, str]]:
    """Label, what was saved meanwhile, what was typed: only where the two differ."""
    saved = collection_initial(view)
    rows = []
    for language, *fields in form.by_language:
        for field in fields:
            theirs, yours = saved.get(field.name, ""), str(field.value() or "")
            if theirs != yours:
                rows.append((f"{language.name}: {field.label}", theirs, yours))
    return rows
