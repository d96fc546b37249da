"""The builder of profiles, the values that are no terms, and profiles as files, on the screen."""

import io
import re
from pathlib import Path

import pytest
import xlsxwriter
from django.contrib.staticfiles.finders import find
from tests.factories import accounts, imports
from tests.factories.pages import visit
from tests.web.test_imports import HERE, sent

from stocktaking.accounts.rules.roles import Role
from stocktaking.history.models import HistoryRecord
from stocktaking.intake.models import ImportBatch, ImportProfile
from stocktaking.intake.rules.profiles.documents import parse
from stocktaking.intake.rules.profiles.shipped import texts
from stocktaking.web.forms.imports.uses import OPTIONS

MESSY = (
    "Registre du ministère;;;;;\r\n;;;;;\r\n"
    "Code;Intitulé;Description;Pays;Début;Budget\r\n"
    "F1;Forêt;Des arbres.;Kenya;03/02/2021;100\r\n"
    "F2;Île;Une barque.;Kénia;13/02/2021;200\r\n"
).encode("cp1252")
SHEET = [["Ref", "Title"], [1, "One"], [2, "Two"]]


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def organiser(register):
    return accounts.person(Role.ORGANISER)


@pytest.fixture
def wizard(organiser):
    browser = accounts.browser(organiser)
    return lambda path="": visit(browser, f"{HERE}{path}")


@pytest.fixture
def builder(wizard):
    """The form of a new profile for a messy file, and the place of each column in it."""
    page = sent(wizard, MESSY, name="Registre 2021.csv").form(name="act").send(act="build")
    return page, columns_in(page)


def columns_in(page) -> dict[str, int]:
    form = page.form(name="c0-to")
    names = (name for name in form.fields if re.fullmatch(r"c\d+-column", name))
    return {form[name]: int(name[1:].partition("-")[0]) for name in names}


def filled(builder):
    page, at = builder
    form = page.form(name="c0-to")
    form[f"c{at['Intitulé']}-to"] = "title"
    form[f"c{at['Description']}-to"] = "summary"
    form[f"c{at['Pays']}-to"] = "terms:country"
    form[f"c{at['Pays']}-values"] = "Kénia = KE\nKenya = country KE"
    form[f"c{at['Début']}-to"] = "start"
    form[f"c{at['Début']}-order"] = "dmy"
    form[f"c{at['Budget']}-to"] = "extra"
    form["profile-identity_first"], form["profile-system"] = "Code", "ministry"
    form["profile-language_default"] = "fr"
    return form


def test_builder_proposes_a_profile_from_the_columns(builder) -> None:
    page, at = builder
    form = page.form(name="c0-to")
    assert set(at) == {"Code", "Intitulé", "Description", "Pays", "Début", "Budget"}
    assert form[f"c{at['Intitulé']}-to"] == "title"
    assert form["profile-slug"] == "registre-2021"
    assert form["profile-title"] == "Registre 2021"
    assert "Forêt" in page.text


def test_profile_is_saved_and_tried(builder) -> None:
    form = filled(builder)
    form["constants-0-to"], form["constants-0-value"] = "terms:status", "ongoing"
    page = form.send(act="try")
    kept = ImportProfile.objects.get()
    profile = parse(kept.text)
    assert (kept.slug, kept.version, profile.title) == ("registre-2021", 1, {"en": "Registre 2021"})
    assert profile.identity.columns == ("Code",)
    assert profile.language.default == "fr"
    assert {rule.to: rule.columns for rule in profile.fields} == {
        "title": ("Intitulé",),
        "summary": ("Description",),
        "start": ("Début",),
        "extra:Budget": ("Budget",),
    }
    assert [(r.scheme, r.columns, r.constants) for r in profile.terms] == [
        ("country", ("Pays",), ()),
        ("status", (), ("ongoing",)),
    ]
    assert dict(profile.terms[0].values) == {"Kénia": "KE", "Kenya": "KE"}
    assert set(profile.recognises) == {"Code", "Intitulé", "Description", "Pays", "Début", "Budget"}
    batch = ImportBatch.objects.get()
    assert page.path == f"{HERE}{batch.number}/"
    imports.work()
    batch.refresh_from_db()
    assert (batch.created, batch.refused, batch.unknown) == (2, 0, {})
    assert HistoryRecord.objects.filter(verb="profile_saved").count() == 1


def test_same_form_sent_twice_makes_one_version_and_one_trial(builder) -> None:
    form = filled(builder)
    form.send(act="try")
    form.send(act="try")
    assert (ImportProfile.objects.count(), ImportBatch.objects.count()) == (1, 1)


