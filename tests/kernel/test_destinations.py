"""Whatever way an inner address is written, no request goes there."""

import ipaddress
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stocktaking.kernel.destinations import (
    NOT_PUBLIC,
    OutgoingError,
    destination,
    is_allowed,
    is_public,
)
from stocktaking.kernel.outgoing import Gate, fetch, resolve

LOCAL = "127.0.0.1"
# forms of addresses that lead inside, or nowhere that is ours to open
FORMS = (
    "http://127.0.0.1/",
    "https://127.0.0.1/",
    "http://127.0.0.1:443/",
    "http://127.1/",
    "http://127.0.1/",
    "http://0/",
    "http://0.0.0.0/",
    "http://2130706433/",
    "http://017700000001/",
    "http://0x7f000001/",
    "http://0x7f.0x0.0x0.0x1/",
    "http://0177.0.0.1/",
    "http://0x7f.1/",
    "http://127.0.0.1./",
    "http://127.0.0.0x1/",
    "http://00127.0.0.1/",
    "http://256.0.0.1/",
    "http://1.2.3.4.5/",
    "http://localhost/",
    "http://localhost./",
    "http://LOCALHOST/",
    "http://①②⑦.⓪.⓪.①/",
    "http://127。0。0。1/",
    "http://ⓛocalhost/",
    "http://[::]/",
    "http://[::1]/",
    "http://[0:0:0:0:0:0:0:1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[0:0:0:0:0:ffff:127.0.0.1]/",
    "http://[::127.0.0.1]/",
    "http://[64:ff9b::127.0.0.1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[64:ff9b::a9fe:a9fe]/",
    "http://[64:ff9b:1::1]/",
    "http://[fe80::1]/",
    "http://[fe80::1%25lo]/",
    "http://[fe80::1%lo]/",
    "http://[fc00::1]/",
    "http://[fd00:ec2::254]/",
    "http://[ff02::1]/",
    "http://[2002:7f00:1::]/",
    "http://[2001::1]/",
    "http://[2001:db8::1]/",
    "http://[3fff::1]/",
    "http://[100::1]/",
    "http://169.254.169.254/latest/meta-data/",
    "http://2852039166/",
    "http://0xa9fea9fe/",
    "http://10.0.0.1/",
    "http://172.16.0.1/",
    "http://172.31.255.255/",
    "http://192.168.1.1/",
    "http://100.64.0.1/",
    "http://192.0.0.1/",
    "http://198.18.0.1/",
    "http://203.0.113.7/",
    "http://224.0.0.1/",
    "http://255.255.255.255/",
    "http://example.org@127.0.0.1/",
    "http://127.0.0.1@example.org/",
    "http://user:secret@example.org/",
    "http://example.org:80@127.0.0.1/",
    "http://127.0.0.1#@example.org/",
    "http://127.0.0.1?@example.org/",
    "http://127.0.0.1\\@example.org/",
    "http:\\\\127.0.0.1\\",
    "http://exam%70le.org/",
    "http://127%2e0%2e0%2e1/",
    "http://example.org\r\nHost: inner/",
    "http://example.org/\r\nX: 1",
    "http://example.org/a b",
    " http://127.0.0.1/",
    "http://\t127.0.0.1/",
    "http://127.0.0.1\u200b/",
    "http:///127.0.0.1/",
    "http://",
    "http:127.0.0.1/",
    "//127.0.0.1/",
    "127.0.0.1",
    "",
    "https://example.org:22/",
    "https://example.org:6379/",
    "https://example.org:8080/",
    "https://example.org:0/",
    "https://example.org:/",
    "https://example.org:99999/",
    "https://example.org:-1/",
    "https://example.org:http/",
    "ftp://example.org/",
    "file:///etc/passwd",
    "gopher://127.0.0.1:70/",
    "dict://127.0.0.1:11211/stat",
    "ldap://127.0.0.1/",
    "javascript:alert(1)",
    "data:text/plain,hello",
    "HTTP+unix://socket/",
    "http://[::1/",
    "http://::1/",
    "http://[v1.fe80]/",
    "http://.example.org/",
    "http://example..org/",
    "http://-example.org/",
    "http://exa_mple.org:80:80/",
    f"http://{'a' * 64}.org/",
    f"http://{'a.' * 127}org/",
    "http://example.org/" + "x" * 2000,
)


