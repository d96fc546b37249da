"""The import wizard on the screen: a file, a trial, the import, its report, undoing it."""

import io
import json

import pytest
from tests.factories import accounts, imports
from tests.factories.pages import visit

from stocktaking.accounts.rules.roles import Role
from stocktaking.entries.models import Entry
from stocktaking.entries.states import EntryState
from stocktaking.files.models import StoredFile
from stocktaking.files.operations.keeping import original_path
from stocktaking.intake.models import ImportBatch, ImportProfile
from stocktaking.intake.queries.imports import reasons
from stocktaking.kernel import clock
from stocktaking.kernel.reading import look

HERE = "/en/staff/imports/"


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def organiser(register):
    return accounts.person(Role.ORGANISER, name="Or Ganiser")


@pytest.fixture
def wizard(organiser):
    browser = accounts.browser(organiser)
    return lambda path="": visit(browser, f"{HERE}{path}")


def sent(wizard, content=None, *, name="projects.csv", path="new/"):
    """The page of a file that was sent with the form, without a script."""
    form = wizard(path).form(type="file")
    file = io.BytesIO(imports.table() if content is None else content)
    file.name = name
    form["data.upload"] = file
    return form.send()


def trial_of(page, **pressed):
    """The page of a trial that has run, from the page that starts it."""
    after = page.form(name="act").send(act="try", **pressed)
    imports.work()
    return visit(after.client, after.path)


def test_empty_list_says_what_an_import_is(wizard) -> None:
    page = wizard()
    assert "Nothing was imported yet" in page.text
    assert f"{HERE}new/" in page.links()


def test_list_names_file_profile_state_and_counts(wizard, organiser) -> None:
    trial = imports.batch(by=organiser)
    page = wizard()
    assert "projects.csv" in page.text
    assert "Profile projects, version 1" in page.text
    assert "Tried out 3001" in page.text
    assert "Or Ganiser" in page.text
    assert f"{HERE}{trial.number}/" in page.links()
    assert "There is nothing on this page" in wizard("?page=9").text


def test_menu_leads_to_imports_for_those_who_may(wizard, organiser) -> None:
    assert HERE in visit(accounts.browser(organiser), "/en/staff/").html
    moderator = accounts.browser(accounts.person(Role.MODERATOR))
    assert HERE not in visit(moderator, "/en/staff/").html


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"", "The file is empty."), (b"%PDF-1.4 %%EOF", "not clear what this file is")],
)
def test_file_that_is_none_is_refused_at_its_field(wizard, content, told) -> None:
    page = sent(wizard, content)
    assert page.status == 422
    assert told in page.text
    assert "aria-" in page.html


def test_nothing_chosen_is_told(wizard) -> None:
    page = wizard("new/").form(type="file").send()
    assert page.status == 422
    assert "Choose a file." in page.text


def test_file_in_an_old_encoding_is_shown_as_it_is_read(wizard) -> None:
    content = "Registre\r\n\r\nRéf;Nom\r\n1;Forêt\r\n2;Île\r\n3;Été\r\n".encode("cp1252")
    page = sent(wizard, content, name="forêt.csv")
    assert "forêt.csv" in page.text
    assert "windows-1252" in page.text
    assert "ForêtÎleÉté" in page.text
    assert "No profile recognises this file." in page.text


def test_number_of_a_file_sent_in_pieces_counts_for_its_sender_only(wizard, organiser) -> None:
    own, other = imports.file(by=organiser), imports.file(b"a,b\n1,2\n", by=accounts.person())
    form = wizard("new/").form(type="file")
    form["data.0.file"], form["data.1.file"] = str(own.pk), str(other.pk)
    assert form.send().path == f"{HERE}files/{own.pk}/"
    assert wizard(f"files/{other.pk}/").status == 404


def test_files_that_are_no_data_are_not_shown(wizard, organiser) -> None:
    answer = StoredFile.objects.create(
        sha256="0" * 64, name="a.csv", media_type="text/csv", size=1, stored_at=imports.AT
    )
    answer.sendings.create(person_id=organiser.pk, name="a.csv", at=imports.AT)
    assert wizard(f"files/{answer.pk}/").status == 404


