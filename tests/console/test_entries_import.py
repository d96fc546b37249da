"""Files brought in on the command line, and taken back."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.factories.entries import framework
from tests.intake.imports import batching
from tests.intake.imports.batching import entries, row, table

from stocktaking.console.main import cli
from stocktaking.entries.models import Entry
from stocktaking.entries.queries import values_of
from stocktaking.intake.models import ImportBatch
from stocktaking.intake.operations.imports import cancel_batch, save_profile
from stocktaking.intake.operations.imports.running import CHUNK
from stocktaking.intake.queries.imports import batches
from stocktaking.jobs.models import Job
from stocktaking.kernel import clock
from stocktaking.kernel.reading import Reading, records
from stocktaking.search.queries import matching_keys
from stocktaking.search.rules.values import Query

UNGUARDED = Reading(unguard=True)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _framework():
    framework()


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    file = tmp_path / "list.toml"
    file.write_text(batching.TEXT, encoding="utf-8")
    return file


def written(folder: Path, *data, name="list.csv") -> Path:
    file = folder / name
    file.write_bytes(table(data))
    return file


def run(*arguments: object):
    return CliRunner().invoke(cli, ["entries", *map(str, arguments)])


def last(result) -> str:
    return result.stdout.splitlines()[-1]


def test_a_file_is_imported_and_indexed_and_a_second_time_changes_nothing(tmp_path, profile):
    file = written(tmp_path, row("a"), row("b", end="soon"))
    result = run("import", file, "--profile", profile)
    assert result.exit_code == 0, result.output
    assert result.stdout == "created 1, updated 0, unchanged 0, refused 1\n"
    assert "refused 3, end: “soon” cannot be read as a date." in result.stderr
    assert list(matching_keys(Query(text="Project"))) == [str(entries()["a"].number)]
    again = run("import", file, "--profile", profile, "--strict")
    assert last(again) == "created 0, updated 0, unchanged 1, refused 1"
    assert again.exit_code == 3
    assert oct(file.stat().st_mode & 0o777) != "0o600"


def test_several_files_and_a_recognised_profile(tmp_path):
    save_profile(text=batching.TEXT, by=None, at=clock.now())
    first = written(tmp_path, row("a"), row("b"))
    second = written(tmp_path, row("b"), row("c"), name="more.csv")
    result = run("import", first, second)
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines() == [
        "list.csv: created 2, updated 0, unchanged 0, refused 0",
        "more.csv: created 1, updated 0, unchanged 1, refused 0",
        "created 3, updated 0, unchanged 1, refused 0",
    ]
    assert "list.csv is read with the profile list" in result.stderr


def test_what_is_not_clear_ends_with_2_and_names_the_profiles(tmp_path):
    file = written(tmp_path, row("a"))
    unknown = run("import", file)
    assert unknown.exit_code == 2
    assert "no profile is known to fit list.csv" in unknown.stderr
    assert "iati" in unknown.stderr
    named = run("import", file, "--profile", "none")
    assert (named.exit_code, "there is no profile 'none'" in named.stderr) == (2, True)
    assert run("import", file, file, "--report", tmp_path / "r.xlsx").exit_code == 2
    assert not ImportBatch.objects.exists()


def test_files_and_profiles_that_cannot_be_used_end_with_1(tmp_path, profile):
    empty = tmp_path / "empty.csv"
    empty.write_bytes(b"")
    result = run("import", empty, "--profile", profile)
    assert (result.exit_code, "[file_empty]" in result.stderr) == (1, True)
    profile.write_text(batching.TEXT.replace('"goal"', '"target"'))
    result = run("import", written(tmp_path, row("a")), "--profile", profile)
    assert (result.exit_code, "[profile_broken]" in result.stderr) == (1, True)


def test_trial_changes_nothing(tmp_path, profile):
    file = written(tmp_path, row("a"))
    result = run("import", file, "--profile", profile, "--dry-run")
    assert last(result) == "created 1, updated 0, unchanged 0, refused 0"
    assert not Entry.objects.exists()


def test_report_of_refused_rows_is_corrected_and_sent_back(tmp_path, profile):
    data = [row("a"), row("b", end="soon", summary="=1+1"), row("c", website="no address")]
    file = written(tmp_path, *data)
    report = tmp_path / "refused.xlsx"
    run("import", file, "--profile", profile, "--report", report)
    found = [dict(one.data) for one in records(report, Reading())]
    assert [one["id"] for one in found] == ["b", "c"]
    assert found[0]["summary"] == "=1+1"
    assert {one["verdict"] for one in found} == {"refused"}
    assert [one["column"] for one in found] == ["end", "website"]
    assert "soon" in found[0]["reason"]
    # the columns of the report may stay: nobody is told of them
    corrected = tmp_path / "corrected.csv"
    found[0]["end"], found[1]["website"] = "2024", ""
    corrected.write_bytes(table(found, found[0]))
    result = run("import", corrected, "--profile", profile, "--report", tmp_path / "again.jsonl")
    assert last(result) == "created 2, updated 0, unchanged 0, refused 0"
    assert "no rule reads" not in result.stderr
    assert (tmp_path / "again.jsonl").read_bytes() == b""


def test_report_as_json_holds_the_records(tmp_path, profile):
    lines = [
        {"id": "a", "title": "T", "goals": "1", "end": "soon"},
        {"id": "b", "title": "U", "goals": ["1"]},
    ]
    file = tmp_path / "list.jsonl"
    file.write_text("".join(json.dumps(one) + "\n" for one in lines))
    report = tmp_path / "refused.jsonl"
    result = run("import", file, "--profile", profile, "--report", report)
    assert last(result) == "created 1, updated 0, unchanged 0, refused 1"
    [told] = map(json.loads, report.read_text().splitlines())
    why = {name: told.pop(name) for name in ("verdict", "reason", "column")}
    assert told == lines[0]
    assert why == {
        "verdict": "refused",
        "reason": "“soon” cannot be read as a date.",
        "column": "end",
    }


@pytest.mark.parametrize("form", ["xlsx", "csv", "jsonl"])
def test_report_is_read_by_a_profile_that_reads_its_file_in_another_way(tmp_path, profile, form):
    reading = '[reading]\nkind = "csv"\nheader = 3\ndelimiter = ";"\nencodings = "cp1252"\n'
    profile.write_text(batching.TEXT.replace("[identity]", f"{reading}\n[identity]"), "utf-8")
    file = tmp_path / "list.csv"
    lines = ("List;;;;", ";;;;", "id;title;goals;summary;end", "a;Forêt;1;- Île;soon", "")
    file.write_bytes("\r\n".join(lines).encode("cp1252"))
    report = tmp_path / f"refused.{form}"
    refused = run("import", file, "--profile", profile, "--report", report)
    assert last(refused) == "created 0, updated 0, unchanged 0, refused 1"
    again = run("import", report, "--profile", profile, "--report", tmp_path / f"again.{form}")
    assert last(again) == last(refused), again.output
    [row], [same] = records(report, UNGUARDED), records(tmp_path / f"again.{form}", UNGUARDED)
    assert (row.data, row.data["summary"]) == (same.data, "- Île")
    corrected = tmp_path / "corrected.jsonl"
    corrected.write_text(json.dumps({**row.data, "end": "2024"}))
    result = run("import", corrected, "--profile", profile)
    assert last(result) == "created 1, updated 0, unchanged 0, refused 0"
    assert "no rule reads" not in result.stderr
    text = values_of(entries()["a"].number).texts[0]
    assert (text.title, text.summary) == ("Forêt", "- Île")


def test_report_keeps_columns_that_the_file_itself_calls_so(tmp_path, profile):
    profile.write_text(batching.TEXT.replace('["summary"]', '["reason"]'))
    odd = '"ends [on='  # the head of a column may be any text
    file = tmp_path / "list.csv"
    file.write_bytes(
        table(
            [row("a", reason="Of its own", end="soon")],
            ("id", "title", "reason", "goals", "end", odd),
        )
    )
    for form in ("xlsx", "csv", "jsonl"):
        report = tmp_path / f"refused.{form}"
        run("import", file, "--profile", profile, "--report", report)
        [found] = records(report, UNGUARDED)
        assert (found.data["reason"], found.data[odd]) == ("Of its own", "")


def test_all_that_is_to_tell_is_named_and_not_of_the_first_rows_only(tmp_path, profile):
    rows = [row(n, countries="Nowhere") for n in range(25)]
    file = written(tmp_path, *rows, row("last", summary="<p>Boats</p>"))
    told = run("import", file, "--profile", profile, "--dry-run").stderr
    assert "something to tell about 26 rows: term_unknown, markup_found\n" in told


def test_unfinished_import_is_told_and_goes_on(tmp_path, profile):
    file = written(tmp_path, *(row(n) for n in range(CHUNK + 5)))
    run("import", file, "--profile", profile, "--dry-run")
    first = run("import", file, "--profile", profile)
    assert first.exit_code == 0
    # as if it had been killed in its second chunk
    batch = ImportBatch.objects.first()
    batch.rows.filter(place__gt=CHUNK + 1).delete()
    Entry.objects.filter(identifiers__value__in=[str(n) for n in range(CHUNK, CHUNK + 5)]).delete()
    ImportBatch.objects.filter(pk=batch.pk).update(
        state="running", position=CHUNK, created=CHUNK, ended_at=None
    )
    Job.objects.filter(pk=batch.job_id).update(
        state="running", holder="", lease_until=batch.made_at
    )
    told = run("import", file, "--profile", profile)
    assert told.exit_code == 2
    assert f"import {batch.number} of this file is unfinished: {CHUNK} records" in told.stderr
    gone_on = run("import", file, "--profile", profile, "--resume")
    assert gone_on.exit_code == 0, gone_on.output
    assert last(gone_on) == f"created {CHUNK + 5}, updated 0, unchanged 0, refused 0"
    assert Entry.objects.count() == CHUNK + 5
    again = run("import", file, "--profile", profile, "--resume")
    assert last(again) == last(gone_on)
    assert "has come to its end" in again.stderr
    assert len(batches()) == 2


def test_cancelled_import_goes_on_too(tmp_path, profile):
    file = written(tmp_path, row("a"))
    run("import", file, "--profile", profile)
    batch = ImportBatch.objects.get()
    ImportBatch.objects.update(state="waiting", position=0, created=0)
    batch.rows.all().delete()
    Job.objects.update(state="waiting")
    cancel_batch(number=batch.number, by=None, at=clock.now())
    result = run("import", file, "--profile", profile, "--resume")
    assert last(result) == "created 0, updated 0, unchanged 1, refused 0"


def test_undo_and_the_list_of_imports(tmp_path, profile):
    file = written(tmp_path, row("a"), row("b"))
    run("import", file, "--profile", profile, "--at", "2024-05-06")
    assert str(entries()["a"].registered_on) == "2024-05-06"
    number = ImportBatch.objects.get().number
    assert run("undo", number, "--dry-run").stdout == "would undo: undone 2, kept 0\n"
    assert run("undo", number).stdout == "undone 2, kept 0\n"
    assert not list(matching_keys(Query(text="Project")))
    listed = run("imports").stdout
    assert "undone" in listed
    assert "list.csv: created 2" in listed
    again = run("undo", number)
    assert (again.exit_code, "[batch_move]" in again.stderr) == (1, True)
    assert run("undo", number + 9).exit_code == 1


def test_profiles_are_listed_shown_guessed_and_checked(tmp_path, profile):
    assert "large" in run("profile", "list").stdout
    assert run("profile", "show", "iati").stdout.count('slug = "iati"') == 1
    assert run("profile", "show", "none").exit_code == 1
    file = written(tmp_path, row("a", website="https://example.org"))
    guessed = tmp_path / "guessed.toml"
    plain = tmp_path / "plain.csv"
    plain.write_bytes(table([{"id": "a", "title": "T"}], ("id", "title")))
    guessed.write_text(run("profile", "guess", plain).stdout)
    checked = run("profile", "check", guessed)
    assert checked.exit_code == 0, checked.output
    checked = run("profile", "check", profile, "--against", file)
    assert checked.stdout.splitlines()[-1] == "list version 1 can be used"
    profile.write_text("format = 1")
    assert run("profile", "check", profile).exit_code == 1
