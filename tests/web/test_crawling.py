"""Machines that walk through all combinations are slowed down, nobody else."""

import re

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from tests.factories import accounts

from stocktaking.guards.operations.pacing import keyed
from stocktaking.web.crawling import is_deep, robots_txt

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
MOST = 5


@pytest.fixture
def net(register, settings):
    """A register, five deep pages a minute, and nothing counted so far."""
    register.add("Village net")
    register.index()
    settings.DEEP_PAGES_PER_MINUTE = MOST
    for name in ("paces", "pages", "deep"):
        caches[name].clear()
    yield register
    caches["paces"].clear()


def deep(number: int) -> str:
    return f"/en/entries/?year-from={1900 + number}&sort=title&view=table"


def visit(address: str, of: str = "192.0.2.1", **more):
    return Client(REMOTE_ADDR=of).get(address, **more)


def test_the_sixth_different_page_of_a_minute_has_to_wait(net):
    assert [visit(deep(n)).status_code for n in range(MOST)] == [200] * MOST
    refused = visit(deep(99))
    assert refused.status_code == 429
    assert 1 <= int(refused["Retry-After"]) <= 60
    assert "no-store" in refused["Cache-Control"]
    # what was seen already stays open, in whatever order its parameters stand
    assert visit("/en/entries/?view=table&sort=title&year-from=1900").status_code == 200
    # and so does everything that is not deep
    assert visit("/en/entries/?sort=title&view=table").status_code == 200
    assert visit("/en/").status_code == 200


def test_another_network_is_not_kept_waiting(net):
    for n in range(MOST + 1):
        visit(deep(n))
    assert visit(deep(0), of="198.51.100.7").status_code == 200
    assert visit(deep(0), of="2001:db8::1").status_code == 200


def test_addresses_of_one_rack_have_five_times_as_many(net):
    found = [visit(deep(n), of=f"203.0.113.{n // 2}").status_code for n in range(5 * MOST + 1)]
    assert found == [200] * 5 * MOST + [429]
    # who comes for the first time is no less welcome for what the neighbours did
    assert visit(deep(90), of="203.0.113.200").status_code == 200
    assert visit(deep(91), of="203.0.113.200").status_code == 429


def test_what_the_rack_is_refused_takes_no_place_of_the_address(net):
    for n in range(5 * MOST):
        visit(deep(n), of=f"203.0.113.{n // 2}")
    assert [visit(deep(80 + n), of="203.0.113.0").status_code for n in range(9)] == [429] * 9
    seen = caches["paces"].get(f"deep:{keyed('203.0.113.0/32')}")
    assert len(seen) == 2


def test_somebody_signed_in_never_waits(net):
    client = Client(REMOTE_ADDR="192.0.2.9")
    client.force_login(accounts.person(), backend=BACKEND)
    assert {client.get(deep(n)).status_code for n in range(3 * MOST)} == {200}


def test_a_cookie_that_anybody_can_write_lets_nobody_through(net):
    client = Client(REMOTE_ADDR="192.0.2.10")
    client.cookies["session"] = "x" * 32
    assert [client.get(deep(n)).status_code for n in range(MOST + 1)][-1] == 429


@pytest.mark.parametrize(
    "of", ["127.0.0.1", "::1", "10.1.2.3", "::ffff:192.168.0.9", "fd00::1", "100.64.0.7", ""]
)
def test_behind_a_proxy_that_was_not_declared_nobody_waits_for_all(net, of):
    assert {visit(deep(n), of=of).status_code for n in range(6 * MOST)} == {200}


def test_forms_are_not_counted_here(net):
    assert {visit(deep(n), of="192.0.2.11").status_code for n in range(MOST)} == {200}
    client = Client(REMOTE_ADDR="192.0.2.11")
    assert client.get(deep(99)).status_code == 429
    assert client.post(deep(99)).status_code == 405


