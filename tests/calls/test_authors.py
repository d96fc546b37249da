"""Several write one reply: invited, accepted, removed; accounts that go or merge."""

import datetime as dt

import pytest
from tests.factories import accounts
from tests.factories import calls as make

from stocktaking.accounts.operations import (
    erase_person,
    export_person,
    merge_organisations,
    merge_people,
)
from stocktaking.calls import operations
from stocktaking.calls.models import AuthorInvitation, Reply
from stocktaking.calls.operations.authors import LASTS, WAITING_MOST
from stocktaking.calls.states import Part
from stocktaking.kernel.errors import NotAllowed, RuleBroken
from stocktaking.outbox.models import Message
from stocktaking.questionnaires.models import AnswerSet

AT = make.AT


@pytest.fixture
def lead():
    return accounts.person(name="Lead")


@pytest.fixture
def reply(lead):
    return make.reply(by=lead)


def code_of(act, *args, **stated):
    with pytest.raises(RuleBroken) as caught:
        act(*args, **stated)
    return caught.value.code


def invite(reply, lead, email="co@example.org", at=AT, language=""):
    return operations.invite_author(reply=reply, email=email, language=language, by=lead, at=at)


def together(reply, lead):
    other = accounts.person(name="Co")
    operations.accept_invitation(token=invite(reply, lead, other.email).token, by=other, at=AT)
    return other


def parts(reply):
    return {author.person.name: Part(author.part) for author in reply.authors.all()}


def test_the_token_stands_in_the_mail_alone(reply, lead):
    invitation = invite(reply, lead, " CO@example.org ")
    [mail] = Message.objects.filter(kind="calls.author_invited")
    assert mail.to == "co@example.org"
    assert f"/en/replies/join/{invitation.token}/" in mail.text
    stored = AuthorInvitation.objects.get()
    assert invitation.token not in str(vars(stored))
    assert "Lead invites you" in mail.subject


def test_whoever_holds_the_token_writes_with_and_it_serves_once(reply, lead):
    token = invite(reply, lead).token
    other = accounts.person(name="Co")
    assert operations.accept_invitation(token=token, by=other, at=AT) == reply
    assert operations.accept_invitation(token=token, by=other, at=AT) == reply
    assert parts(reply) == {"Lead": Part.LEAD, "Co": Part.CO_AUTHOR}
    act = {"token": token, "by": accounts.person(), "at": AT}
    assert code_of(operations.accept_invitation, **act) == "invitation_unknown"
    assert AuthorInvitation.objects.get().email == ""
    operations.save_reply(reply=reply, answers={"title": "Ours"}, based_on=2, by=other, at=AT)


def test_an_invitation_runs_out_and_can_be_taken_back(reply, lead):
    other = accounts.person()
    act = {"token": invite(reply, lead).token, "by": other}
    assert code_of(operations.accept_invitation, **act, at=AT + LASTS) == "invitation_unknown"
    [waiting] = operations.waiting_invitations(reply, AT)
    assert operations.waiting_invitations(reply, AT + LASTS) == []
    operations.revoke_invitation(invitation=waiting, by=lead, at=AT)
    operations.revoke_invitation(invitation=waiting, by=lead, at=AT)
    assert code_of(operations.accept_invitation, **act, at=AT) == "invitation_unknown"
    assert code_of(operations.accept_invitation, token="x", by=other, at=AT) == (
        "invitation_unknown"
    )
    assert operations.forget_invitations(before=AT + LASTS + dt.timedelta(seconds=1)) == 1


@pytest.mark.parametrize(("chosen", "used"), [("ar", "ar"), ("zh", "zh"), ("", "fr")])
def test_the_mail_is_in_the_language_that_was_chosen_or_in_that_of_who_invites(
    reply, lead, chosen, used
):
    type(lead).objects.filter(pk=lead.pk).update(language="fr")
    lead.refresh_from_db()
    invitation = invite(reply, lead, language=chosen)
    [mail] = Message.objects.filter(kind="calls.author_invited")
    assert mail.language == used
    assert f"/{used}/replies/join/{invitation.token}/" in mail.text


def test_whoever_has_an_account_is_written_to_in_its_language(reply, lead):
    other = accounts.person()
    type(other).objects.filter(pk=other.pk).update(language="es")
    invite(reply, lead, other.email, language="ar")
    assert Message.objects.get(kind="calls.author_invited").language == "es"


def test_a_language_that_is_not_offered_is_refused(reply, lead):
    assert code_of(invite, reply, lead, language="de") == "language_unknown"
    assert not AuthorInvitation.objects.exists()


