"""The program itself: finding nouns, refusals, Django's commands."""

import click
import pytest
from click.testing import CliRunner

from stocktaking import __version__
from stocktaking.console.main import cli
from stocktaking.console.nouns import manage
from stocktaking.kernel.errors import NotAllowed, Refused, RuleBroken, RulesBroken


def run(*arguments: str) -> "click.testing.Result":
    return CliRunner().invoke(cli, list(arguments))


def test_version_is_the_package_version() -> None:
    assert run("--version").output == f"stocktaking, version {__version__}\n"


def test_help_lists_every_noun_with_its_purpose() -> None:
    result = run("--help")
    assert result.exit_code == 0
    assert "manage" in result.output
    assert "Run one of Django's own commands" in result.output


def test_unknown_noun_is_a_usage_error() -> None:
    result = run("nonsense")
    assert result.exit_code == 2
    assert "No such command 'nonsense'" in result.stderr


def test_manage_passes_options_on_to_django() -> None:
    result = run("manage", "check", "--tag", "models")
    assert result.exit_code == 0
    assert result.output == "System check identified no issues (0 silenced).\n"


@pytest.mark.parametrize(
    ("refusal", "told"),
    [
        (RuleBroken("full", "The room is full"), "Error: The room is full [full]\n"),
        (RuleBroken("a", "Bad %(what)s", what="title"), "Error: Bad title [a]\n"),
        (NotAllowed("not_allowed", "You may not"), "Error: You may not [not_allowed]\n"),
        (
            RulesBroken([RuleBroken("a", "One", field="x"), RuleBroken("b", "Two")]),
            "Error: x: One [a]\nTwo [b]\n",
        ),
    ],
)
def test_refusal_is_told_on_stderr_with_status_1(
    refusal: Refused, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    @click.command()
    def refuses() -> None:
        raise refusal

    monkeypatch.setattr(manage, "command", refuses)
    result = run("manage")
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", told)