def test_more_parameters_than_anybody_chooses_hide_nothing(net):
    many = "&".join(["sort=title"] * 400)
    pages = [f"/en/entries/?{many}&year-from={1900 + n}" for n in range(MOST + 1)]
    assert [visit(page, of="192.0.2.15").status_code for page in pages] == [200] * MOST + [429]


@pytest.mark.parametrize("name", ["q", "%71", "+q", "q%20", "view=list&%71"])
def test_words_are_words_however_their_name_is_written(net, name):
    pages = [f"/en/entries/?{name}=net{n}" for n in range(MOST + 1)]
    assert b"net0" in visit(pages[0], of="192.0.2.16").content
    assert visit(pages[0], of="192.0.2.17").status_code == 200
    assert [visit(page, of="192.0.2.18").status_code for page in pages] == [200] * MOST + [429]


def test_whoever_asks_for_json_is_told_so(net):
    for n in range(MOST):
        visit(deep(n), of="192.0.2.12")
    refused = visit(deep(99), of="192.0.2.12", headers={"accept": "application/json"})
    assert refused.status_code == 429
    assert refused.json()["code"] == "too_many"


def test_an_operator_can_switch_it_off(net, settings):
    settings.DEEP_PAGES_PER_MINUTE = 0
    assert {visit(deep(n), of="192.0.2.13").status_code for n in range(3 * MOST)} == {200}


def test_a_minute_later_it_goes_on(net, monkeypatch):
    from stocktaking.kernel import clock  # noqa: PLC0415

    now = clock.stamp()
    monkeypatch.setattr(clock, "stamp", lambda: now)
    found = [visit(deep(n), of="192.0.2.14").status_code for n in range(MOST + 1)]
    assert found[-1] == 429
    now = now.replace(year=now.year + 1)
    assert visit(deep(99), of="192.0.2.14").status_code == 200


def test_nothing_is_written_for_a_look(net):
    with CaptureQueriesContext(connection) as asked:
        visit(deep(1))
    assert asked.captured_queries
    assert all(one["sql"].startswith("SELECT") for one in asked.captured_queries)


def test_a_walk_through_combinations_pushes_out_no_page_that_people_read(net, settings):
    settings.DEEP_PAGES_PER_MINUTE = 0
    visit("/en/")
    visit(deep(1))
    assert len(caches["pages"]._cache) == 1
    assert len(caches["deep"]._cache) == 1


def disallowed(address: str) -> bool:
    """What RFC 9309 makes of our robots.txt: ``*`` is any text, a rule is a beginning."""
    rules = re.findall(r"^Disallow: (.+)$", robots_txt("https://example.org"), re.MULTILINE)
    patterns = (".*".join(map(re.escape, rule.split("*"))) for rule in rules)
    return any(re.match(pattern, address) for pattern in patterns)


queries = st.lists(st.text("abq=/-", max_size=5), max_size=5).map("&".join)
paths = st.sampled_from(["/en/", "/en/entries/", "/fr/matrix/", "/ar/trends/subjects/", "/", "/x"])


@given(paths, queries)
def test_whoever_keeps_to_robots_is_never_counted(path, query):
    class Asked:
        META = {"QUERY_STRING": query}

    Asked.path = path
    if is_deep(Asked):
        assert disallowed(f"{path}?{query}")


@pytest.mark.parametrize(
    "address",
    [
        "/en/",
        "/en/entries/",
        "/en/entries/?line=C7&goal=3",
        "/ar/entries/12-network/",
        "/fr/trends/subjects/",
        "/zh/collections/covid-19/",
        "/en/calls/yearly/",
        "/sitemap.xml",
    ],
)
def test_public_pages_may_be_crawled(address):
    assert not disallowed(address)


@pytest.mark.parametrize(
    "address",
    [
        "/en/account/",
        "/ar/staff/entries/",
        "/en/entries/?q=water",
        "/en/entries/?line=C7&q=water",
        "/en/entries/?line=C7&goal=3&country=KE",
        "/en/entries/12/contact/",
        "/qr.svg?to=/e/12",
    ],
)
def test_forms_and_endless_combinations_may_not(address):
    assert disallowed(address)
