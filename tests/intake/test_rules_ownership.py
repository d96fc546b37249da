"""Whose address proves that somebody belongs to a website."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stocktaking.intake.rules.ownership import (
    domain_of,
    host_of,
    is_for_everybody,
    proves,
    registered_name,
)


@pytest.mark.parametrize(
    ("address", "website"),
    [
        ("ada@masts.example", "https://masts.example/"),
        ("ada@masts.example", "http://www.masts.example/about"),
        ("Ada@MASTS.example", "https://Masts.Example:443/"),
        ("ada@masts.example", "https://kenya.masts.example/"),
        ("ada@ict.go.ke", "https://www.ict.go.ke"),
        ("ada@ict.go.ke", "https://digital.ict.go.ke"),
        ("ada@kenya.masts.example", "https://kenya.masts.example/"),
        ("ada@bücher.example", "https://xn--bcher-kva.example/"),
        ("ada@xn--bcher-kva.example", "https://bücher.example/"),
        ("ada@itu.int", "https://www.itu.int/en/"),
    ],
)
def test_address_of_the_same_name_proves(address, website):
    assert proves(address, website)


@pytest.mark.parametrize(
    ("address", "website"),
    [
        ("ada@other.example", "https://masts.example/"),
        ("ada@kenya.masts.example", "https://masts.example/"),  # below, not above
        ("ada@alumni.university.edu", "https://university.edu"),
        ("ada@sub.kenya.masts.example", "https://kenya.masts.example"),
        ("ada@notmasts.example", "https://masts.example/"),
        ("ada@masts.example.evil.example", "https://masts.example/"),
        ("ada@example", "https://masts.example/"),
        ("ada@go.ke", "https://ict.go.ke"),  # an ending for many
        ("ada@co.uk", "https://masts.co.uk"),
        ("ada@gmail.com", "https://gmail.com"),
        ("ada@yahoo.co.jp", "https://yahoo.co.jp"),
        ("ada@hotmail.fr", "https://hotmail.fr"),
        ("ada@mail.ru", "https://mail.ru"),
        ("ada@qq.com", "https://qq.com"),
        ("ada@google.com", "https://sites.google.com/view/masts"),
        ("ada@github.com", "https://github.com/masts"),
        ("ada@masts.github.io", "https://masts.github.io"),
        ("ada@github.io", "https://masts.github.io"),
        ("ada@wordpress.com", "https://masts.wordpress.com"),
        ("ada@facebook.com", "https://www.facebook.com/masts"),
        ("ada@masts.example", ""),
        ("ada@masts.example", "masts.example"),
        ("ada@masts.example", "ftp://masts.example/"),
        ("ada@127.0.0.1", "http://127.0.0.1/"),
        ("ada@localhost", "http://localhost/"),
        ("masts.example", "https://masts.example/"),
        ("ada@", "https://masts.example/"),
        ("", "https://masts.example/"),
        ("ada@evil.example@masts.example\n", "https://masts.example\n/"),
        ("ada@masts.example", "https://masts.example@evil.example/"),
    ],
)
def test_other_addresses_prove_nothing(address, website):
    assert not proves(address, website)


def test_host_and_domain_are_written_one_way():
    assert host_of("https://www.Masts.example./x") == "masts.example"
    assert host_of("https://[::1]/") == host_of("https://8.8.8.8/") == ""
    assert domain_of("ada@Masts.example.") == "masts.example"
    assert domain_of(f"ada@{'x' * 64}.example") == ""


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("a.b.masts.example", "masts.example"),
        ("a.masts.co.uk", "masts.co.uk"),
        ("co.uk", ""),
        ("example", ""),
        ("itu.int", "itu.int"),
    ],
)
def test_registered_name(host, name):
    assert registered_name(host) == name


labels = st.from_regex(r"[a-z]([a-z0-9]{0,8}[a-z0-9])?", fullmatch=True)


@given(st.lists(labels, min_size=1, max_size=5), st.lists(labels, min_size=1, max_size=5))
def test_what_proves_is_the_host_or_above_it(domain, host):
    address, website = f"a@{'.'.join(domain)}", f"https://{'.'.join(host)}/"
    if proves(address, website):
        assert host_of(website).endswith(".".join(domain))
        assert len(domain) >= 2
        assert not is_for_everybody(".".join(domain))


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_texts_are_judged(address, website):
    assert proves(address, website) in (True, False)
