"""``allow``: who may enter a view."""

from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.core import context
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from tests.factories.accounts import browser, person

from stocktaking.accounts.rules.roles import GRANTS, STAFF_ROLES, Capability, Role, staff_only
from stocktaking.kernel.errors import NotAllowed
from stocktaking.web.access import allow, has_second_factor

pytestmark = pytest.mark.django_db


def request_of(who, *, second_factor=True, path="/en/staff/?page=2", method="get", key=None):
    request = getattr(RequestFactory(), method)(path)
    request.user = who or AnonymousUser()
    request.session = SessionStore(
        key or browser(who, second_factor=second_factor).session.session_key
    )
    return request


def view_for(capability, **options):
    @allow(capability, **options)
    def view(request):
        return HttpResponse("in")

    return view


def enters(view, request) -> bool:
    with context.request_context(request):
        return view(request).status_code == 200


@pytest.mark.parametrize("capability", Capability)
def test_allow_says_which_capability_a_view_needs(capability):
    assert view_for(capability).capability is capability


def test_allow_lets_everybody_read_without_looking_who_it_is():
    class Untouchable:
        def __getattr__(self, name):
            raise AssertionError("a page for everybody asked who it is")

    request = RequestFactory().get("/")
    request.user = request.session = Untouchable()
    assert view_for(Capability.READ)(request).content == b"in"


@pytest.mark.parametrize("capability", [c for c in Capability if c is not Capability.READ])
def test_allow_sends_a_visitor_to_sign_in_and_back(capability):
    answer = view_for(capability)(request_of(None))
    target = urlsplit(answer["Location"])
    assert (answer.status_code, target.path) == (302, "/en/account/sign-in/")
    assert parse_qs(target.query) == {"next": ["/en/staff/?page=2"]}
    assert "no-store" in answer["Cache-Control"]


def test_allow_comes_back_to_the_page_of_a_form_that_was_sent():
    answer = view_for(Capability.SEE_DESK)(request_of(None, method="post"))
    assert parse_qs(urlsplit(answer["Location"]).query) == {"next": ["/en/staff/"]}


@pytest.mark.parametrize("role", [r for r in Role if r is not Role.VISITOR])
def test_allow_follows_the_table(role):
    who = person() if role is Role.PERSON else person(role)
    for capability in Capability:
        view = view_for(capability)
        if capability in GRANTS[role]:
            assert enters(view, request_of(who))
        else:
            with pytest.raises(PermissionDenied):
                view(request_of(who))


def test_allow_hides_what_may_not_be_known():
    with pytest.raises(Http404):
        view_for(Capability.SEE_UNPUBLISHED, hide=True)(request_of(person()))


@pytest.mark.parametrize("capability", [c for c in Capability if staff_only(c)])
def test_allow_asks_staff_for_a_second_factor(capability):
    who = person(next(role for role in STAFF_ROLES if capability in GRANTS[role]))
    answer = view_for(capability)(request_of(who, second_factor=False))
    assert urlsplit(answer["Location"]).path == "/en/account/second-step/"
    assert enters(view_for(capability), request_of(who))


def test_allow_needs_no_second_factor_for_what_people_may():
    who = person(Role.MODERATOR)
    assert enters(view_for(Capability.HOLD_ACCOUNT), request_of(who, second_factor=False))


@pytest.mark.parametrize(("hide", "error"), [(False, PermissionDenied), (True, Http404)])
def test_allow_refuses_what_an_operation_refused(hide, error):
    @allow(Capability.READ, hide=hide)
    def view(request):
        raise NotAllowed("not_allowed", "No.")

    with pytest.raises(error):
        view(RequestFactory().get("/"))


def test_second_factor_of_another_person_does_not_count():
    first, second = person(Role.MODERATOR), person(Role.MODERATOR)
    request = request_of(second, key=browser(first).session.session_key)
    assert not has_second_factor(request)


@pytest.mark.parametrize(("demo", "counts"), [(True, True), (False, False)])
def test_second_factor_of_a_demo_link_counts_in_a_demo_only(settings, demo, counts):
    settings.DEMO = demo
    who = person(Role.MODERATOR)
    request = request_of(who, second_factor=False)
    request.session["account_authentication_methods"] = [
        {"method": "once", "at": 0, "second_factor": True}
    ]
    assert has_second_factor(request) is counts
