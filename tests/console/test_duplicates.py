"""Looking for duplicates on the command line."""

import pytest
from click.testing import CliRunner
from tests.factories.entries import entry, framework

from stocktaking.console.main import cli
from stocktaking.entries.rules.values import TextValue
from stocktaking.intake.models import DuplicatePair
from stocktaking.jobs.models import Job

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    result = CliRunner().invoke(cli, ["entries", "duplicates", *arguments])
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture
def twins():
    framework()
    return [entry(texts=(TextValue("en", "Zanobi portal"),)) for _ in range(2)]


def test_pairs_are_found_and_listed(twins) -> None:
    told = run()
    assert "pairs 1, series 0" in told
    assert told.count("Zanobi portal") == 2
    assert DuplicatePair.objects.count() == 1
    assert "Zanobi" not in run("--list", "--most", "0")
    assert Job.objects.count() == 1


def test_list_looks_through_nothing(twins) -> None:
    assert run("--list") == "pairs 0, series 0\n"
    assert not Job.objects.exists()
