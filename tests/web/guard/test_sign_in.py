"""Nobody guesses codes or addresses by the thousand, and nobody locks somebody else out."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories import accounts

from stocktaking.guards.operations import take
from stocktaking.guards.rules.networks import networks
from stocktaking.kernel import clock
from stocktaking.web.urls.account import TRIES, TRIES_EVERY

pytestmark = pytest.mark.django_db
HERE = networks("127.0.0.1").narrow


@pytest.mark.parametrize("name", ["account_login", "account_signup", "mfa_authenticate"])
def test_forms_on_the_way_in_are_limited_by_network(name, settings):
    settings.ACCOUNT_RATE_LIMITS = False  # those of the library aside
    url, client, ada = reverse(name), Client(), accounts.person()
    assert client.post(url, {}).status_code != 429
    # used up for an hour to come, however long this test takes
    ahead = clock.now() + dt.timedelta(hours=1)
    take(scope=name, key=HERE, most=TRIES, every=TRIES_EVERY, at=ahead)
    refused = client.post(url, {"login": ada.email})
    assert refused.status_code == 429
    assert int(refused["Retry-After"]) > 1
    assert client.get(url).status_code != 429
    # the limit is the sender's: whoever asks about the same account from elsewhere is let in
    assert client.post(url, {"login": ada.email}, REMOTE_ADDR="198.51.100.7").status_code != 429


def test_limit_of_the_library_is_answered_alike(client):
    url = reverse("account_login")
    told = [client.post(url, {"login": "x@example.org"}) for _ in range(40)]
    refused = [answer for answer in told if answer.status_code == 429]
    assert refused
    assert int(refused[0]["Retry-After"]) >= 1
    assert b"<h1>Too many tries</h1>" in refused[0].content
