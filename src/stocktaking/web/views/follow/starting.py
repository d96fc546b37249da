"""Beginning to follow: a page that says what a mail would tell, and what the feed tells anybody."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from stocktaking.accounts.models import Person
from stocktaking.accounts.rules.roles import Capability
from stocktaking.follow import operations
from stocktaking.follow.models import Subscription
from stocktaking.follow.queries import followed_entry, followed_search
from stocktaking.follow.rules.saved import NAME_MAX, kept_form
from stocktaking.follow.states import Kind, Rhythm
from stocktaking.kernel import languages
from stocktaking.kernel.errors import RuleBroken
from stocktaking.search.queries import answer
from stocktaking.search.rules.parameters import Asked
from stocktaking.web import facets
from stocktaking.web.access import allow, person_of
from stocktaking.web.arrival import arrived_at
from stocktaking.web.chips import chips
from stocktaking.web.forms.follow import FollowForm
from stocktaking.web.guard import limited
from stocktaking.web.views.follow.frame import REFUSED, shown, sign_in_url, to_sign_in
from stocktaking.web.views.participation.frame import public_card
from stocktaking.web.views.staff.once import once
from stocktaking.web.whereabouts import listed

HOUR = dt.timedelta(hours=1)


@allow(Capability.READ)
@require_http_methods(["GET", "HEAD", "POST"])
@limited("follow", most=120, every=HOUR)
def search(request: HttpRequest) -> HttpResponseBase:
    """Follow the search that the parameters ask: the same as on explore."""
    known = facets.filters(request)
    question = facets.read(request, known)
    query, person = kept_form(question), person_of(request)
    if request.method == "POST" and person is None:
        return to_sign_in(request)
    base = reverse("explore")
    found = chips(question, base, known)
    name = _name(question, [chip.title for chip in found])
    form = FollowForm(
        request.POST if request.method == "POST" else None,
        kind=Kind.SEARCH,
        initial={"name": name, **_usual()},
    )
    status = 200
    if form.is_bound:
        begin = partial(operations.follow_search, query=query)
        done = _begin(request, form, query, person, begin)
        if done is not None:
            return done
        status = REFUSED
    context = {
        "form": form,
        "question": question,
        "found_name": name,
        "whole": not query,
        "total": answer(question.query).total,
        "explore_back": question.on_page(1).address(base),
        "feed_url": _plain(question).address(reverse("entries_list", args=["atom"])),
        "already": followed_search(person, query) if person and query else None,
        **_reader(request, person),
    }
    return shown(request, "search.html", context, status=status)


@allow(Capability.READ)
@require_http_methods(["GET", "HEAD", "POST"])
@limited("follow", most=120, every=HOUR)
def entry(request: HttpRequest, number: int) -> HttpResponseBase:
    """Follow one published entry."""
    card, person = public_card(number), person_of(request)
    if request.method == "POST" and person is None:
        return to_sign_in(request)
    form = FollowForm(
        request.POST if request.method == "POST" else None, kind=Kind.ENTRY, initial=_usual()
    )
    status = 200
    if form.is_bound:
        begin = partial(operations.follow_entry, number=number)
        done = _begin(request, form, number, person, begin)
        if done is not None:
            return done
        status = REFUSED
    context = {
        "form": form,
        "card": card,
        "feed_url": reverse("entry_feed", args=[card.number, card.slug]),
        "already": followed_entry(person, number) if person else None,
        **_reader(request, person),
    }
    return shown(request, "entry.html", context, status=status)


def _begin(
    request: HttpRequest,
    form: FollowForm,
    what: str | int,
    person: Person | None,
    begin: Callable[..., Subscription],
) -> HttpResponseBase | None:
    """Follow ``what``; None where the form says why not."""
    if person is None or not form.is_valid():
        return None
    stated, at = form.cleaned_data, arrived_at(request)
    try:
        done = once(
            request,
            scope="follow",
            content=(what, sorted(stated.items())),
            at=at,
            make=lambda: {"id": begin(**stated, by=person, at=at).pk},
        )
    except RuleBroken as refused:
        form.add_rule(refused)
        return None
    messages.success(request, _("You follow this now."))
    return redirect(f"{reverse('following')}#s{done['id']}")


def _reader(request: HttpRequest, person: Person | None) -> dict[str, Any]:
    return {
        "signed_in": person is not None,
        "mail_to": person.email if person else "",
        "sign_in_url": sign_in_url(request),
    }


def _usual() -> dict[str, str]:
    return {"rhythm": Rhythm.WEEKLY.value, "language": languages.current().code}


def _plain(question: Asked) -> Asked:
    return question.on_page(1).in_view("list")


def _name(question: Asked, titles: list[str]) -> str:
    """A name to begin with: the words and the filters, as they are called on the page."""
    words = [f"“{question.query.text}”"] if question.query.text else []
    return listed([*words, *titles])[:NAME_MAX]
