"""Limits at the doors, and the answer to whoever comes too often."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory
from tests.factories import accounts

from stocktaking.accounts.rules.roles import Capability
from stocktaking.guards.operations import TooMany
from stocktaking.web.access import allow
from stocktaking.web.guard import limited
from stocktaking.web.guard.limits import WIDE_SHARE

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


@allow(Capability.READ)
@limited("test", most=2, every=HOUR)
def view(request):
    return HttpResponse("in")


@allow(Capability.READ)
@limited("test network", most=2, every=HOUR, by="network")
def of_network(request):
    return HttpResponse("in")


def ask(method="post", *, address="203.0.113.7", who=None, to=view, **headers):
    request = getattr(RequestFactory(), method)("/en/about/", REMOTE_ADDR=address, headers=headers)
    request.user = who or AnonymousUser()
    request.arrived_at = accounts.AT
    return to(request)


def statuses(times, **how):
    return [ask(**how).status_code for _ in range(times)]


def test_limited_refuses_forms_and_says_when():
    assert statuses(3) == [200, 200, 429]
    refused = ask()
    assert refused["Retry-After"] == "1800"
    assert "no-store" in refused["Cache-Control"]
    page = refused.content.decode()
    assert "<h1>Too many tries</h1>" in page
    assert "Wait a few minutes" in page


def test_limited_never_counts_a_look():
    assert statuses(9, method="get") == [200] * 9
    assert statuses(9, method="head") == [200] * 9
    assert statuses(2) == [200, 200]
    assert ask("get").status_code == 200


@pytest.mark.parametrize("headers", [{"accept": "application/json"}, {"content-type": "text/json"}])
def test_limited_answers_a_script_in_json(headers):
    statuses(2)
    refused = ask(**headers)
    assert refused.status_code == 429
    assert refused["Content-Type"] == "application/problem+json"
    assert refused["Retry-After"] == "1800"
    assert b'"code": "too_many"' in refused.content


def test_limited_counts_a_person_wherever_they_are():
    ada, bo = accounts.person(), accounts.person()
    assert ask(who=ada, address="203.0.113.1").status_code == 200
    assert ask(who=ada, address="198.51.100.1").status_code == 200
    assert ask(who=ada, address="192.0.2.1").status_code == 429
    assert ask(who=bo, address="203.0.113.1").status_code == 200


def test_limited_by_network_counts_everybody_there():
    for _ in range(2):
        assert ask(who=accounts.person(), to=of_network).status_code == 200
    assert ask(who=accounts.person(), to=of_network).status_code == 429
    assert ask(to=of_network, address="198.51.100.1").status_code == 200


def test_limited_lets_a_campus_have_several_times_as_much():
    through = [
        ask(address=f"203.0.113.{host}").status_code == 200 for host in range(20) for _ in range(2)
    ]
    assert sum(through) == 2 * WIDE_SHARE
    assert ask(address="203.0.114.1").status_code == 200


def test_limited_sees_one_subscriber_of_many_addresses():
    first = [ask(address=f"2001:db8:1:2::{host:x}").status_code for host in range(3)]
    assert first == [200, 200, 429]


def test_limited_believes_our_own_proxies_alone(settings):
    assert statuses(3, **{"x-forwarded-for": "198.51.100.9"}) == [200, 200, 429]
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    behind = {"address": "203.0.113.7"}
    for host in range(6):
        made_up = {"x-forwarded-for": f"192.0.2.{host}, 198.51.100.9"}
        assert ask(**behind, **made_up).status_code == (200 if host < 2 else 429)


def test_limited_counts_requests_without_an_address_together():
    assert statuses(12, address="") == [200] * 2 * WIDE_SHARE + [429] * 2


def test_limited_answers_what_an_operation_refused():
    @limited("never reached", most=9, every=HOUR)
    def refusing(request):
        raise TooMany(7)

    answer = ask(to=refusing)
    assert (answer.status_code, answer["Retry-After"]) == (429, "7")
