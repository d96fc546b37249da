"""Every address of the site, asked by everybody there is."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern
from django.utils import translation
from tests.factories import accounts
from tests.web.areas import AREAS
from tests.web.route import Route
from tests.web.routes import ROUTES

from stocktaking.accounts.models import Person
from stocktaking.accounts.rules.roles import GRANTS, STAFF_ROLES, Capability, Role, staff_only
from stocktaking.entries.operations import create_collection
from stocktaking.jobs import registry
from stocktaking.jobs.operations import start_job
from stocktaking.pages.operations import load_pages

SIGN_IN = "/en/account/sign-in/"
SECOND_STEP = "/en/account/second-step/"
NO_STORE = ("no-store", "private")


def patterns(
    found: list[URLPattern | URLResolver], before: str = ""
) -> Iterator[tuple[str, URLPattern]]:
    for pattern in found:
        prefix = isinstance(pattern.pattern, LocalePrefixPattern)
        here = before + ("<lang>/" if prefix else str(pattern.pattern))
        if isinstance(pattern, URLPattern):
            yield here, pattern
        else:
            yield from patterns(pattern.url_patterns, here)


def test_every_route_is_listed_with_the_capability_it_needs() -> None:
    with translation.override("en"):
        found = list(patterns(get_resolver().url_patterns))
    stated = {route: getattr(pattern.callback, "capability", None) for route, pattern in found}
    assert len(stated) == len(found), "two patterns for one address"
    assert stated == {route: needs.capability for route, needs in ROUTES.items()}


def test_every_capability_of_staff_has_a_route() -> None:
    opened = {needs.capability for needs in ROUTES.values()}
    assert {c for c in Capability if staff_only(c)} <= opened


@pytest.fixture
def world(register, settings) -> dict[str, object]:
    """One object of everything that an address may name."""
    entry = register.add("Village network", organisation=accounts.organisation("Health").pk)
    draft = register.add("Unpublished", publish=False)
    register.index()
    load_pages(by=None, at=accounts.AT)
    create_collection(slug="health", title={"en": "Health"}, by=None, at=accounts.AT)
    kind = next(iter(registry.KINDS))
    made: dict[str, object] = {
        "entry": entry.pk,
        "slug": entry.slug,
        "draft": draft.pk,
        "organisation": entry.organisation_id,
        "person": accounts.person().pk,
        "job": start_job(kind=kind, by=None, at=accounts.AT).pk,
    }
    for area in AREAS:
        made |= area.world(made)
    return made


def ask(client: Client, needs: Route, world: dict[str, object]) -> HttpResponse:
    """The answer; what the request changed is undone."""
    with translation.override("en"), transaction.atomic():
        answer = getattr(client, needs.method)(needs.example.format(**world))
        if answer.streaming:
            b"".join(answer.streaming_content)
        transaction.set_rollback(True)
    return answer


def leads_to(answer: HttpResponse, path: str) -> bool:
    target = urlsplit(answer.headers.get("Location", ""))
    return target.path == path and target.query.startswith("next=")


def verdict(answer: HttpResponse, needs: Route) -> str:
    if leads_to(answer, SIGN_IN):
        return "sign in"
    if leads_to(answer, SECOND_STEP):
        return "second step"
    if answer.status_code in needs.usual:
        return "in"
    return {403: "refused", 404: "refused"}.get(answer.status_code, str(answer.status_code))


def somebody(role: Role) -> Person | None:
    if role is Role.VISITOR:
        return None
    return accounts.person() if role is Role.PERSON else accounts.person(role)


@pytest.mark.parametrize("role", Role)
def test_every_route_lets_in_who_holds_its_capability(role, world) -> None:
    who = somebody(role)
    accounts.person(Role.ADMINISTRATOR)
    wrong = {}
    for route, needs in ROUTES.items():
        if needs.capability in GRANTS[role]:
            expected = "in"
        else:
            expected = "sign in" if who is None else "refused"
        told = verdict(ask(accounts.browser(who), needs, world), needs)
        if told != expected:
            wrong[route] = f"{told}, not {expected}"
    assert wrong == {}


@pytest.mark.parametrize("role", STAFF_ROLES)
def test_every_staff_route_asks_for_the_second_factor(role, world) -> None:
    who = somebody(role)
    wrong = {}
    for route, needs in ROUTES.items():
        if not staff_only(needs.capability) or needs.capability not in GRANTS[role]:
            continue
        for method in ("get", "post"):
            client = accounts.browser(who, second_factor=False)
            answer = ask(client, Route(needs.capability, needs.example, method), world)
            if not leads_to(answer, SECOND_STEP) and answer.status_code != 405:
                wrong[f"{method} {route}"] = answer.status_code
    assert wrong == {}


def test_no_route_takes_a_form_from_who_may_not_enter(world) -> None:
    wrong = {}
    for role in (Role.VISITOR, Role.PERSON, Role.ORGANISATION_EDITOR):
        who = somebody(role)
        for route, needs in ROUTES.items():
            if needs.capability in GRANTS[role]:
                continue
            sent = Route(needs.capability, needs.example, "post", usual=needs.usual)
            told = verdict(ask(accounts.browser(who), sent, world), sent)
            if told not in ("sign in", "refused", "405"):
                wrong[f"{role} {route}"] = told
    assert wrong == {}


def test_pages_of_people_and_staff_are_not_kept_by_anybody(world) -> None:
    client = accounts.browser(accounts.person(Role.ADMINISTRATOR))
    wrong = {}
    for route, needs in ROUTES.items():
        if needs.capability is Capability.READ or needs.method == "post":
            continue
        kept = ask(client, needs, world).headers.get("Cache-Control", "")
        if not any(word in kept for word in NO_STORE):
            wrong[route] = kept
    assert wrong == {}