def test_recognised_profile_is_chosen_and_tried_at_once(wizard) -> None:
    imports.profile()
    page = sent(wizard)
    assert "Its columns are those of the profile “Spreadsheet of projects”." in page.text
    assert "reads 6 of 6 columns" in page.text
    trial = trial_of(page)
    assert "Would be created" in trial.text
    batch = ImportBatch.objects.get()
    assert (batch.dry_run, batch.created, batch.refused) == (True, 3, 1)
    assert Entry.objects.count() == 0


def test_trial_tells_good_and_bad_rows_with_the_reasons(wizard, organiser) -> None:
    trial = imports.batch(by=organiser)
    page = wizard(f"{trial.number}/")
    assert "Name: The title is missing." in page.text
    assert "“two” is no term of Goal." in page.text
    assert "Boats that test water" in page.text
    refused = wizard(f"{trial.number}/?verdict=refused")
    assert "Boats that test water" not in refused.text
    assert "Radio for fishers" in refused.text or "Nobody" not in refused.text
    noted = wizard(f"{trial.number}/?verdict=noted")
    assert "Buses with a library" in noted.text


def test_rows_are_filtered_by_what_was_told_of_them(wizard, organiser) -> None:
    trial = imports.batch(by=organiser)
    told = {one.note.code: one for one in reasons(trial.number)}
    assert told["title_missing"].fault
    page = wizard(f"{trial.number}/")
    assert f"{HERE}{trial.number}/?code=title_missing&column=Name#rows" in page.links()
    only = wizard(f"{trial.number}/?code=title_missing&column=Name")
    assert "Only: The title is missing." in only.text
    assert "Boats that test water" not in only.text
    other = wizard(f"{trial.number}/?code=title_missing&column=Goals")
    assert "No such row." in other.text


def test_row_page_shows_what_the_file_says_where_it_is_refused(wizard, organiser) -> None:
    trial = imports.batch(by=organiser)
    page = wizard(f"{trial.number}/rows/4/")
    assert "Nobody remembers its name." in page.text
    assert 'class="wrong"' in page.html
    assert wizard(f"{trial.number}/rows/99/").status == 404


def test_waiting_import_shows_progress_and_can_be_cancelled(wizard, organiser) -> None:
    trial = imports.batch(by=organiser, run=False)
    page = wizard(f"{trial.number}/")
    assert "It waits for a worker." in page.text
    assert f"{HERE}{trial.number}/" in page.links()  # "Look again"
    told = page.client.get(f"{HERE}{trial.number}/progress/").json()
    assert told == {"open": True, "share": None, "told": "It waits for a worker."}
    after = next(f for f in [page.form(**{"class": "btn danger"})]).send()
    assert "It was cancelled." in after.text
    trial.refresh_from_db()
    assert trial.state == "cancelled"
    assert "It goes on where it stopped." in after.form(**{"class": "btn"}).send().text


def test_trial_becomes_an_import_as_it_is_confirmed(wizard, organiser) -> None:
    trial = imports.batch(by=organiser)
    form = wizard(f"{trial.number}/").form(name="conflict")
    form["conflict"] = "replace"
    form.fields.pop("publish", None)
    first = form.send()
    assert form.send().path == first.path  # sent twice, done once
    imports.work()
    batch = ImportBatch.objects.get(dry_run=False)
    assert (batch.conflict, batch.publish, batch.created) == ("replace", False, 3)
    assert {entry.state for entry in Entry.objects.all()} == {EntryState.UNPUBLISHED}
    page = visit(first.client, first.path)
    assert "Imported" in page.text
    assert f"import {batch.number}" in wizard(f"{trial.number}/").text  # the trial says so


def test_trial_without_anything_to_do_offers_no_import(wizard, organiser) -> None:
    imports.batch(by=organiser, trial=False)
    trial = imports.batch(by=organiser)
    assert (trial.unchanged, trial.refused) == (3, 1)
    assert "There is nothing to import" in wizard(f"{trial.number}/").text


def test_updates_show_what_would_change_and_what_changed(wizard, organiser) -> None:
    imports.batch(by=organiser, trial=False)
    rows = [list(row) for row in imports.ROWS]
    rows[0][1] = "Boats that test water and air"
    for trial in (True, False):
        batch = imports.batch(imports.table(rows), by=organiser, trial=trial)
        page = wizard(f"{batch.number}/?verdict=updated")
        assert "<ins>Boats that test water and air</ins>" in page.html or "and air" in page.text
        assert "1 field changes" in page.text
        assert "and air" in wizard(f"{batch.number}/rows/2/").text


