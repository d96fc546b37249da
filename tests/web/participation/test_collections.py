"""Collections: their public pages, their curators, and owners who answer."""

import re

import pytest
from tests.factories import accounts
from tests.web.participation.conftest import XSS, health

from stocktaking.entries.models import Collection, CollectionInvitation
from stocktaking.entries.operations import (
    appoint_curators,
    create_collection,
    invite_entry,
    revise_collection,
)
from stocktaking.entries.queries import values_of
from stocktaking.entries.states import CollectionState
from stocktaking.outbox.models import Message


@pytest.fixture
def curated(place):
    health()
    place.people["curator"] = accounts.person(name="Cora Curator")
    people = [place.people["curator"]]
    appoint_curators(slug="health", people=people, by=None, at=accounts.AT)
    return place


def invite(place, message=""):
    return invite_entry(
        slug="health",
        number=place.entry.pk,
        message=message,
        by=place.people["curator"],
        at=accounts.AT,
    )


def test_collections_are_listed_and_shown(curated, register):
    register.add("Clinic", collections=("health",), countries="KE")
    register.add("Draft", collections=("health",), publish=False)
    register.index()
    listed = curated.open("visitor", "collections/")
    assert "/en/collections/health/" in listed.links()
    page = curated.open("visitor", "collections/health/")
    for said in ("Clinics and more.", "It names a clinic.", "1 entry", "Clinic"):
        assert said in page.text
    assert "Draft" not in page.text
    assert "/en/entries/?collection=health" in page.links()
    assert "/en/entries.atom?collection=health" in page.links()
    assert 'type="application/atom+xml"' in page.html
    assert "Entries by region" in page.html
    feed = curated.browser("visitor").get("/en/entries.atom?collection=health")
    assert "Clinic" in feed.content.decode()
    assert curated.open("visitor", "collections/none/").status == 404


def test_page_follows_every_change(curated, register):
    first = curated.browser("visitor").get("/en/collections/health/")
    register.add("Clinic", collections=("health",))
    register.index()
    second = curated.browser("visitor").get(
        "/en/collections/health/", headers={"If-None-Match": first["ETag"]}
    )
    assert second.status_code == 200
    assert "Clinic" in second.content.decode()


def test_curator_invites_and_owner_agrees_on_the_account_page(curated):
    page = curated.open("curator", "collections/health/curate/")
    form = page.form(name="message")
    form["number"], form["message"] = str(curated.entry.pk), "It has a clinic."
    asked = form.send(act="invite")
    assert "asked by mail" in asked.text
    again = form.send(act="invite")
    assert CollectionInvitation.objects.count() == 1
    assert "Village network" in again.text
    own = curated.open("owner", "account/collections/")
    assert "It has a clinic." in own.text
    own.form(name="invitation").send(act="accept")
    assert values_of(curated.entry.pk).collections == ("health",)
    told = Message.objects.get(to=curated.people["curator"].email)
    assert "It joins the collection." in told.text
    curated.open("owner", "account/collections/").form(name="invitation").send(act="leave")
    assert values_of(curated.entry.pk).collections == ()


def test_owner_answers_by_the_link_of_the_mail(curated):
    invite(curated)
    mail = Message.objects.filter(kind="entries.collection_invitation").first()
    token = re.search(r"/invitations/([\w-]+)/", mail.text)[1]
    page = curated.open("visitor", f"invitations/{token}/")
    assert "Health" in page.text
    assert values_of(curated.entry.pk).collections == ()
    done = page.form(name="csrfmiddlewaretoken").send(act="accept")
    assert "belongs to the collection" in done.text
    sent = curated.browser("visitor").post(f"/en/invitations/{token}/", {"act": "decline"})
    assert sent.status_code == 422
    assert values_of(curated.entry.pk).collections == ("health",)
    assert curated.open("visitor", "invitations/none/").status == 404


def test_curator_takes_back_and_removes(curated):
    invite(curated)
    page = curated.open("curator", "collections/health/curate/")
    taken = page.form(value="take_back").send(act="take_back")
    assert "taken back" in taken.text
    invite(curated)
    own = curated.open("owner", "account/collections/")
    own.form(value="accept").send(act="accept")
    page = curated.open("curator", "collections/health/curate/")
    page.form(value="remove").send(act="remove")
    assert values_of(curated.entry.pk).collections == ()


