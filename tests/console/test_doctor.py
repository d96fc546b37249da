"""The doctor's report."""

import datetime as dt
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pytest_django import Settings

from stocktaking.console.health import mail as about_mail
from stocktaking.console.health import settings as about_settings
from stocktaking.console.health.finding import Finding, Level
from stocktaking.console.health.machine import data_folder
from stocktaking.console.main import cli
from stocktaking.kernel import clock
from stocktaking.outbox.operations import queue_foreign

pytestmark = pytest.mark.django_db(transaction=True)


def doctor(*options: str) -> Result:
    return CliRunner().invoke(cli, ["doctor", *options])


def levels(findings: list[Finding]) -> dict[str, Level]:
    return {finding.name: finding.level for finding in findings}


def test_empty_installation_is_told_to_load_its_framework() -> None:
    result = doctor()
    assert result.exit_code == 1
    assert "FAIL  framework    no scheme is loaded" in result.output
    assert "Run: stocktaking reference load" in result.output
    assert result.output.splitlines()[-1].startswith("ok ")


def test_report_for_machines_says_the_same() -> None:
    found = json.loads(doctor("--json").stdout)
    names = [finding["name"] for finding in found]
    assert {"python", "database", "tables", "secret key", "framework", "index"} <= set(names)
    assert {finding["level"] for finding in found} <= {level.value for level in Level}
    assert all(finding["advice"] for finding in found if finding["level"] == "fail")


@pytest.mark.parametrize(
    ("url", "level"),
    [
        ("https://register.example.org", Level.OK),
        ("http://register.example.org", Level.FAIL),
        ("http://127.0.0.1:8000", Level.OK),
    ],
)
def test_address_is_encrypted_or_private(settings: Settings, url: str, level: Level) -> None:
    settings.BASE_URL = url
    assert levels(list(about_settings.addresses()))["address"] is level


def test_proxy_that_is_not_told_is_risky(settings: Settings) -> None:
    settings.BASE_URL, settings.ALLAUTH_TRUSTED_PROXY_COUNT = "https://register.example.org", 0
    assert levels(list(about_settings.proxies())) == {"proxies": Level.WARN}
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert levels(list(about_settings.proxies())) == {"proxies": Level.OK}
    settings.BASE_URL, settings.ALLAUTH_TRUSTED_PROXY_COUNT = "http://127.0.0.1:8000", 0
    assert levels(list(about_settings.proxies())) == {"proxies": Level.OK}


def test_public_demo_fails(settings: Settings) -> None:
    settings.BASE_URL, settings.DEMO = "https://register.example.org", True
    assert levels(list(about_settings.addresses()))["address"] is Level.FAIL


def test_public_site_must_send_mail(settings: Settings) -> None:
    settings.MAIL_TRANSPORT = "django.core.mail.backends.filebased.EmailBackend"
    settings.BASE_URL = "https://register.example.org"
    assert levels(list(about_mail.transport())) == {"mail": Level.FAIL}
    settings.BASE_URL = "http://localhost"
    assert levels(list(about_mail.transport())) == {"mail": Level.WARN}


def test_sender_needs_an_address(settings: Settings) -> None:
    assert levels(list(about_mail.sender())) == {"sender": Level.WARN}  # of no domain
    settings.DEFAULT_FROM_EMAIL = "register@example.org"
    assert levels(list(about_mail.sender())) == {"sender": Level.OK}
    settings.DEFAULT_FROM_EMAIL, settings.BASE_URL = "nobody", "https://register.example.org"
    assert levels(list(about_mail.sender())) == {"sender": Level.FAIL}


@pytest.mark.parametrize(("minutes", "level"), [(1, Level.OK), (11, Level.FAIL)])
def test_mail_that_waits_long_fails(minutes: int, level: Level) -> None:
    assert levels(list(about_mail.waiting())) == {"outbox": Level.OK}
    queued = clock.now() - dt.timedelta(minutes=minutes)
    queue_foreign(to="ann@example.org", subject="x", text="y", language="en", at=queued)
    assert levels(list(about_mail.waiting())) == {"outbox": level}


def test_debugging_is_risky_and_on_a_public_site_wrong(settings: Settings) -> None:
    assert levels(list(about_settings.debugging())) == {"debugging": Level.OK}
    settings.DEBUG = True
    assert levels(list(about_settings.debugging())) == {"debugging": Level.WARN}
    settings.BASE_URL = "https://register.example.org"
    assert levels(list(about_settings.debugging())) == {"debugging": Level.FAIL}


def test_missing_data_folder_fails(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    assert levels(list(data_folder()))["data folder"] is Level.OK
    settings.DATA_DIR = tmp_path / "missing"
    assert levels(list(data_folder())) == {"data folder": Level.FAIL}
