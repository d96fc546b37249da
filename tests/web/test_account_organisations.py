"""Who acts for an organisation, changed by its own people."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from tests.factories.accounts import AT, browser, organisation, person

from stocktaking.accounts import operations
from stocktaking.accounts.models import Invitation, Membership
from stocktaking.accounts.rules.tokens import digest

pytestmark = pytest.mark.django_db
OWNER, EDITOR = Membership.Standing.OWNER, Membership.Standing.EDITOR


@pytest.fixture
def body():
    return organisation("Village network")


def member(body, standing=EDITOR, **values):
    made = person(**values)
    operations.add_member(organisation=body, person=made, standing=standing, by=None, at=AT)
    return made


@pytest.fixture
def owner(body):
    return member(body, OWNER, name="Olga Owner")


def page(body) -> str:
    return f"/en/account/organisations/{body.pk}/"


def standing(who, body) -> str | None:
    held = who.memberships.filter(organisation=body).first()
    return held.standing if held else None


def test_owner_invites_and_the_link_is_answered_by_a_button(body, owner):
    client = browser(owner)
    client.post(f"{page(body)}invite/", {"email": "Ada@example.org", "standing": "editor"})
    waiting = Invitation.objects.get()
    assert "ada@example.org" in client.get(page(body)).content.decode()
    ada = person(email="ada@example.org")
    theirs = browser(ada)
    Invitation.objects.update(token_hash=digest("known"))
    link = "/en/account/invitations/by-link/known/"
    for _ in range(2):  # looking accepts nothing
        assert "Olga Owner" in theirs.get(link).content.decode()
    assert standing(ada, body) is None
    answer = f"/en/account/invitations/{waiting.pk}/"
    assert theirs.post(answer, {"act": "accept"})["Location"] == page(body)
    assert standing(ada, body) == EDITOR
    assert theirs.post(answer, {"act": "accept"}).status_code == 410
    assert theirs.get(link).status_code == 410


def test_invitation_leads_visitors_to_the_door_and_back(body, owner):
    link = "/en/account/invitations/by-link/known/"
    answer = urlsplit(Client().get(link)["Location"])
    assert (answer.path, parse_qs(answer.query)) == ("/en/account/sign-in/", {"next": [link]})


def test_invitation_of_another_address_tells_nothing(body, owner):
    operations.invite_member(organisation=body, email="ada@example.org", by=owner, at=AT)
    Invitation.objects.update(token_hash=digest("known"), expires_at="2999-01-01T00:00Z")
    answer = browser(person()).get("/en/account/invitations/by-link/known/")
    assert answer.status_code == 403
    assert "Village network" not in answer.content.decode()
    assert "ada@example.org" not in answer.content.decode()


def test_invitation_is_declined(body, owner):
    made = operations.invite_member(organisation=body, email="ada@example.org", by=owner, at=AT)
    Invitation.objects.update(expires_at="2999-01-01T00:00Z")
    client = browser(person(email="ada@example.org"))
    assert "Village network" in client.get("/en/account/invitations/").content.decode()
    assert "Village network" in client.get("/en/desk/").content.decode()
    client.post(f"/en/account/invitations/{made.pk}/", {"act": "decline"})
    assert not Invitation.objects.exists()


def test_invitation_is_taken_back(body, owner):
    made = operations.invite_member(organisation=body, email="ada@example.org", by=owner, at=AT)
    browser(owner).post(f"{page(body)}invitations/{made.pk}/take-back/")
    assert not Invitation.objects.exists()


def test_wrong_address_is_told_at_its_field(body, owner):
    answer = browser(owner).post(f"{page(body)}invite/", {"email": "x", "standing": "editor"})
    assert answer.status_code == 422
    assert 'href="#id_email"' in answer.content.decode()
    assert 'value="x"' in answer.content.decode()


def test_owner_changes_standing_and_removes(body, owner):
    editor = member(body)
    client, place = browser(owner), f"{page(body)}people/{editor.pk}/"
    client.post(place, {"act": "owner"})
    assert standing(editor, body) == OWNER
    client.post(place, {"act": "editor"})
    assert standing(editor, body) == EDITOR
    assert client.post(place, {"act": "emperor"}).status_code == 404
    client.post(place, {"act": "remove"})
    assert standing(editor, body) is None


def test_last_owner_stays(body, owner):
    place = f"{page(body)}people/{owner.pk}/"
    for act in ("remove", "editor"):
        answer = browser(owner).post(place, {"act": act})
        assert answer.status_code == 422
        assert "Make somebody else an owner first." in answer.content.decode()
    assert standing(owner, body) == OWNER


def test_editor_leaves_and_may_do_nothing_else(body, owner):
    editor = member(body)
    client = browser(editor)
    text = client.get(page(body)).content.decode()
    assert "Olga Owner" in text
    assert owner.email not in text
    assert "invite/" not in text
    assert client.post(f"{page(body)}invite/", {"email": "a@example.org"}).status_code == 404
    answer = client.post(f"{page(body)}people/{owner.pk}/", {"act": "remove"})
    assert answer.status_code == 403
    assert standing(owner, body) == OWNER
    answer = client.post(f"{page(body)}people/{editor.pk}/", {"act": "remove"})
    assert answer["Location"] == "/en/account/"
    assert standing(editor, body) is None


def test_people_of_another_organisation_find_nothing(body, owner):
    stranger = member(organisation("Other"), OWNER)
    client = browser(stranger)
    assert client.get(page(body)).status_code == 404
    for place in ("invite/", f"people/{owner.pk}/", "invitations/1/take-back/"):
        sent = {"email": "a@example.org", "standing": "owner", "act": "remove"}
        assert client.post(page(body) + place, sent).status_code == 404
    assert standing(owner, body) == OWNER
    assert not Invitation.objects.exists()
