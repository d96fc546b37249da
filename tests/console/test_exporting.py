"""Lists of the register as files, on the command line."""

import csv
import gzip
import io
import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from tests.factories import entries
from tests.factories.accounts import organisation

from stocktaking.console.main import cli
from stocktaking.entries.models import Entry
from stocktaking.entries.rules.values import SectionValue, TermValue, TextValue
from stocktaking.search import operations as search


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["entries", "export", *arguments])


@pytest.fixture
def three(db: None) -> list[int]:
    """One of each goal; the last is not published."""
    entries.framework()
    owner = organisation("Ministère", country="FR")
    return [
        entries.entry(
            texts=(TextValue("en", f"Goal {goal}"), TextValue("fr", f"But {goal}")),
            terms=(TermValue("goal", goal),),
            organisation=owner.number,
            publish=goal != "3",
        ).number
        for goal in ("1", "2", "3")
    ]


def table(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def test_documents_are_lines_of_json(three: list[int], tmp_path: Path) -> None:
    plain, packed = tmp_path / "all.jsonl", tmp_path / "all.jsonl.gz"
    result = run(str(plain))
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "exported 2\n")
    found = [json.loads(line) for line in plain.read_bytes().splitlines()]
    assert [one["number"] for one in found] == three[:2]
    assert run(str(packed)).exit_code == 0
    assert gzip.decompress(packed.read_bytes()) == plain.read_bytes()
    assert sorted(one.name for one in tmp_path.iterdir()) == ["all.jsonl", "all.jsonl.gz"]


def test_a_table_is_in_a_language(three: list[int], tmp_path: Path) -> None:
    file = tmp_path / "all.csv"
    assert run(str(file), "--language", "fr").exit_code == 0
    assert [row["title"] for row in table(file.read_bytes())] == ["But 1", "But 2"]
    sheet = tmp_path / "all.XLSX"
    assert run(str(sheet)).stderr == "exported 2\n"
    rows = openpyxl.load_workbook(sheet).active.iter_rows(min_row=2, values_only=True)
    assert [row[0] for row in rows] == three[:2]


def test_an_edit_table_may_hold_every_state(three: list[int], tmp_path: Path) -> None:
    file = tmp_path / "all.csv"
    assert run(str(file), "--form", "edit").stderr == "exported 2\n"
    assert run(str(file), "--form", "edit", "--every-state").stderr == "exported 3\n"
    rows = table(file.read_bytes())
    assert [row["state"] for row in rows] == ["published", "published", "unpublished"]
    assert [row["title.fr"] for row in rows] == ["But 1", "But 2", "But 3"]


def test_the_standard_output_takes_a_list(three: list[int]) -> None:
    result = run("-")
    assert [json.loads(line)["number"] for line in result.stdout.splitlines()] == three[:2]
    assert result.stderr == "exported 2\n"
    assert run("-", "--form", "edit").stdout.startswith("\ufeffnumber,version,key,")


def test_a_query_is_the_one_of_an_address(three: list[int], tmp_path: Path) -> None:
    search.rebuild()
    file = tmp_path / "some.csv"
    number = Entry.objects.values_list("organisation", flat=True).first()
    owner = f"organisation={number}&organisation=000{number}"
    for query, count in (
        ("goal=2&goal=3", 1),
        ("?country=", 2),
        ("q=but&sort=oldest&page=4&view=table", 2),
        (owner, 2),
    ):
        assert run(str(file), "--query", query).stderr == f"exported {count}\n"


def test_what_is_not_understood_is_refused(three: list[int], tmp_path: Path) -> None:
    search.rebuild()
    file = tmp_path / "some.csv"
    result = run(str(file), "--query", "goal=99&colour=blue&organisation=999")
    assert result.exit_code == 2
    told = " ".join(result.stderr.replace("│", " ").split())
    assert "goal=99 [unknown_term]; colour=blue [unknown_parameter]" in told
    assert not file.exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["all.txt"], "FILE ends in one of"),
        (["all.csv", "--form", "documents"], "holds table or edit, not documents"),
        (["all.jsonl", "--form", "edit"], "holds documents, not edit"),
        (["all.csv", "--every-state"], "--every-state goes with --form edit"),
        (["none/all.csv"], "there is no folder"),
    ],
)
@pytest.mark.django_db
def test_forms_that_do_not_go_together_are_refused(arguments: list[str], told: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert told in " ".join(result.stderr.split())


def test_a_file_that_cannot_be_written_leaves_nothing_behind(
    three: list[int], tmp_path: Path
) -> None:
    (tmp_path / "all.csv").mkdir()
    result = run(str(tmp_path / "all.csv"))
    assert result.exit_code == 1
    assert [one.name for one in tmp_path.iterdir()] == ["all.csv"]


def test_a_cell_too_long_for_a_sheet_says_so(three: list[int], tmp_path: Path) -> None:
    long = (SectionValue("description", "en", "mast " * 9000),)
    entries.entry(sections=long)
    file = tmp_path / "all.xlsx"
    assert run(str(file), "--form", "edit").exit_code == 0
    head, *rows = openpyxl.load_workbook(file).active.iter_rows(values_only=True)
    cell = rows[-1][head.index("section.description.en")]
    assert cell == "[too long for a cell: 44999 characters; left as it is]"
