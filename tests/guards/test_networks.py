"""Whose address it is, and what network it belongs to."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stocktaking.guards.rules.networks import Networks, client_address, is_inside, networks


@pytest.mark.parametrize(
    ("address", "narrow", "wide"),
    [
        ("203.0.113.77", "203.0.113.77/32", "203.0.113.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64", "2001:db8:1::/48"),
        ("::ffff:203.0.113.77", "203.0.113.77/32", "203.0.113.0/24"),
        ("fe80::1%eth0", "fe80::/64", "fe80::/48"),
        (" 203.0.113.77 ", "203.0.113.77/32", "203.0.113.0/24"),
    ],
)
def test_networks_are_what_one_subscriber_and_one_organisation_hold(address, narrow, wide):
    assert networks(address) == Networks(narrow, wide)


@given(st.ip_addresses())
def test_networks_hold_their_address(address):
    found = networks(str(address))
    inside = getattr(address, "ipv4_mapped", None) or address
    assert inside in ipaddress.ip_network(found.narrow)
    assert ipaddress.ip_network(found.narrow).subnet_of(ipaddress.ip_network(found.wide))


@given(st.text(max_size=60))
def test_networks_of_anything_never_fail(text):
    found = networks(text)
    assert found is None or "/" in found.narrow


@pytest.mark.parametrize("text", ["", "unix:", "999.1.1.1", "example.org"])
def test_networks_of_no_address_are_none(text):
    assert networks(text) is None


@pytest.mark.parametrize(
    ("forwarded", "proxies", "client"),
    [
        ("", 0, "peer"),
        ("1.1.1.1", 0, "peer"),  # nobody vouches for it
        ("1.1.1.1", 1, "1.1.1.1"),
        ("9.9.9.9, 1.1.1.1", 1, "1.1.1.1"),  # the first one was made up by the client
        ("9.9.9.9, 1.1.1.1, 10.0.0.2", 2, "1.1.1.1"),
        ("1.1.1.1", 2, "peer"),  # did not come through both
        ("", 1, "peer"),
        ("1.1.1.1:4711", 1, "1.1.1.1"),
        ("[2001:db8::1]:4711", 1, "2001:db8::1"),
        ("2001:db8::1", 1, "2001:db8::1"),
    ],
)
def test_client_address_believes_our_own_proxies_alone(forwarded, proxies, client):
    assert client_address(forwarded, "peer", proxies) == client


@pytest.mark.parametrize(
    ("address", "inside"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("172.31.255.255", True),
        ("172.32.0.0", False),
        ("100.127.255.255", True),
        ("100.128.0.0", False),
        ("fe80::1%eth0", False),
        ("fdff::1", True),
        ("::ffff:10.0.0.1", True),
        ("192.0.2.1", False),
        ("2001:db8::1", False),
        ("", False),
        ("unix:", False),
    ],
)
def test_private_networks_are_told_from_the_world(address, inside):
    assert is_inside(address) is inside
