"""What the doctor says of providers of identity."""

import json

import pytest
from click.testing import CliRunner
from pytest_django import Settings
from tests.factories import websites
from tests.web import identity_provider

from stocktaking.accounts.rules.providers import IdentityProvider
from stocktaking.console.health import identity
from stocktaking.console.health.finding import Finding, Level
from stocktaking.console.main import cli


@pytest.fixture
def provider():
    with identity_provider.running() as running:
        yield running


@pytest.fixture
def website():
    with websites.website() as server:
        yield server


def looked_at(settings: Settings, *configured: IdentityProvider) -> list[Finding]:
    settings.IDENTITY_PROVIDERS = configured
    return list(identity.providers())


def fault(settings: Settings, configured: IdentityProvider) -> Finding:
    [found] = looked_at(settings, configured)
    assert (found.name, found.level) == ("identity", Level.FAIL)
    assert found.message.startswith("Example ID: ")
    assert found.advice
    return found


def test_without_a_provider_nothing_is_said(settings):
    assert looked_at(settings) == []


def test_a_provider_that_says_who_it_is_is_well(settings, provider):
    [found] = looked_at(settings, provider.configured())
    assert (found.level, found.message) == (Level.OK, f"Example ID: {provider.issuer}")


def test_each_provider_has_its_own_line(settings, provider):
    gone = provider.configured(id="gone", name="Gone", issuer="http://127.0.0.1:1")
    found = looked_at(settings, gone, provider.configured())
    assert [one.level for one in found] == [Level.FAIL, Level.OK]


@pytest.mark.parametrize("stated", ["https://other.example", "", None, 7, ["x"]])
def test_another_issuer_fails(settings, provider, stated):
    provider.document = {"issuer": stated}
    found = fault(settings, provider.configured())
    assert f"is set as {provider.issuer}" in found.message
    assert "STOCKTAKING_OIDC_ISSUER" in found.advice


def test_a_slash_too_many_is_another_issuer(settings, provider):
    found = fault(settings, provider.configured(issuer=f"{provider.issuer}/"))
    assert f"calls itself '{provider.issuer}'" in found.message


@pytest.mark.parametrize("name", identity.NEEDED)
@pytest.mark.parametrize(
    "stated", [None, "", "ftp://x.example/", "http://x.example/", "https://[", 1]
)
def test_an_endpoint_that_is_not_safe_fails(settings, provider, name, stated):
    provider.document = {name: stated}
    assert name in fault(settings, provider.configured()).message


def test_people_are_asked_at_a_place_of_the_provider(settings, provider):
    provider.document = {"authorization_endpoint": "https://login.example/authorize"}
    assert "origins" in fault(settings, provider.configured()).advice
    named = provider.configured(origins=("https://login.example",))
    assert [one.level for one in looked_at(settings, named)] == [Level.OK]


@pytest.mark.parametrize(
    ("page", "told"),
    [
        (None, "answers 404"),
        ("not JSON", "is no description"),
        ("[]", "is no description"),
        ("[" * 100_000, "is no description"),
        (json.dumps({"issuer": "x" * identity.BYTES}), "is no description"),
        (f"{websites.REDIRECT}/.well-known/openid-configuration", "from one address to the next"),
        (f"{websites.REDIRECT}http://127.0.0.1:1/", "a port that is not its own"),
        (f"{websites.REDIRECT}https://169.254.169.254/", "none of a provider"),
        (f"{websites.REDIRECT}file:///etc/passwd", "no address that can be opened"),
    ],
)
def test_a_document_that_cannot_be_read_fails(settings, provider, website, page, told):
    if page is not None:
        website.pages[identity.DOCUMENT] = page
    issuer = f"http://127.0.0.1:{website.server_port}"
    found = fault(settings, provider.configured(issuer=issuer))
    assert told in found.message


@pytest.mark.parametrize(
    ("issuer", "told"),
    [
        ("http://127.0.0.1:1", "does not answer"),
        ("https://nowhere.invalid", "cannot find"),
        ("https://169.254.169.254", "none of a provider"),
        ("https://[::1%25lo]", "no address"),
    ],
)
def test_a_provider_out_of_reach_fails(settings, provider, issuer, told):
    assert told in fault(settings, provider.configured(issuer=issuer)).message


def test_only_a_provider_on_this_machine_may_lead_there(settings, provider):
    configured = provider.configured(issuer="https://id.example.org")
    also = identity._gate(configured).also
    assert not any(network in also for network in identity.HERE)


def test_what_a_stranger_writes_does_nothing_to_a_terminal(settings, provider):
    provider.document = {"issuer": "\x1b[2J\u202eevil\n" + "x" * 1000}
    message = fault(settings, provider.configured()).message
    assert message.isascii()
    assert message.isprintable()
    assert len(message) < 300


@pytest.mark.django_db(transaction=True)
def test_doctor_tells_it(settings, provider):
    provider.document = {"issuer": "https://other.example"}
    settings.IDENTITY_PROVIDERS = (provider.configured(),)
    result = CliRunner().invoke(cli, ["doctor"])
    assert "FAIL  identity     Example ID: is set as" in result.output
    assert result.exit_code == 1
