"""Claiming on the pages: the claimant, the owners, the staff, and everybody else."""

import pytest
from tests.factories import accounts
from tests.web.participation.conftest import XSS

from stocktaking.accounts.models import Membership
from stocktaking.accounts.operations import add_member
from stocktaking.entries.models import Entry
from stocktaking.intake.models import Claim
from stocktaking.jobs.models import Job


@pytest.fixture
def orphan(register):
    body = accounts.organisation("Orphan", website="https://orphan.example/")
    entry = register.add("Lost network", organisation=body.pk)
    return body, entry


def claim(place, who, path, method="by_hand", statement="I lead it."):
    form = place.open(who, path).form(name="statement")
    form["method"], form["statement"] = method, statement
    return form.send()


def of(body):
    return f"organisations/{body.pk}/claim/"


def standing(body, person):
    rows = Membership.objects.filter(organisation=body, person=person)
    return rows.values_list("standing", flat=True).first()


def test_visitor_signs_in_first(place, orphan):
    answer = place.browser("visitor").get(f"/en/{of(orphan[0])}")
    assert answer.status_code == 302
    assert "sign-in" in answer["Location"]


def test_address_at_the_domain_is_offered_and_proves(place, orphan):
    body, entry = orphan
    place.people["person"] = accounts.person(email="pia@orphan.example")
    page = place.open("person", f"entries/{entry.pk}/claim/")
    assert "pia@orphan.example" in page.text
    assert page.form(name="statement")["method"] == "mail_domain"
    done = claim(place, "person", f"entries/{entry.pk}/claim/", "mail_domain", "")
    assert "You act for this organisation now." in done.text
    assert standing(body, place.people["person"]) == "owner"
    assert Claim.objects.get().entry == entry


def test_way_that_is_not_offered_is_refused(place, orphan):
    body, _ = orphan
    page = place.open("person", of(body))
    assert "By my confirmed address" not in page.text
    assert claim(place, "person", of(body), "mail_domain").status == 422
    nowhere = accounts.organisation("No website")
    assert "By a code" not in place.open("person", of(nowhere)).text
    assert claim(place, "person", of(nowhere), "by_hand", "").status == 422


def test_code_is_shown_to_the_claimant_and_looked_for_by_a_job(place, orphan):
    done = claim(place, "person", of(orphan[0]), "website_code", "")
    one = Claim.objects.get()
    assert one.code in done.text
    assert "https://orphan.example/.well-known/stocktaking.txt" in done.text
    form = done.form(name="csrfmiddlewaretoken")
    assert form.action.endswith("/look/")
    assert "The website is being read" in form.send().text
    assert Job.objects.get(kind="intake.check_claim").arguments == {"claim": one.pk}
    Claim.objects.update(finding="code_not_found", checked_at=accounts.AT)
    assert "The code was not found there." in place.open("person", f"claims/{one.pk}/").text


def test_owner_decides_on_a_claim_to_join(place):
    claim(place, "person", of(place.body))
    one = Claim.objects.get()
    assert "Pia Person" in place.open("owner", "account/claims/").text
    page = place.open("owner", f"claims/{one.pk}/")
    form = page.form(name="answer")
    assert form.send(act="decline").status == 422
    assert "Granted" in form.send(act="grant").text
    assert standing(place.body, place.people["person"]) == "editor"


def test_staff_decide_and_tell(place, orphan):
    body, _ = orphan
    claim(place, "person", of(body))
    one = Claim.objects.get()
    assert "Orphan" in place.open("moderator", "staff/claims/").text
    page = place.open("moderator", f"staff/claims/{one.pk}/")
    assert place.people["person"].email in page.text
    form = page.form(name="answer")
    form["answer"] = "Checked by telephone."
    assert "Decided." in form.send(act="grant").text
    assert standing(body, place.people["person"]) == "owner"
    assert "Granted" in place.open("moderator", "staff/claims/?done=1").text


def test_who_sees_and_decides_a_claim(place):
    claim(place, "person", of(place.body))
    one = Claim.objects.get()
    expected = {"person": 200, "owner": 200, "editor": 404, "stranger": 404, "moderator": 404}
    seen = {who: place.open(who, f"claims/{one.pk}/").status for who in expected}
    assert seen == expected
    for who in ("person", "editor", "stranger", "observer", "moderator"):
        browser = place.browser(who)
        sent = browser.post(f"/en/claims/{one.pk}/decision/", {"act": "grant", "answer": "x"})
        assert sent.status_code == 404, who
    for who in ("owner", "editor", "stranger", "observer"):
        assert place.browser(who).post(f"/en/claims/{one.pk}/look/").status_code == 404
        assert place.open(who, f"staff/claims/{one.pk}/").status == 403
    unsafe = place.browser("moderator", second_factor=False)
    sent = unsafe.post(f"/en/staff/claims/{one.pk}/", {"act": "grant"})
    assert "second-step" in sent["Location"]
    one.refresh_from_db()
    assert one.state == "open"
    assert place.open("moderator", "claims/999/").status == 404


def test_moderator_does_not_decide_the_own_claim(place, orphan):
    claim(place, "moderator", of(orphan[0]))
    one = Claim.objects.get()
    page = place.open("moderator", f"staff/claims/{one.pk}/")
    assert "This is your own claim" in page.text
    sent = place.browser("moderator").post(f"/en/staff/claims/{one.pk}/", {"act": "grant"})
    assert sent.status_code == 403
    assert standing(orphan[0], place.people["moderator"]) is None


def test_form_sent_twice_is_one_claim(place, orphan):
    form = place.open("person", of(orphan[0])).form(name="statement")
    form["method"], form["statement"] = "by_hand", "I lead it."
    form.send()
    form.send()
    assert Claim.objects.count() == 1


def test_entry_without_an_owner_is_claimed_for_an_own_organisation(place, register):
    unknown = accounts.organisation("Nobody", unknown=True)
    lost = register.add("Lost network", organisation=unknown.pk)
    path = f"entries/{lost.pk}/claim/"
    assert "You do not act for an organisation yet" in place.open("person", path).text
    assert place.open("person", of(unknown)).status == 404
    form = place.open("editor", path).form(name="statement")
    form["statement"] = "We run it."
    form.send()
    one = Claim.objects.get()
    staff = place.open("moderator", f"staff/claims/{one.pk}/")
    assert "the entry goes to this organisation" in staff.text
    staff.form(name="answer").send(act="grant")
    assert Entry.objects.get(pk=lost.pk).organisation == place.body


def test_markup_in_a_claim_stays_text(place):
    claim(place, "person", of(place.body), statement=XSS)
    one = Claim.objects.get()
    form = place.open("owner", f"claims/{one.pk}/").form(name="answer")
    form["answer"] = XSS
    form.send(act="decline")
    for who, path in (
        ("person", f"claims/{one.pk}/"),
        ("owner", f"claims/{one.pk}/"),
        ("moderator", f"staff/claims/{one.pk}/"),
        ("moderator", "staff/claims/?done=1"),
    ):
        page = place.open(who, path)
        assert page.status == 200
        assert page.tree.findall(".//main//script") == []
        assert [i for i in page.tree.findall(".//main//img") if i.get("onerror")] == []


def test_who_acts_for_it_claims_nothing(place):
    add_member(organisation=place.body, person=place.people["person"], by=None, at=accounts.AT)
    page = place.open("person", of(place.body))
    assert "You act for this organisation already." in page.text
    sent = place.browser("person").post(f"/en/{of(place.body)}", {"method": "by_hand"})
    assert sent.status_code == 422