def test_form_changed_and_sent_again_makes_another_version_and_trial(builder) -> None:
    _page, at = builder
    form = filled(builder)
    first = form.send(act="try")
    form[f"c{at['Budget']}-to"] = ""  # as after going back in the browser
    second = form.send(act="try")
    assert first.path != second.path
    assert (ImportProfile.objects.count(), ImportBatch.objects.count()) == (2, 2)


def test_errors_stand_at_their_fields_and_nothing_typed_is_lost(builder) -> None:
    _page, at = builder
    form = filled(builder)
    form[f"c{at['Pays']}-values"] = "Kénia = KE\nnothing"
    form[f"c{at['Intitulé']}-cut"] = "many"
    form["profile-system"] = ""
    form["constants-0-to"], form["constants-0-value"] = "terms:status", "never heard"
    after = form.send(act="try")
    assert after.status == 422
    assert "4 things to correct" in after.text
    for anchor in (
        f"id_c{at['Pays']}-values",
        f"id_c{at['Intitulé']}-cut",
        "id_profile-system",
        "id_constants-0-value",
    ):
        assert f"#{anchor}" in after.links()
        assert anchor in after.ids()
    again = after.form(name="c0-to")
    for name, value in form.fields.items():
        if name not in ("csrfmiddlewaretoken", "act"):
            assert [v.strip() for v in again.fields.get(name, [])] == [v.strip() for v in value], (
                name
            )
    assert ImportProfile.objects.count() == 0


def test_title_is_asked_for(builder) -> None:
    _page, at = builder
    form = filled(builder)
    form[f"c{at['Intitulé']}-to"] = ""
    after = form.send(act="save")
    assert "Choose the column of the title." in after.text


def test_row_for_a_constant_is_added_without_judging(builder) -> None:
    form = filled(builder)
    form["profile-system"] = ""
    after = form.send(act="constant")
    assert after.status == 200
    assert "to correct" not in after.text
    assert "id_constants-1-value" in after.ids()
    assert after.form(name="c0-to")["profile-identity_first"] == "Code"


def test_file_is_read_again_as_somebody_says(builder) -> None:
    form = filled(builder)
    form["reading-header"] = "4"
    after = form.send(act="read")
    assert after.status == 200
    assert set(columns_in(after)) == {"F1", "Forêt", "Des arbres.", "Kenya", "03/02/2021", "100"}
    form["reading-header"] = "400"
    refused = form.send(act="read")
    assert "There are no heads in row 400." in refused.text
    assert "Intitulé" in columns_in(refused)
    form["reading-header"], form["reading-encodings"] = "", "latin-17"
    assert "There is no encoding" in form.send(act="try").text


def test_sheet_of_a_workbook_is_chosen(wizard) -> None:
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held)
    for name, rows in (("Notes", [["Nothing", "here"], ["a", "b"]]), ("Projects", SHEET)):
        sheet = book.add_worksheet(name)
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row)
    book.close()
    page = sent(wizard, held.getvalue(), name="book.xlsx")
    build = page.form(name="act").send(act="build")
    form = build.form(name="c0-to")
    assert 'value="Projects"' in build.html
    form["reading-sheet"] = "Projects"
    after = form.send(act="read")
    assert set(columns_in(after)) == {"Ref", "Title"}
    form = after.form(name="c0-to")
    form["profile-identity_first"], form["profile-system"] = "Ref", "book"
    form.send(act="try")
    imports.work()
    batch = ImportBatch.objects.get()
    assert (batch.head["sheet"], batch.created, batch.refused) == ("Projects", 2, 0)


def test_change_of_a_profile_makes_a_new_version(wizard, builder) -> None:
    filled(builder).send(act="save")
    number = ImportBatch.objects.count()
    page = sent(wizard, MESSY, name="again.csv").form(name="act").send(act="build")
    at = columns_in(page)
    form = page.form(name="c0-to")
    assert form[f"c{at['Budget']}-to"] == "extra"
    assert form["profile-slug"] == "registre-2021"
    form[f"c{at['Budget']}-to"] = ""
    after = form.send(act="save")
    assert "The profile is saved as version 2." in after.text
    assert ImportBatch.objects.count() == number
    newest = parse(ImportProfile.objects.get(version=2).text)
    assert "Budget" in newest.ignored
    assert "extra:Budget" not in {rule.to for rule in newest.fields}
    assert sent(wizard, MESSY).form(name="act").send(act="build").status == 200


