"""The report of a collection, to read, to print and to take along."""

import csv
import io
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook
from tests.factories import accounts, calls, questionnaires
from tests.web.participation.conftest import XSS, health

from stocktaking.entries.operations import create_collection, revise_collection, withdraw_entry
from stocktaking.questionnaires.states import QuestionKind as Kind

PATH = "/en/collections/health/report/"
FORM = "health-form"


@pytest.fixture
def collection(register):
    health()
    title = questionnaires.question("title", Kind.SHORT, binds_to="title")
    led = questionnaires.question(
        "led", Kind.CHOICE, settings={"options": questionnaires.options("women", "men")}
    )
    story = questionnaires.question("story", Kind.LONG)
    form = questionnaires.definition(FORM, questionnaires.section("about", title, led, story))
    calls.call("health-call", form=form, kind="entries", collection="health")
    return register


def add(register, title="Clinic", answers=None, **stated):
    extra = {FORM: answers} if answers else {}
    made = register.add(title, collections=("health",), extra=extra, **stated)
    register.index()
    return made


def rows_of(response):
    text = response.getvalue().decode("utf-8-sig")
    return {(r["part"], r["code"]): r for r in csv.DictReader(io.StringIO(text))}


def test_report_tells_everything_of_the_collection(collection, visit):
    made = add(collection, countries="KE FR", answers={"led": "women", "story": "My own words"})
    page = visit(PATH)
    html = page.content.decode()
    assert page.status_code == 200
    for said in (
        "Clinics and more.",
        "It names a clinic.",
        "Most often: line L1, 1 of 1.",
        "2 of 3 have no entry yet.",
        "Question led",
        "Women",
        "In their own words.",
        "A network run by a village.",
        f"/e/{made.pk}",
        "1 published entry",
    ):
        assert said in html, said
    assert "My own words" not in html
    assert f'href="/en/entries/{made.pk}-' in html
    assert "/en/entries/?collection=health&amp;goal=3" in html
    assert "/en/collections/health/report.csv" in html
    assert "/en/entries.csv?collection=health" in html
    assert "/en/collections/health/report/" in visit("/en/collections/health/").content.decode()


def test_report_of_nothing_says_so(collection, visit):
    html = visit(PATH).content.decode()
    assert "No published entry yet." in html
    assert "Most often" not in html
    assert visit("/en/collections/none/report/").status_code == 404
    assert visit("/en/collections/none/report.csv").status_code == 404


def test_report_is_in_the_language_of_the_reader(collection, visit):
    add(collection)
    html = visit("/ar/collections/health/report/").content.decode()
    assert 'dir="rtl"' in html
    assert "الصحة" in html
    assert 'x="' in html  # bars grow from the right


def test_kept_report_follows_every_change(collection, visit):
    made = add(collection)
    first = visit(PATH)
    assert visit(PATH, **{"If-None-Match": first["ETag"]}).status_code == 304
    withdraw_entry(number=made.pk, reason="Asked for", by=None, at=accounts.AT)
    second = visit(PATH, **{"If-None-Match": first["ETag"]})
    assert second.status_code == 200
    assert "Clinic</a>" not in second.content.decode()
    revise_collection(slug="health", title={"en": "Wellbeing"}, based_on=1, by=None, at=accounts.AT)
    third = visit(PATH, **{"If-None-Match": second["ETag"]})
    assert "Wellbeing" in third.content.decode()


def test_figures_are_a_table_of_all_that_is_drawn(collection, visit):
    add(collection, lines="L1 L2", countries="KE FR", answers={"led": "women"})
    add(collection, "Second", answers={"led": "men", "story": "My own words"})
    answer = visit("/en/collections/health/report.csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert "stocktaking-health-" in answer["Content-Disposition"]
    rows = rows_of(answer)
    assert rows["total", "entries"]["entries"] == "2"
    assert (rows["line", "L2"]["entries"], rows["line", "L2"]["share"]) == ("1", "0.5")
    assert rows["goal", "2"]["entries"] == "0"
    assert rows["country", "FR"]["title"] == "country FR"
    assert rows["question:led", "women"]["share"] == "0.5"
    assert rows["question:story", ""]["entries"] == "1"
    assert rows["registered", "2026"]["entries"] == "2"
    again = visit("/en/collections/health/report.csv")
    assert "My own words" not in again.getvalue().decode()


def test_figures_as_a_sheet_are_the_same(collection, visit):
    add(collection)
    sheet = BytesIO(visit("/en/collections/health/report.xlsx").getvalue())
    rows = CalamineWorkbook.from_filelike(sheet).get_sheet_by_index(0).to_python()
    assert rows[0] == ["part", "code", "title", "entries", "share"]
    assert rows[1][:2] == ["total", "entries"]
    assert len(rows) - 1 == len(rows_of(visit("/en/collections/health/report.csv")))


def test_markup_and_formulas_in_a_report_stay_text(collection, visit):
    create_collection(
        slug="odd",
        title={"en": XSS},
        introduction={"en": XSS},
        criteria={"en": XSS},
        by=None,
        at=accounts.AT,
    )
    question = questionnaires.question(
        "led",
        Kind.CHOICE,
        settings={"options": [{"code": "a", "label": {"en": "=cmd|' /C calc'!A0"}}]},
    )
    title = questionnaires.question("title", Kind.SHORT, binds_to="title")
    form = questionnaires.definition("odd", questionnaires.section("about", title, question))
    calls.call("odd", form=form, kind="entries", collection="odd")
    collection.add(XSS, collections=("odd",), summary=XSS, extra={"odd": {"led": "a"}})
    collection.index()
    html = visit("/en/collections/odd/report/").content.decode()
    assert "<script" not in html
    assert "<img" not in html
    assert rows_of(visit("/en/collections/odd/report.csv"))["question:led", "a"]["title"] == (
        "'=cmd|' /C calc'!A0"
    )


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_report_is_only_read(collection, client, method):
    assert getattr(client, method)(PATH).status_code == 405
