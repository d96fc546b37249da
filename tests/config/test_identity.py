"""Providers of identity, as the operator names them."""

from pathlib import Path

import pytest

from stocktaking.accounts.rules.providers import IdentityProvider
from stocktaking.config.environment import read
from stocktaking.config.identity import several

GOOD = """
[[provider]]
id = "ministry"
name = "Ministry ID"
issuer = "https://id.example.org"
client_id = "register"
client_secret = "s"
domains = [" Health.Example "]
origins = ["https://login.example.org"]
"""
STATED = {
    "id": "ministry",
    "name": "Ministry ID",
    "issuer": "https://id.example.org",
    "client_id": "register",
    "client_secret": "s",
}


def test_nobody_is_configured_by_default(tmp_path: Path) -> None:
    assert read({"STOCKTAKING_DATA_DIR": str(tmp_path), "SECRET_KEY": "k"}).identity == ()


def test_one_stands_in_the_environment_and_more_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "oidc.toml").write_text(GOOD)
    found = read(
        {
            "STOCKTAKING_DATA_DIR": str(tmp_path),
            "SECRET_KEY": "k",
            "STOCKTAKING_OIDC_ISSUER": "https://accounts.example.com/realm",
            "STOCKTAKING_OIDC_CLIENT_ID": "a",
            "STOCKTAKING_OIDC_CLIENT_SECRET": "b",
            "STOCKTAKING_OIDC_DOMAINS": "A.example, b.example,",
        }
    ).identity
    first, second = found
    assert (first.id, first.name) == ("oidc", "accounts.example.com")
    assert first.domains == ("a.example", "b.example")
    assert first.asks_at() == ("https://accounts.example.com",)
    assert (second.id, second.domains) == ("ministry", ("health.example",))
    assert second.asks_at() == ("https://id.example.org", "https://login.example.org")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"issuer": "http://id.example.org"}, "https"),
        ({"issuer": "id.example.org"}, "https"),
        ({"origins": ("http://login.example.org",)}, "https"),
        ({"id": "two words"}, "id of a provider"),
        ({"id": "../x"}, "id of a provider"),
        ({"client_secret": ""}, "client_secret"),
        ({"client_id": ""}, "client_id"),
    ],
)
def test_provider_that_cannot_be_used_is_refused(changed: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        IdentityProvider(**{**STATED, **changed})


def test_loopback_needs_no_certificate() -> None:
    assert IdentityProvider(**{**STATED, "issuer": "http://127.0.0.1:9000"}).asks_at() == (
        "http://127.0.0.1:9000",
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (GOOD + GOOD, "one id"),
        (GOOD.replace("ministry", "oidc"), "one id"),
        (GOOD.replace('id = "ministry"\n', ""), "not complete"),
        (GOOD.replace('"register"', "7"), "is text"),
        (GOOD + "colour = 1\n", "colour"),
        ("[[provider", "Expected"),
    ],
)
def test_file_with_a_fault_is_refused(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "oidc.toml"
    path.write_text(text)
    with pytest.raises(ValueError, match=said):
        several(path)


@pytest.mark.parametrize(
    ("domains", "email", "counts"),
    [
        ((), "a@anything.example", True),
        (("health.example",), "a@HEALTH.example", True),
        (("health.example",), "a@evil-health.example", False),
        (("health.example",), "a@sub.health.example", False),
        (("health.example",), "a@health.example@evil.example", False),
    ],
)
def test_word_on_an_address_counts_for_the_own_domains(domains, email, counts) -> None:
    assert IdentityProvider(**STATED, domains=domains).answers_for(email) is counts
