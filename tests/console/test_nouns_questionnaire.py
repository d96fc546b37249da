"""Questionnaires on the command line."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.factories.entries import framework
from tests.factories.questionnaires import definition, frozen_version

from stocktaking.console.main import cli
from stocktaking.questionnaires.models import QuestionnaireVersion
from stocktaking.questionnaires.queries import definition as read_version
from stocktaking.questionnaires.rules.documents import read, write

pytestmark = pytest.mark.django_db


def run(*arguments: object):
    return CliRunner().invoke(cli, ["questionnaire", *map(str, arguments)])


def test_a_file_is_loaded_once_and_written_again(tmp_path: Path) -> None:
    file = tmp_path / "q.json"
    file.write_text(write(definition()), encoding="utf-8")

    assert run("load", file).output == "yearly version 1 saved, draft\n"
    assert run("load", file).output == "yearly version 1 unchanged, draft\n"
    out = tmp_path / "out.json"
    assert run("dump", "yearly", out).output == "yearly version 1 written\n"
    assert out.read_text(encoding="utf-8") == file.read_text(encoding="utf-8")
    assert read(run("dump", "yearly", "-").output) == definition()


def test_a_frozen_version_stays_and_a_changed_file_opens_the_next(tmp_path: Path) -> None:
    framework()
    frozen = frozen_version()
    file = tmp_path / "q.json"
    file.write_text(write(definition("yearly", *definition().sections[:1])), encoding="utf-8")

    assert run("load", "--freeze", file).output == "yearly version 2 saved, frozen\n"
    assert read_version(frozen.pk).sections == definition().sections
    assert read(run("dump", "yearly", "-", "--version", 1).output) == definition()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("{}", "This file is no questionnaire: layout must be 1. [file_malformed]"),
        (
            write(definition("yearly")).replace('"kind": "long"', '"kind": "song"'),
            "no such kind",
        ),
        (
            write(definition("yearly")).replace('"min_words"', '"least"'),
            "summary: This kind of question has no setting least. [setting_unknown]",
        ),
    ],
)
def test_what_is_wrong_with_a_file_is_told(tmp_path: Path, content: str, told: str) -> None:
    file = tmp_path / "q.json"
    file.write_text(content, encoding="utf-8")

    result = run("load", file)

    assert result.exit_code == 1
    assert told in result.output
    assert not QuestionnaireVersion.objects.exists()


def test_other_encodings_and_unknown_names_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "q.json"
    file.write_bytes(b"\xff\xfe{}")

    assert "not UTF-8" in run("load", file).output
    assert "no such questionnaire" in run("dump", "gone", "-").output
