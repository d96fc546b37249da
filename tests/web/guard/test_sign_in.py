"""Nobody guesses codes or addresses by the thousand, and nobody locks somebody else out."""

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories import accounts

from stocktaking.web.urls.account import TRIES

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["account_login", "account_signup"])
def test_forms_on_the_way_in_are_limited_by_network(name, settings):
    settings.ACCOUNT_RATE_LIMITS = False  # those of the library aside
    url, client = reverse(name), Client()
    told = [client.post(url, {"login": "x", "email": "x"}).status_code for _ in range(TRIES + 1)]
    assert told == [200] * TRIES + [429]
    refused = client.post(url, {})
    assert int(refused["Retry-After"]) >= 1
    assert client.get(url).status_code == 200
    ada = accounts.person()
    elsewhere = {"REMOTE_ADDR": "198.51.100.7"}
    assert client.post(url, {"login": ada.email}, **elsewhere).status_code != 429


def test_limit_of_the_library_is_answered_alike(client):
    url = reverse("account_login")
    told = [client.post(url, {"login": "x@example.org"}) for _ in range(40)]
    refused = [answer for answer in told if answer.status_code == 429]
    assert refused
    assert int(refused[0]["Retry-After"]) >= 1
    assert b"<h1>Too many tries</h1>" in refused[0].content