def test_shipped_profile_becomes_one_of_our_own(wizard) -> None:
    content = b"""{"id": "A", "title": "T", "registry_folder": "x", "description": "D",
        "sdg_evidence": {"1": "Because."}, "countries_deployed": ["Kenya"]}""".replace(b"\n", b"")
    page = sent(wizard, content, name="dpg.jsonl")
    assert "recognised" in page.text
    build = page.form(name="act").send(act="build")
    assert build.form(name="c0-to")["profile-slug"] == "dpg-own"
    assert "Rules that the table cannot show" in build.text


def test_trial_leads_back_to_the_builder_with_its_profile(wizard, organiser) -> None:
    imports.profile()
    trial = imports.batch(by=organiser)
    link = f"{HERE}files/{trial.file_id}/profile/?batch={trial.number}"
    assert link in wizard(f"{trial.number}/").links()
    page = visit(accounts.browser(organiser), link)
    form = page.form(name="c0-to")
    at = columns_in(page)
    assert form[f"c{at['Where']}-values"].strip() == "Kenya = KE\nSudan = SD"
    assert form["profile-title"] == "Spreadsheet of projects"


def test_unknown_values_are_mapped_and_the_file_is_tried_again(wizard, organiser) -> None:
    imports.profile()
    trial = imports.batch(by=organiser)
    assert trial.unknown == {"goal": {"two": 1}, "country": {"Sea": 1}}
    page = wizard(f"{trial.number}/values/")
    form = page.form(name="s-goal-0")
    form["s-goal-0"], form["s-country-0"], form["s-country-unknown"] = "2", "-", "refuse"
    form["s-goal-0-said"] = "two"
    form.send()
    imports.work()
    again = ImportBatch.objects.latest("number")
    assert (again.dry_run, again.unknown, again.noted) == (True, {}, 0)
    rules = {rule.scheme: rule for rule in parse(ImportProfile.objects.get(version=2).text).terms}
    assert rules["goal"].values == {"two": "2"}
    assert rules["country"].values == {"Kenya": "KE", "Sudan": "SD", "Sea": ""}
    assert (rules["goal"].unknown, rules["country"].unknown) == ("report", "refuse")
    assert wizard(f"{again.number}/values/").status == 404


def test_list_of_profiles_and_their_files(wizard) -> None:
    kept = imports.profile()
    page = wizard("profiles/")
    assert "Spreadsheet of projects" in page.text
    assert "Comes with the program" in page.text
    assert f"{HERE}new/?profile=projects" in page.links()
    answer = page.client.get(f"{HERE}profiles/projects/1.toml")
    assert answer.content.decode() == kept.text
    assert 'filename="projects-1.toml"' in answer["Content-Disposition"]
    assert page.client.get(f"{HERE}profiles/projects/2.toml").status_code == 404
    assert page.client.get(f"{HERE}profiles/dpg/1.toml").content.decode() == texts()["dpg"]
    assert wizard("profiles/nobody/").status == 404


def test_profile_file_is_sent_and_its_faults_are_told(wizard) -> None:
    form = wizard("profiles/new/").form(name="text")
    file = io.BytesIO(imports.PROFILE.replace('"goal"', '"gaol"').encode())
    file.name = "projects.toml"
    form["file"] = file
    page = form.send()
    assert page.status == 422
    assert "There is no scheme “gaol”" in page.text
    assert "gaol" in page.form(name="text")["text"]  # it can be corrected right there
    again = page.form(name="text")
    again["text"] = again["text"].replace("gaol", "goal")
    again.fields.pop("file", None)
    assert "saved as version 1" in again.send().text


def test_profile_file_changed_in_place_gets_the_next_version(wizard) -> None:
    imports.profile()
    form = wizard("profiles/projects/").form(name="text")
    assert "saved as version 1" in form.send().text  # nothing was changed
    form["text"] = form["text"].replace("Spreadsheet of projects", "Table of projects")
    page = form.send()
    assert "saved as version 2" in page.text
    assert "version = 2" in ImportProfile.objects.get(version=2).text
    assert "Table of projects" in page.text


def test_shipped_profile_cannot_be_overwritten(wizard) -> None:
    form = wizard("profiles/dpg/").form(name="text")
    form["text"] = imports.PROFILE.replace('slug = "projects"', 'slug = "dpg"')
    page = form.send()
    assert page.status == 422
    assert "belongs to a shipped profile" in page.text


def test_every_family_of_choices_has_its_options_in_the_sheet_of_styles() -> None:
    styles = Path(find("web/imports.css")).read_text()
    for family, names in OPTIONS.items():
        assert (f"option[data-f={family}]:checked" in styles) == bool(names), family
