"""Collections as everybody sees them, and as their curators look after them."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from stocktaking.accounts.models import Person
from stocktaking.accounts.permissions import can
from stocktaking.accounts.rules.roles import Capability
from stocktaking.calls.queries import open_calls, standing
from stocktaking.entries.models import Collection
from stocktaking.entries.operations import invite_entry, leave_collection, take_back_invitation
from stocktaking.entries.permissions import can_curate
from stocktaking.entries.queries import collection, collections, of_collection
from stocktaking.entries.queries.desk import desk_entries, desk_list
from stocktaking.entries.queries.invitations import invitations_to
from stocktaking.entries.states import EntryState
from stocktaking.insight.queries import matrix, places
from stocktaking.kernel import languages
from stocktaking.kernel.errors import RuleBroken
from stocktaking.kernel.paging import Pager
from stocktaking.search.rules.values import Query
from stocktaking.web.access import allow, has_second_factor
from stocktaking.web.arrival import arrived_at
from stocktaking.web.caching import conditional, last_change
from stocktaking.web.forms.collection import InviteForm
from stocktaking.web.forms.search import number_in, number_sent
from stocktaking.web.plates import explore_link
from stocktaking.web.views.home import region_bars
from stocktaking.web.views.participation.frame import REFUSED, shown, signed_in
from stocktaking.web.views.staff.once import once

SHOWN = 20  # entries; the rest is a list of its own
SIZE = 50


def _mark(request: HttpRequest) -> object:
    """Every change; and calls that open or close, which is no change."""
    return last_change(request), standing(arrived_at(request))


@allow(Capability.READ)
@require_safe
@conditional(also=last_change)
def listing(request: HttpRequest) -> HttpResponse:
    """All collections."""
    found = collections(languages.current().code)
    context = {"section": "explore", "found": found}
    return render(request, "web/participation/collections.html", context)


@allow(Capability.READ)
@require_safe
@conditional(also=_mark)
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """One collection: what it is about, its open call, its entries, where they are."""
    here = languages.current().code
    found = collection(slug, here)
    if found is None:
        raise Http404
    query = Query(filters={"collection": (slug,)}, sort="newest")
    counted, where = matrix(query), places(query)
    filters = ("collection", slug)
    feed = explore_link(filters).replace(reverse("explore"), reverse("entries_list", args=["atom"]))
    context = {
        "section": "explore",
        "collection": found,
        "cards": of_collection(slug, here, limit=SHOWN),
        "total": found.entries,
        "counts": counted.counts if counted else {},
        "regions": region_bars(where),
        "calls": [
            one
            for one in open_calls(arrived_at(request))
            if slug == one.collection or one.slug == found.call
        ],
        "list_url": explore_link(filters),
        "feed_url": feed,
    }
    return render(request, "web/participation/collection.html", context)


@allow(Capability.HOLD_ACCOUNT)
@require_http_methods(["GET", "HEAD", "POST"])
def curate(request: HttpRequest, slug: str) -> HttpResponse:
    """Its entries and whom its curators have asked. Others do not learn that there is a page."""
    person = signed_in(request)
    row = Collection.objects.filter(slug=slug).first()
    if row is None or not _curates(request, person, row):
        raise Http404
    form, refusal = InviteForm(), ""
    if request.method == "POST":
        act = request.POST.get("act", "")
        form = InviteForm(request.POST if act == "invite" else None)
        try:
            done = _act(request, act, slug, person, form)
        except RuleBroken as error:
            done = ""
            if act == "invite":
                form.add_rule(error, fallback="number")
            else:
                refusal = str(error)
        if done:
            messages.success(request, done)
            return redirect("collection_curate", slug)
    return _curate_page(request, slug, form, refusal)


def _curates(request: HttpRequest, person: Person, row: Collection) -> bool:
    """A curator; or staff, who need their second factor."""
    if row.curators.filter(pk=person.pk).exists():
        return can_curate(person, row)
    return can(person, Capability.EDIT_COLLECTIONS) and has_second_factor(request)


def _act(request: HttpRequest, act: str, slug: str, person: Person, form: InviteForm) -> str:
    """What was done, in words; empty where nothing was."""
    at = arrived_at(request)
    number = number_sent(request, "number") or 0
    if act == "invite" and form.is_valid():
        stated = form.cleaned_data
        once(
            request,
            scope="collection_invite",
            content=(slug, sorted(stated.items())),
            at=at,
            make=lambda: {"id": invite_entry(slug=slug, **stated, by=person, at=at).pk},
        )
        return _("Those who act for the entry are asked by mail.")
    if act == "take_back":
        take_back_invitation(invitation_id=number, by=person, at=at)
        return _("The invitation is taken back.")
    if act == "remove":
        leave_collection(slug=slug, number=number, by=person, at=at)
        return _("The entry belongs to the collection no longer.")
    return ""


def _curate_page(request: HttpRequest, slug: str, form: InviteForm, refusal: str) -> HttpResponse:
    here = languages.current().code
    wanted = number_in(request, "page") or 1
    members = desk_list(
        desk_entries(collection=slug, state=EntryState.PUBLISHED), page=wanted, size=SIZE
    )
    base = reverse("collection_curate", args=[slug])
    context = {
        "section": "account",
        "collection": collection(slug, here),
        "form": form,
        "refusal": refusal,
        "invitations": invitations_to(slug, here),
        "members": members,
        "pager": Pager.of(
            page=wanted, total=members.total, size=SIZE, url=lambda n: f"{base}?page={n}"
        ),
    }
    status = REFUSED if refusal or form.errors else 200
    return shown(request, "curate.html", context, status=status)
