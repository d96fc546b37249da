"""Settings as an installation has them, read by a process of its own."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from stocktaking.config.settings import mail_settings

HTTPS = {"STOCKTAKING_BASE_URL": "https://register.example.org"}
ASK = """
import json, sys
from stocktaking.config import settings
print(json.dumps({name: getattr(settings, name, None) for name in sys.argv[1:]}, default=str))
"""


def run(tmp_path: Path, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command],
        env={"STOCKTAKING_DATA_DIR": str(tmp_path), "PATH": "", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def settings_of(tmp_path: Path, *names: str, **environment: str) -> dict[str, object]:
    result = run(tmp_path, "-W", "error", "-c", ASK, *names, **environment)
    assert result.returncode == 0, result.stderr
    found: dict[str, object] = json.loads(result.stdout)
    return found


def check(tmp_path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    program = "from stocktaking.console.main import main; main()"
    arguments = ("manage", "check", "--deploy", "--fail-level", "WARNING")
    return run(tmp_path, "-c", program, *arguments, **environment)


def test_public_site_passes_the_deployment_checks(tmp_path: Path) -> None:
    result = check(tmp_path, **HTTPS)
    assert result.returncode == 0, result.stderr


def test_deployment_checks_find_a_site_without_encryption(tmp_path: Path) -> None:
    result = check(tmp_path, STOCKTAKING_BASE_URL="http://register.example.org")
    assert result.returncode == 1
    assert "security.W008" in result.stderr


def test_public_site_keeps_cookies_and_requests_on_https(tmp_path: Path) -> None:
    names = ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "DEBUG")
    found = settings_of(tmp_path, *names, **HTTPS)
    assert [found[name] for name in names] == [True, True, True, False]


def test_hosts_are_those_named_and_loopback(tmp_path: Path) -> None:
    found = settings_of(tmp_path, "ALLOWED_HOSTS", STOCKTAKING_HOSTS="b.example.org", **HTTPS)
    assert found["ALLOWED_HOSTS"] == [
        "b.example.org",
        "register.example.org",
        "127.0.0.1",
        "localhost",
        "[::1]",
    ]


def test_sqlite_keeps_what_it_acknowledged(tmp_path: Path) -> None:
    databases = settings_of(tmp_path, "DATABASES")["DATABASES"]
    options = databases["default"]["OPTIONS"]  # type: ignore[index]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert "synchronous=FULL" in options["init_command"]
    assert "journal_mode=WAL" in options["init_command"]


def test_policy_allows_only_the_site_itself(tmp_path: Path) -> None:
    policy = settings_of(tmp_path, "CONTENT_SECURITY_POLICY")["CONTENT_SECURITY_POLICY"]
    directives = policy["DIRECTIVES"]  # type: ignore[index]
    assert directives["default-src"] == ["'none'"]
    assert directives["script-src"] == directives["style-src"] == ["'self'"]
    assert "unsafe" not in json.dumps(directives)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.example.org", {"EMAIL_PORT": 25, "EMAIL_USE_TLS": False}),
        (
            "smtp://a:b%40c@mail.example.org:587?tls=1",
            {"EMAIL_HOST_PASSWORD": "b@c", "EMAIL_USE_TLS": True},
        ),
        ("smtps://mail.example.org", {"EMAIL_PORT": 465, "EMAIL_USE_SSL": True}),
        ("file:///var/mail/out", {"EMAIL_FILE_PATH": "/var/mail/out"}),
    ],
)
def test_mail_follows_its_address(url: str, expected: dict[str, object]) -> None:
    found = mail_settings(url)
    assert {name: found[name] for name in expected} == expected