def never(host: str, port: int) -> list[str]:
    """A name server that knows numbers and this machine, as any does, and nothing else."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return [LOCAL] if host.strip(".") == "localhost" else []
    return list(resolve(host, port))


@pytest.mark.parametrize("url", FORMS)
def test_form_is_refused(url: str) -> None:
    with pytest.raises(OutgoingError) as caught:
        fetch(url, gate=Gate(resolver=never, seconds=2))
    assert caught.value.code in ("address_malformed", "address_not_public", "port_not_allowed")


def test_there_are_many_forms() -> None:
    assert len(set(FORMS)) == len(FORMS) >= 60


inner = st.sampled_from([one for one in NOT_PUBLIC if one.version == 4]).flatmap(
    lambda network: st.integers(int(network.network_address), int(network.broadcast_address)).map(
        ipaddress.IPv4Address
    )
)


def notations(address: ipaddress.IPv4Address) -> list[str]:
    """One address as people and attackers write it."""
    number, parts = int(address), str(address).split(".")
    low, high = number & 0xFFFF, number >> 16
    return [
        str(address),
        str(number),
        hex(number),
        f"0{number:o}",
        ".".join(hex(int(part)) for part in parts),
        ".".join(f"0{int(part):o}" for part in parts),
        f"{parts[0]}.{number & 0xFFFFFF}",
        f"{parts[0]}.{parts[1]}.{low}",
        f"[::ffff:{address}]",
        f"[::ffff:{high:x}:{low:x}]",
        f"[0:0:0:0:0:ffff:{high:x}:{low:x}]",
        f"[64:ff9b::{high:x}:{low:x}]",
        f"[::{high:x}:{low:x}]",
        f"[2002:{high:x}:{low:x}::]",
    ]


@given(inner, st.sampled_from(["http", "https"]))
def test_no_notation_of_an_inner_address_is_opened(address, scheme) -> None:
    for host in notations(address):
        try:
            found = destination(f"{scheme}://{host}/")
        except OutgoingError:
            continue
        assert not is_allowed(found.host), host


@given(st.ip_addresses(v=6))
def test_address_of_version_6_is_public_only_in_global_unicast(address) -> None:
    carries = address.ipv4_mapped is not None or str(address).startswith("64:ff9b::")
    if is_public(address) and not carries:
        assert int(address) >> 125 == 0b001


@given(st.ip_addresses(v=4))
def test_translated_address_is_judged_like_the_one_it_carries(address) -> None:
    for stated in (f"::ffff:{address}", f"64:ff9b::{address}", str(address)):
        assert is_allowed(stated) == is_public(address)


@given(st.text(max_size=60))
def test_any_text_is_taken_apart_or_refused(text) -> None:
    for url in (text, f"http://{text}", f"https://example.org/{text}"):
        try:
            found = destination(url)
        except OutgoingError:
            continue
        assert found.port in (80, 443)
        assert found.target.isascii()
        assert not any(c.isspace() for c in found.target + found.host)


@pytest.mark.parametrize(
    ("url", "host", "port", "target"),
    [
        ("https://example.org", "example.org", 443, "/"),
        ("http://Example.ORG:80/a?b=c d".replace(" ", "+"), "example.org", 80, "/a?b=c+d"),
        ("https://bücher.example/ü", "xn--bcher-kva.example", 443, "/%C3%BC"),
        ("https://8.8.8.8/", "8.8.8.8", 443, "/"),
        ("https://[2606:4700::1111]/", "2606:4700::1111", 443, "/"),
    ],
)
def test_public_address_is_taken_apart(url, host, port, target) -> None:
    found = destination(url)
    assert (found.host, found.port, found.target) == (host, port, target)
    assert found.scheme == urlsplit(url).scheme


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "64:ff9b::8.8.8.8"])
def test_public_address_is_allowed(address) -> None:
    assert is_allowed(address)


def test_allowance_opens_one_network_alone() -> None:
    also = (ipaddress.ip_network("127.0.0.0/8"),)
    assert is_allowed(LOCAL, also)
    assert is_allowed("::ffff:127.0.0.1", also)
    assert not is_allowed("10.0.0.1", also)
    assert not is_allowed("::1", also)
