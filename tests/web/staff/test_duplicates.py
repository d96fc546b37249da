"""Duplicates on the screen: the list, two entries side by side, deciding, undoing."""

from dataclasses import replace

import pytest
from django.urls import reverse
from tests.factories import accounts
from tests.factories import entries as make_entries
from tests.factories.pages import visit

from stocktaking.accounts.rules.roles import GRANTS, Role
from stocktaking.entries.models import Entry, Merging
from stocktaking.entries.operations import revise_entry
from stocktaking.entries.queries import values_of
from stocktaking.entries.rules.values import TextValue
from stocktaking.intake.models import DuplicateFamily, DuplicatePair
from stocktaking.jobs.models import Job
from stocktaking.jobs.operations import run_waiting
from stocktaking.kernel import clock
from stocktaking.web.desk import Viewer, waiting_for

HERE = "/en/staff/duplicates/"


@pytest.fixture
def moderator(register):
    return accounts.person(Role.MODERATOR, name="Mo Derator")


@pytest.fixture
def desk(moderator):
    browser = accounts.browser(moderator)
    return lambda path="": visit(browser, f"{HERE}{path}")


@pytest.fixture
def twins(register):
    return tuple(
        make_entries.entry(texts=(TextValue("en", title, f"{title} is here."),), start=start)
        for title, start in (("Zanobi portal", "2001"), ("Zanobi <Portal>", "2002"))
    )


def look() -> None:
    run_waiting(at_clock=clock.now)


def test_look_finds_pairs_and_the_desk_says_so(desk, twins, moderator) -> None:
    page = desk()
    assert "Nobody has looked through the register yet." in page.text
    page = page.form(action=f"{HERE}look/").send()
    assert "The register is being looked through." in page.text
    look()
    page = desk()
    assert "To decide 1" in page.text
    assert "titles alike" in page.text
    assert "Zanobi <Portal>" in page.text
    assert f"{HERE}{twins[0].pk}/{twins[1].pk}/" in page.links()
    viewer = Viewer(moderator, clock.now(), GRANTS[Role.MODERATOR])
    assert [row.count for row in waiting_for(viewer) if row.url == HERE] == [1]


def test_looking_twice_starts_one_job(desk, twins) -> None:
    desk().form(action=f"{HERE}look/").send()
    assert "Show how far it is" in desk().text
    assert Job.objects.filter(kind="intake.duplicates").count() == 1


def test_pair_shows_both_and_what_would_change_by_what_is_chosen(desk, twins) -> None:
    one, other = twins
    page = desk(f"{one.pk}/{other.pk}/")
    assert "Zanobi <Portal> is here." in page.text
    assert "Nothing: the other one says no more than this one." in page.text
    form = page.form(value="preview")
    form["take:texts.en.title"], form["take:texts.en.summary"] = "theirs", "both"
    page = form.send(act="preview")
    assert page.status == 200
    assert "Zanobi <Portal>" in page.text
    chosen = page.form(value="merge")
    assert chosen["take:texts.en.title"] == "theirs"
    after = chosen.send(act="merge")
    assert after.path == HERE
    assert f"Entry {other.pk} went into entry {one.pk}." in after.text
    now = values_of(one.pk)
    assert now.original().title == "Zanobi <Portal>"
    assert now.original().summary.startswith("Zanobi portal is here.\n\nZanobi")
    assert now.start == "2001"


def test_merged_number_answers_301_and_undoing_brings_it_back(desk, twins, client) -> None:
    one, other = twins
    desk(f"{one.pk}/{other.pk}/").form(value="merge").send(act="merge")
    address = reverse("entry", args=[other.pk, other.slug])
    answer = client.get(address)
    assert (answer.status_code, answer["Location"]) == (301, reverse("permalink", args=[one.pk]))
    merged = desk("?state=merged")
    assert f"{HERE}{one.pk}/{other.pk}/" in merged.links()
    page = desk(f"{one.pk}/{other.pk}/").form(value="undo").send(act="undo")
    assert f"Entries {one.pk} and {other.pk} are two entries again." in page.text
    assert Merging.objects.get().undone_at is not None
    assert Entry.objects.get(pk=other.pk).state == "published"


def test_set_apart_is_remembered_and_can_be_taken_back(desk, twins) -> None:
    one, other = twins
    desk().form(action=f"{HERE}look/").send()
    look()
    form = desk(f"{one.pk}/{other.pk}/").form(value="apart")
    form["note"] = "Two countries"
    assert "are two projects" in form.send(act="apart").text
    assert "Two countries" in desk("?state=apart").text
    page = desk(f"{one.pk}/{other.pk}/")
    assert "it was decided that these are two projects" in page.text
    assert "Mo Derator" in page.text
    page.form(value="again").send(act="again")
    assert DuplicatePair.objects.get().state == "open"


def test_somebody_else_saved_first(desk, twins) -> None:
    one, other = twins
    page = desk(f"{one.pk}/{other.pk}/")
    values = replace(values_of(other.pk), start="2005")
    revise_entry(number=other.pk, values=values, based_on=1, by=None, at=clock.now())
    after = page.form(value="merge").send(act="merge")
    assert after.status == 409
    assert "Nothing was changed. Look at both again." in after.text
    assert not Merging.objects.exists()


def test_sent_twice_merges_once(desk, twins) -> None:
    one, other = twins
    form = desk(f"{one.pk}/{other.pk}/").form(value="merge")
    assert form.send(act="merge").path == HERE
    assert form.send(act="merge").path == HERE
    assert Merging.objects.count() == 1


@pytest.mark.parametrize("query", ["?one=1&other=99999999", "?one=x&other=3", "?one=2&other=2"])
def test_any_two_that_do_not_exist_are_explained(desk, twins, query) -> None:
    page = desk(query)
    if "x" not in query:
        assert page.status == 422
    assert "Give the numbers of two entries that exist." in page.text


def test_any_two_entries_lead_side_by_side(desk, twins) -> None:
    one, other = twins
    answer = desk(f"?one={one.pk}&other={other.pk}").response
    assert (answer.status_code, answer["Location"]) == (302, f"{HERE}{one.pk}/{other.pk}/")


@pytest.mark.parametrize("path", ["1/99999999/", "5/5/"])
def test_unknown_pair_is_not_found(desk, register, path) -> None:
    assert desk(path).status == 404


def test_draft_cannot_stay_and_the_page_says_so(desk, register) -> None:
    draft, shown = make_entries.entry(publish=False), make_entries.entry()
    page = desk(f"{draft.pk}/{shown.pk}/")
    assert "The entry that stays must be published" in page.text
    assert f"{HERE}{shown.pk}/{draft.pk}/" in page.links()


def test_series_is_shown_and_settled(desk, register) -> None:
    body = accounts.organisation("Agency")
    for number in range(5):
        make_entries.entry(texts=(TextValue("en", f"Grant {number}"),), organisation=body.number)
    desk().form(action=f"{HERE}look/").send()
    look()
    page = desk()
    assert "Grant 0" in page.text
    series = DuplicateFamily.objects.get()
    page = page.form(action=f"{HERE}series/{series.pk}/").send()
    assert "The series is not shown again." in page.text
    assert "Grant 0" not in page.text


@pytest.mark.parametrize("query", ["?state=nothing", "?page=999", "?state=merged&page=-1"])
def test_what_cannot_be_read_counts_as_not_asked(desk, twins, query) -> None:
    assert desk(query).status == 200