def test_report_is_corrected_and_sent_back_with_the_same_profile(
    wizard, organiser, tmp_path
) -> None:
    text = imports.PROFILE.replace(
        "[identity]", '[reading]\nheader = 3\ndelimiter = ";"\nencodings = "cp1252"\n\n[identity]'
    )
    imports.profile(text)
    content = "Liste;;;\r\n;;;\r\nRef;Name;Goals;Where\r\nF1;Forêt;1;Kenya\r\nF2;;2;Kenya\r\n"
    batch = imports.batch(content.encode("cp1252"), by=organiser, trial=False, text=text)
    assert (batch.created, batch.refused) == (1, 1)
    page = wizard(f"{batch.number}/")
    assert f"{HERE}new/?profile=projects" in page.links()
    for form in ("csv", "xlsx"):
        answer = page.client.get(f"{HERE}{batch.number}/report.{form}")
        report = b"".join(answer.streaming_content)
        path = tmp_path / f"report.{form}"
        path.write_bytes(report)
        head = look(path)
        assert head.columns == ("Ref", "Name", "Goals", "Where", "verdict", "reason", "column")
        assert head.samples["reason"] == ("The title is missing.",)
    corrected = b"".join(
        page.client.get(f"{HERE}{batch.number}/report.csv").streaming_content
    ).replace(b"F2,,", "F2,Île,".encode())
    assert "read with the profile “Spreadsheet of projects”" in wizard("new/?profile=projects").text
    again = sent(wizard, corrected, name="refused.csv", path="new/?profile=projects")
    assert "rows that an import refused" in again.text
    trial = trial_of(again)
    assert "Would be created1" in trial.text
    assert "Columns that nothing reads" not in trial.text
    # what is made of the profile on this way still reads the original file
    build = visit(
        trial.client,
        f"{HERE}files/{ImportBatch.objects.latest('number').file_id}/profile/?profile=projects",
    )
    assert build.form(name="act")["reading-header"] == "3"


def test_records_that_are_no_rows_come_back_as_lines(wizard, organiser) -> None:
    lines = b'{"Ref": "N1", "Name": ["A", "B"]}\n{"Ref": "N2"}\n'
    batch = imports.batch(lines, by=organiser)
    page = wizard(f"{batch.number}/")
    assert f"{HERE}{batch.number}/report.jsonl" in page.links()
    answer = page.client.get(f"{HERE}{batch.number}/report.jsonl")
    [line] = b"".join(answer.streaming_content).splitlines()
    assert json.loads(line) == {
        "Ref": "N2",
        "verdict": "refused",
        "reason": "The title is missing.",
        "column": "Name",
    }


def test_undo_says_what_it_will_do_and_does_it(wizard, organiser) -> None:
    batch = imports.batch(by=organiser, trial=False)
    page = wizard(f"{batch.number}/undo/")
    assert "3 entries are put back" in page.text
    after = page.form(**{"class": "btn danger"}).send()
    imports.work()
    assert "3 entries were put back." in visit(after.client, after.path).text
    assert {entry.state for entry in Entry.objects.all()} == {EntryState.WITHDRAWN}
    assert wizard(f"{batch.number}/undo/").status == 302  # there is nothing left to undo
    assert "put back" in wizard(f"{batch.number}/?verdict=created").text


def test_failed_import_says_why_and_can_go_on(wizard, organiser) -> None:
    batch = imports.batch(by=organiser, trial=False, run=False)
    path = original_path(batch.file.sha256)
    path.rename(path.with_suffix(".away"))
    imports.work()
    page = wizard(f"{batch.number}/")
    assert "The file of this import is no longer stored." in page.text
    path.with_suffix(".away").rename(path)
    page.form(**{"class": "btn"}).send()
    imports.work()
    assert "Created3" in wizard(f"{batch.number}/").text


def test_desk_shows_trials_and_failures_until_somebody_goes_on(wizard, organiser) -> None:
    trial = imports.batch(by=organiser, at=clock.now())
    desk = visit(accounts.browser(organiser), "/en/desk/")
    assert "Trial to go on with" in desk.text
    assert "3 records would create or change an entry." in desk.text
    assert f"{HERE}{trial.number}/" in desk.links()
    imports.batch(by=organiser, trial=False, at=clock.now())
    assert "Trial to go on with" not in visit(accounts.browser(organiser), "/en/desk/").text
    assert ImportProfile.objects.count() == 0