def test_who_looks_after_a_collection(curated):
    path = "collections/health/curate/"
    expected = {
        "curator": 200,
        "organiser": 200,
        "owner": 404,
        "person": 404,
        "moderator": 404,
        "observer": 404,
    }
    assert {who: curated.open(who, path).status for who in expected} == expected
    organiser = curated.browser("organiser", second_factor=False)
    assert organiser.get(f"/en/{path}").status_code == 404
    for who in ("person", "moderator", "stranger"):
        sent = curated.browser(who).post(
            f"/en/{path}", {"act": "invite", "number": curated.entry.pk}
        )
        assert sent.status_code == 404
    assert not CollectionInvitation.objects.exists()


def test_owner_of_another_entry_answers_nothing(curated):
    one = invite(curated)
    for who, status in (("stranger", 404), ("person", 403)):
        sent = curated.browser(who).post(
            "/en/account/collections/", {"invitation": one.pk, "act": "accept"}
        )
        assert sent.status_code == status
    for wrong in ("", "x", "²", "9" * 5000):
        sent = curated.browser("owner").post(
            "/en/account/collections/", {"invitation": wrong, "act": "accept"}
        )
        assert sent.status_code == 404
    assert values_of(curated.entry.pk).collections == ()


@pytest.mark.parametrize("number", ["", "x", "0", "-1", "999", "9" * 400])
def test_number_that_is_none_is_refused(curated, number):
    form = curated.open("curator", "collections/health/curate/").form(name="message")
    form["number"] = number
    answer = form.send(act="invite")
    assert answer.status == 422
    assert "id_number_error" in answer.ids()


def test_closed_collection_says_so(curated):
    stated = {"slug": "health", "title": {"en": "Health"}, "by": None, "at": accounts.AT}
    revise_collection(**stated, state=CollectionState.CLOSED, based_on=2)
    assert "closed" in curated.open("visitor", "collections/").text
    page = curated.open("curator", "collections/health/curate/")
    assert 'value="invite"' not in page.html
    sent = curated.browser("curator").post(
        "/en/collections/health/curate/", {"act": "invite", "number": curated.entry.pk}
    )
    assert sent.status_code == 422


def test_organiser_appoints_curators_and_states_criteria(curated):
    form = curated.open("organiser", "staff/collections/health/").form(name="based_on")
    assert form["curators"] == curated.people["curator"].email
    form["curators"] = f"{curated.people['person'].email}\n{curated.people['curator'].email}"
    form["criteria-fr"], form["call"] = "Il y a une clinique.", "yearly"
    form.send()
    made = Collection.objects.get()
    assert made.curators.count() == 2
    assert (made.criteria["fr"], made.call, made.state) == (
        "Il y a une clinique.",
        "yearly",
        "open",
    )
    form = curated.open("organiser", "staff/collections/health/").form(name="based_on")
    form["curators"] = "nobody@example.org"
    refused = form.send()
    assert refused.status == 422
    assert "nobody@example.org" in refused.text
    assert made.curators.count() == 2


def test_markup_in_a_collection_stays_text(curated):
    create_collection(
        slug="odd",
        title={"en": XSS},
        introduction={"en": XSS},
        criteria={"en": XSS},
        by=None,
        at=accounts.AT,
    )
    invite(curated, message=XSS)
    mail = Message.objects.filter(kind="entries.collection_invitation").first()
    token = re.search(r"/invitations/([\w-]+)/", mail.text)[1]
    assert "<script" not in mail.html
    for who, path in (
        ("visitor", "collections/"),
        ("visitor", "collections/odd/"),
        ("organiser", "collections/odd/curate/"),
        ("visitor", f"invitations/{token}/"),
        ("owner", "account/collections/"),
        ("curator", "account/"),
    ):
        page = curated.open(who, path)
        assert page.status == 200
        assert page.tree.findall(".//main//script") == []
        assert [i for i in page.tree.findall(".//main//img") if i.get("onerror")] == []
