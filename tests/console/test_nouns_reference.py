"""``stocktaking reference``."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.factories import reference as make

from stocktaking.console.main import cli
from stocktaking.reference.models import Scheme

pytestmark = pytest.mark.django_db


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["reference", *map(str, arguments)])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make.write(tmp_path, make.tiny())


def last(result: Result) -> str:
    return result.stdout.splitlines()[-1]


def test_load_ends_with_its_summary(folder: Path) -> None:
    first = run("load", folder)
    assert (first.exit_code, last(first)) == (
        0, "created 20, updated 0, unchanged 0, refused 0"
    )  # fmt: skip
    assert last(run("load", folder)) == "created 0, updated 0, unchanged 20, refused 0"


def test_dry_run_writes_nothing(folder: Path) -> None:
    assert last(run("load", folder, "--dry-run")).startswith("created 20,")
    assert not Scheme.objects.exists()


def test_diff_tells_what_was_and_what_would_be(folder: Path) -> None:
    run("load", folder)
    path = folder / "schemes/craft.json"
    scheme = json.loads(path.read_text())
    scheme["terms"][0]["title"]["en"] = "timber"
    del scheme["terms"][1]
    path.write_text(json.dumps(scheme))
    told = run("diff", folder)
    assert told.exit_code == 0
    assert "updated term craft wood" in told.stdout
    assert "'timber'" in told.stdout
    assert "retired term craft iron" in told.stdout


def test_faults_are_told_on_stderr_with_status_1(folder: Path) -> None:
    (folder / "schemes/craft.json").write_text("{}")
    refused = run("load", folder)
    assert refused.exit_code == 1
    assert "schemes/craft.json slug: This is missing. [key_missing]" in refused.stderr
    faults = len(refused.stderr.splitlines())
    assert last(refused) == f"created 0, updated 0, unchanged 0, refused {faults}"


def test_without_a_folder_the_shipped_framework_is_meant() -> None:
    assert run("load").exit_code == 0
    assert Scheme.objects.filter(framework="wsis").count() == 15
