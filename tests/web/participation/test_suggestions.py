"""Suggesting and reporting on the pages: visitors, owners, staff."""

import pytest
from tests.factories import accounts
from tests.web.participation.conftest import XSS

from stocktaking.entries.operations import revise_entry, withdraw_entry
from stocktaking.entries.queries import values_of
from stocktaking.intake.models import Suggestion
from stocktaking.intake.operations.suggesting import suggest
from stocktaking.intake.states import SuggestionKind
from stocktaking.outbox.models import Message


def made(world, part="texts.en.title", **more):
    stated = {
        "number": world.entry.pk,
        "kind": SuggestionKind.EDIT,
        "place": part,
        "proposed": "A better network",
        "language": "en",
        "by": None,
        "at": accounts.AT,
    }
    return suggest(**{**stated, **more})


def path(place, name="suggestion"):
    return f"entries/{place.entry.pk}/{name}/"


def test_entry_page_leads_to_the_forms(place):
    links = place.open("visitor", f"entries/{place.entry.pk}-{place.entry.slug}/").links()
    for name in ("suggestion", "report", "contact", "claim"):
        assert f"/en/{path(place, name)}" in links


def test_visitor_suggests_other_words(place, send):
    page = place.open("visitor", f"{path(place)}?place=texts.en.title")
    form = page.form(name="proposed")
    assert form["proposed"] == "Village network"
    form["proposed"], form["remark"], form["email"] = "A better network", "Renamed", "v@example.net"
    assert "Your suggestion has arrived" in send(form).text
    one = Suggestion.objects.get()
    assert (one.proposed, one.email, one.by, one.language) == (
        "A better network",
        "v@example.net",
        None,
        "en",
    )


def test_form_sent_twice_makes_one_suggestion(place, send):
    form = place.open("visitor", f"{path(place)}?place=texts.en.title").form(name="proposed")
    form["proposed"] = "A better network"
    for _ in range(2):
        assert "Your suggestion has arrived" in send(form).text
    assert Suggestion.objects.count() == 1


def test_machine_is_refused_and_keeps_its_text(place):
    form = place.open("visitor", f"{path(place)}?place=texts.en.title").form(name="proposed")
    form["proposed"] = "A better network"
    answer = form.send()
    assert answer.status == 422
    assert answer.form(name="proposed")["proposed"] == "A better network"
    assert not Suggestion.objects.exists()


def test_person_with_an_account_is_known(place):
    form = place.open("person", f"{path(place)}?place=texts.en.summary").form(name="proposed")
    assert "email" not in form.fields
    form["proposed"] = "Another summary"
    form.send()
    assert Suggestion.objects.get().by == place.people["person"]


@pytest.mark.parametrize("query", ["", "?place=nothing", "?place=texts.xx.title"])
def test_part_is_chosen_first(place, query):
    page = place.open("visitor", path(place) + query)
    assert page.status == 200
    assert "Title (English)" in page.text
    assert place.browser("visitor").post(f"/en/{path(place)}").status_code == 422


def test_report_goes_to_staff(place, send):
    form = place.open("visitor", path(place, "report")).form(name="remark")
    assert send(form).status == 422
    form["remark"], form["place"] = "It moved to Ghana.", "countries"
    assert "Your report has arrived" in send(form).text
    one = Suggestion.objects.get()
    assert (one.kind, one.place) == ("error", "countries")
    assert not Message.objects.exists()


@pytest.mark.parametrize("name", ["suggestion", "report", "contact", "claim"])
def test_pages_of_what_is_not_public_are_not_there(place, register, name):
    draft = register.add("Draft", publish=False)
    withdraw_entry(number=place.entry.pk, reason="x", by=None, at=accounts.AT)
    for number in (draft.pk, place.entry.pk, 999):
        assert place.open("organiser", f"entries/{number}/{name}/").status == 404


def test_too_many_forms_are_told_to_wait(place):
    browser = place.browser("visitor")
    statuses = [browser.post(f"/en/{path(place, 'report')}").status_code for _ in range(21)]
    assert statuses[:20] == [422] * 20
    assert statuses[20] == 429