def test_nobody_is_invited_twice_or_by_somebody_else(reply, lead):
    invite(reply, lead)
    assert code_of(invite, reply, lead) == "invited_already"
    assert code_of(invite, reply, lead, lead.email.upper()) == "author_already"
    assert code_of(invite, reply, lead, "nobody\n@x") == "email_malformed"
    with pytest.raises(NotAllowed):
        invite(reply, together(reply, lead), "third@example.org")
    for number in range(WAITING_MOST - 1):
        invite(reply, lead, f"many{number}@example.org")
    assert code_of(invite, reply, lead, "last@example.org") == "too_many_invitations"


def test_a_reply_always_has_its_lead(reply, lead):
    other = together(reply, lead)
    act = {"reply": reply, "at": AT}
    assert code_of(operations.remove_author, **act, person=lead, by=lead) == "lead_stays"
    with pytest.raises(NotAllowed):
        operations.remove_author(**act, person=lead, by=other)
    operations.hand_over_lead(**act, person=other, by=lead)
    operations.remove_author(**act, person=lead, by=lead)
    assert parts(reply) == {"Co": Part.LEAD}
    with pytest.raises(NotAllowed):
        operations.save_reply(reply=reply, answers={"title": "x"}, based_on=2, by=lead, at=AT)
    assert code_of(operations.hand_over_lead, **act, person=lead, by=other) == "author_unknown"


def test_a_co_author_leads_on_when_the_lead_is_erased(reply, lead):
    together(reply, lead)
    erase_person(person=lead, by=lead, at=AT)
    assert parts(reply) == {"Co": Part.LEAD}
    assert make.fresh(reply).answer_set.answers == make.ANSWERS


def test_a_draft_that_nobody_can_open_any_more_goes_with_the_account(reply, lead):
    invite(reply, lead, "guest@example.org")
    erase_person(person=lead, by=lead, at=AT)
    assert not Reply.objects.exists()
    assert not AnswerSet.objects.exists()


def test_what_was_sent_stays_without_the_answers_about_people(lead):
    contacts = [{"name": "Zoe Secret", "email": "zoe@example.org"}]
    reply = make.sent(by=lead, answers={**make.ANSWERS, "contacts": contacts})
    other = make.sent(answers={**make.ANSWERS, "contacts": contacts})
    before = reply.snapshots.get().sha256
    erase_person(person=lead, by=lead, at=AT)
    reply = make.fresh(reply)
    held = [reply.answer_set.answers, *(one.changed for one in reply.answer_set.changes.all())]
    snapshot = reply.snapshots.get()
    assert "Zoe" not in str([*held, snapshot.answers])
    assert reply.answer_set.answers == make.ANSWERS
    assert (snapshot.sha256, snapshot.erased_at) == (before, AT)
    assert "Zoe" in str(make.fresh(other).answer_set.answers)


def test_everything_about_a_person_is_handed_out(reply, lead):
    operations.allow_longer(
        call=reply.call, person=lead, until=make.AFTER, reason="Power cut", by=None, at=AT
    )
    group = operations.create_group(
        slug="focal", title={"en": "Focal points"}, rule=make.NOBODY, by=None, at=AT
    )
    operations.save_recipients(group=group, text=lead.email, by=None, at=AT)
    data = export_person(person=lead, by=lead, at=AT)
    [row] = data["replies"]
    assert (row["number"], row["answers"]) == (reply.number, make.ANSWERS)
    assert data["more_time"][0]["reason"] == "Power cut"
    assert data["lists_of_recipients"] == ["focal"]
    email = lead.email
    erase_person(person=lead, by=lead, at=AT)
    assert not group.recipients.filter(email=email).exists()


def test_two_accounts_of_one_person_become_one_author(lead):
    twin = accounts.person()
    call = make.call()
    mine, theirs = make.reply(call, lead), make.reply(call, twin)
    shared = make.reply(call, twin)
    token = operations.invite_author(reply=shared, email=lead.email, by=twin, at=AT).token
    operations.accept_invitation(token=token, by=lead, at=AT)
    for person, days in ((lead, 1), (twin, 2)):
        operations.allow_longer(
            call=call, person=person, until=make.CLOSES + dt.timedelta(days=days), reason="x",
            by=None, at=AT,
        )  # fmt: skip
    merge_people(kept=lead.pk, merged=twin.pk, by=None, at=AT)
    for one in (mine, theirs, shared):
        assert parts(one) == {"Lead": Part.LEAD}
        assert make.fresh(one).started_by == lead
    assert call.allowances.get().until == make.CLOSES + dt.timedelta(days=2)


def test_replies_follow_a_merged_organisation(lead):
    kept, gone = accounts.organisation(), accounts.organisation()
    reply = make.reply(by=lead, answers={**make.ANSWERS, "owner": {"number": gone.pk}})
    merge_organisations(kept=kept.pk, merged=gone.pk, by=None, at=AT)
    assert make.fresh(reply).organisation == kept
