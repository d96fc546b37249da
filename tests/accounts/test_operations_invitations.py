"""Owners invite others by mail to act for their organisation."""

import datetime as dt
import re

import pytest
from tests.factories.accounts import AT, organisation, person

from stocktaking.accounts import operations, queries
from stocktaking.accounts.models import Invitation, Membership
from stocktaking.accounts.operations.expiry import remove_expired_invitations
from stocktaking.accounts.operations.invitations import MOST_WAITING
from stocktaking.history.models import HistoryRecord
from stocktaking.kernel.errors import NotAllowed, RuleBroken
from stocktaking.outbox.models import Message

pytestmark = pytest.mark.django_db
OWNER, EDITOR = Membership.Standing.OWNER, Membership.Standing.EDITOR
LATE = AT + dt.timedelta(days=14)


@pytest.fixture
def body():
    return organisation("Village network")


@pytest.fixture
def owner(body):
    made = person(name="Olga Owner")
    operations.add_member(organisation=body, person=made, standing=OWNER, by=None, at=AT)
    return made


def invite(body, email, *, by, standing=EDITOR, at=AT) -> Invitation:
    return operations.invite_member(organisation=body, email=email, standing=standing, by=by, at=at)


def answer(invitation, by, *, accept=True, at=AT):
    return operations.answer_invitation(invitation_id=invitation.pk, accept=accept, by=by, at=at)


def link_in(mail: Message) -> str:
    return re.search(r"/by-link/([\w-]+)/", mail.text)[1]


def test_link_is_in_the_mail_and_nowhere_else(body, owner):
    made = invite(body, " Ada@Example.org ", by=owner)
    mail = Message.objects.get(kind="accounts.invitation")
    token = link_in(mail)
    assert (mail.to, made.email) == ("ada@example.org", "ada@example.org")
    assert "Olga Owner" in mail.text
    assert len(token) >= 43
    assert made.token_hash != token
    assert queries.invitation_for(token, at=AT).organisation == body.pk
    assert queries.invitation_for(token, at=LATE) is None
    assert queries.invitation_for("x", at=AT) is None
    told = HistoryRecord.objects.get(verb="member_invited")
    assert "example" not in str(told.detail)
    assert token not in str(told.detail)


@pytest.mark.parametrize("standing", [OWNER, EDITOR])
def test_accepting_makes_a_member_and_spends_the_invitation(body, owner, standing):
    ada = person(email="ada@example.org")
    made = invite(body, ada.email, by=owner, standing=standing)
    assert [one.id for one in queries.invitations_for(ada, at=AT)] == [made.pk]
    assert answer(made, ada).standing == standing
    assert not Invitation.objects.exists()
    with pytest.raises(RuleBroken) as refused:
        answer(made, ada)
    assert refused.value.code == "invitation_gone"


def test_declining_makes_no_member(body, owner):
    ada = person(email="ada@example.org")
    assert answer(invite(body, ada.email, by=owner), ada, accept=False) is None
    assert not Invitation.objects.exists()
    assert not ada.memberships.exists()


def test_invitation_is_for_its_own_address_and_time(body, owner):
    made = invite(body, "ada@example.org", by=owner)
    ada, eve = person(email="ada@example.org"), person()
    for by, at in ((eve, AT), (ada, LATE)):
        with pytest.raises(RuleBroken) as refused:
            answer(made, by, at=at)
        assert refused.value.code == "invitation_gone"
    assert answer(made, ada, at=LATE - dt.timedelta(seconds=1))


def test_second_invitation_takes_the_place_of_the_first(body, owner):
    invite(body, "ada@example.org", by=owner)
    first = link_in(Message.objects.get())
    invite(body, "ADA@example.org", by=owner, standing=OWNER)
    assert queries.invitation_for(first, at=AT) is None
    assert Invitation.objects.get().standing == OWNER


def test_owner_is_not_made_an_editor_by_an_old_invitation(body, owner):
    ada = person(email="ada@example.org")
    made = invite(body, ada.email, by=owner)
    operations.add_member(organisation=body, person=ada, standing=OWNER, by=owner, at=AT)
    assert answer(made, ada).standing == OWNER


def test_taken_back_is_gone(body, owner):
    made = invite(body, "ada@example.org", by=owner)
    told = {"organisation": body, "invitation_id": made.pk, "at": AT}
    editor = person()
    operations.add_member(organisation=body, person=editor, by=owner, at=AT)
    with pytest.raises(NotAllowed):
        operations.take_back_invitation(by=editor, **told)
    other = organisation("Other")
    operations.take_back_invitation(by=owner, **told)
    operations.take_back_invitation(by=owner, **told)
    assert not Invitation.objects.exists()
    assert HistoryRecord.objects.filter(verb="invitation_taken_back").count() == 1
    assert other.pk != body.pk


def test_invitation_of_one_organisation_is_not_taken_back_by_another(body, owner):
    made = invite(body, "ada@example.org", by=owner)
    other, stranger = organisation("Other"), person()
    operations.add_member(organisation=other, person=stranger, standing=OWNER, by=None, at=AT)
    operations.take_back_invitation(organisation=other, invitation_id=made.pk, by=stranger, at=AT)
    assert Invitation.objects.exists()


def test_editors_and_strangers_do_not_invite(body, owner):
    editor = person()
    operations.add_member(organisation=body, person=editor, by=owner, at=AT)
    for by in (editor, person()):
        with pytest.raises(NotAllowed):
            invite(body, "ada@example.org", by=by)


@pytest.mark.parametrize("email", ["", "ada", "a@b", "ada@example.org\nBcc: eve@example.org"])
def test_what_is_no_address_is_refused(body, owner, email):
    with pytest.raises(RuleBroken) as refused:
        invite(body, email, by=owner)
    assert (refused.value.code, refused.value.field) == ("email_invalid", "email")


def test_members_and_too_many_are_refused(body, owner):
    with pytest.raises(RuleBroken) as refused:
        invite(body, owner.email.upper(), by=owner)
    assert refused.value.code == "member_already"
    for number in range(MOST_WAITING):
        invite(body, f"a{number}@example.org", by=owner)
    with pytest.raises(RuleBroken) as refused:
        invite(body, "one-more@example.org", by=owner)
    assert refused.value.code == "invitations_many"
    invite(body, "a1@example.org", by=owner)  # again to the same is no further one


def test_expired_ones_are_removed(body, owner):
    invite(body, "ada@example.org", by=owner)
    assert remove_expired_invitations(before=LATE) == 0
    assert remove_expired_invitations(before=LATE + dt.timedelta(seconds=1)) == 1


def test_last_owner_stays_unless_staff_says_otherwise(body, owner):
    second = person()
    operations.add_member(organisation=body, person=second, by=owner, at=AT)
    told = {"organisation": body, "person": owner, "at": AT}
    with pytest.raises(RuleBroken) as refused:
        operations.remove_member(by=owner, **told)
    assert refused.value.code == "last_owner"
    with pytest.raises(RuleBroken):
        operations.add_member(standing=EDITOR, by=owner, **told)
    operations.add_member(organisation=body, person=second, standing=OWNER, by=owner, at=AT)
    operations.remove_member(by=owner, **told)
    assert [member.person for member in queries.members(body.pk)] == [second]