def test_owner_agrees_and_staff_take_it_over(place):
    one = made(place)
    listed = place.open("owner", "account/suggestions/")
    assert "Village network" in listed.text
    page = place.open("owner", f"account/suggestions/{one.pk}/")
    form = page.form(name="note")
    form["note"] = "True."
    assert "The secretariat sees what you said" in form.send(act="agree").text
    shown = place.open("moderator", f"staff/suggestions/{one.pk}/")
    assert "The owner agrees" in shown.text
    assert shown.tree.find(".//main//del") is not None
    form = shown.form(name="words")
    form["words"], form["answer"] = "The best network", "Thank you."
    assert "Taken over" in form.send(act="take").text
    assert values_of(place.entry.pk).texts[0].title == "The best network"
    assert "Nothing waits here." in place.open("moderator", "staff/suggestions/").text
    decided = place.open("moderator", "staff/suggestions/?show=done")
    assert "Taken over" in decided.text


def test_staff_decline_with_an_answer(place):
    one = made(place)
    form = place.open("moderator", f"staff/suggestions/{one.pk}/").form(name="words")
    refused = form.send(act="decline")
    assert refused.status == 422
    assert "id_answer_error" in refused.ids()
    form["answer"] = "The old one is right."
    form.send(act="decline")
    one.refresh_from_db()
    assert (one.state, one.answer) == ("declined", "The old one is right.")


def test_change_meanwhile_is_shown_before_anything_is_decided(place):
    one = made(place)
    form = place.open("moderator", f"staff/suggestions/{one.pk}/").form(name="words")
    values = values_of(place.entry.pk)
    revise_entry(
        number=place.entry.pk,
        values=values.__class__(**{**values.__dict__, "website": "https://new.example/"}),
        based_on=1,
        by=None,
        at=accounts.AT,
    )
    clash = form.send(act="take")
    assert clash.status == 409
    assert values_of(place.entry.pk).texts[0].title == "Village network"
    clash.form(name="words").send(act="take")
    assert values_of(place.entry.pk).texts[0].title == "A better network"


def test_who_sees_a_suggestion(place):
    one = made(place)
    own = f"account/suggestions/{one.pk}/"
    expected = {"owner": 200, "editor": 200, "stranger": 404, "person": 403, "moderator": 403}
    assert {who: place.open(who, own).status for who in expected} == expected
    staff = f"staff/suggestions/{one.pk}/"
    expected = {"moderator": 200, "organiser": 200, "owner": 403, "observer": 403, "person": 403}
    assert {who: place.open(who, staff).status for who in expected} == expected
    report = made(place, kind=SuggestionKind.ERROR, proposed="", remark="Wrong")
    assert place.open("owner", f"account/suggestions/{report.pk}/").status == 404
    for number in (999, 10**15):
        assert place.open("moderator", f"staff/suggestions/{number}/").status == 404


def test_who_suggested_it_is_not_shown_to_owners(place):
    one = made(place, by=place.people["person"], remark="I know it.")
    two = made(place, "texts.en.summary", email="visitor@example.net")
    for number in (one.pk, two.pk):
        page = place.open("owner", f"account/suggestions/{number}/")
        assert "Pia Person" not in page.html
        assert "visitor@example.net" not in page.html
    staff = place.open("moderator", f"staff/suggestions/{two.pk}/")
    assert "visitor@example.net" in staff.text


@pytest.mark.parametrize("kind", list(SuggestionKind))
def test_markup_in_a_suggestion_stays_text(place, kind):
    one = made(place, kind=kind, proposed=XSS, remark=XSS, by=place.people["person"])
    if kind is SuggestionKind.EDIT:
        form = place.open("owner", f"account/suggestions/{one.pk}/").form(name="note")
        form["note"] = XSS
        form.send(act="against")
    pages = [
        place.open("moderator", "staff/suggestions/"),
        place.open("moderator", f"staff/suggestions/{one.pk}/"),
        place.open("owner", "account/suggestions/"),
        place.open("owner", f"account/suggestions/{one.pk}/"),
    ]
    form = pages[1].form(name="answer")
    form["answer"] = XSS
    form.send(act="decline")
    pages.append(place.open("moderator", f"staff/suggestions/{one.pk}/"))
    for page in pages:
        if page.status == 200:
            assert page.tree.findall(".//main//script") == []
            assert [i for i in page.tree.findall(".//main//img") if i.get("onerror")] == []
    for mail in Message.objects.all():
        assert "<script" not in mail.html
        assert "<img" not in mail.html
