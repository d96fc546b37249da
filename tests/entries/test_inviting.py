"""Curators invite, owners answer, members leave."""

import pytest
from tests.factories.accounts import organisation, person
from tests.factories.entries import AT, entry

from stocktaking.accounts.models import Membership
from stocktaking.accounts.operations import add_member
from stocktaking.accounts.rules.roles import Role
from stocktaking.entries import operations, signals
from stocktaking.entries.models import CollectionInvitation
from stocktaking.entries.queries import collection, curated_by, curators, values_of
from stocktaking.entries.queries.invitations import (
    invitation_of_link,
    invitations_for,
    invitations_to,
)
from stocktaking.entries.states import CollectionState, InvitationState
from stocktaking.history.models import HistoryRecord
from stocktaking.kernel.errors import NotAllowed, RuleBroken
from stocktaking.search.models import Change

pytestmark = pytest.mark.usefixtures("_framework")


class World:
    """A collection with a curator, an entry with an owner, and the secrets that were sent."""

    def __init__(self) -> None:
        operations.create_collection(
            slug="health", title={"en": "Health"}, criteria={"en": "Clinics"}, by=None, at=AT
        )
        self.curator = person(name="Cora Curator")
        self.body = organisation()
        self.owner = person()
        add_member(organisation=self.body, person=self.owner, by=None, at=AT)
        self.entry = entry(organisation=self.body.pk)
        operations.appoint_curators(slug="health", people=[self.curator], by=None, at=AT)
        self.sent: list[str] = []
        signals.entry_invited.connect(self.hear)

    def hear(self, sender, token, **told) -> None:
        self.sent.append(token)

    def invite(self, **more) -> CollectionInvitation:
        stated = {"slug": "health", "number": self.entry.pk, "by": self.curator, "at": AT}
        return operations.invite_entry(**{**stated, **more})

    def answer(self, accept=True, **more) -> CollectionInvitation:
        pk = CollectionInvitation.objects.get().pk
        stated = {"invitation_id": pk, "accept": accept, "by": self.owner, "at": AT}
        return operations.answer_invitation(**{**stated, **more})

    def collected(self) -> tuple[str, ...]:
        return values_of(self.entry.pk).collections


@pytest.fixture
def world():
    made = World()
    yield made
    signals.entry_invited.disconnect(made.hear)


def verbs() -> list[str]:
    return list(HistoryRecord.objects.order_by("id").values_list("verb", flat=True))


def refusal(act, *args, **more) -> str:
    with pytest.raises(RuleBroken) as caught:
        act(*args, **more)
    return caught.value.code


def test_accepted_invitation_makes_a_member(world):
    world.invite(message=" It serves clinics. ")
    [asked] = invitations_for(world.owner, "en", [InvitationState.OPEN])
    assert (asked.slug, asked.message, asked.invited_by) == (
        "health",
        "It serves clinics.",
        "Cora Curator",
    )
    Change.objects.all().delete()
    answered = world.answer()
    assert (answered.state, answered.answered_by_id) == ("accepted", world.owner.pk)
    assert world.collected() == ("health",)
    assert collection("health", "en").entries == 1
    assert verbs()[-2:] == ["entry_invited", "collection_joined"]
    assert Change.objects.get().key == str(world.entry.pk)
    assert invitations_for(world.owner, "en", [InvitationState.OPEN]) == []


def test_declined_invitation_changes_nothing(world):
    world.invite()
    world.answer(accept=False)
    assert world.collected() == ()
    assert verbs()[-1] == "collection_declined"
    assert refusal(world.answer) == "invitation_over"
    world.invite()  # one may ask again
    assert len(invitations_to("health", "en")) == 2


def test_link_of_the_mail_answers_without_an_account(world):
    world.invite()
    [token] = world.sent
    assert token not in str(list(CollectionInvitation.objects.values()))
    assert invitation_of_link(token, "en").collection == "Health"
    assert invitation_of_link("x", "en") is None
    world.answer(by=None, token=token)
    assert world.collected() == ("health",)
    assert refusal(world.answer, by=None, token=token) == "invitation_over"


@pytest.mark.parametrize("token", ["", "x", "é", "0" * 64])
def test_nobody_answers_with_a_wrong_link(world, token):
    world.invite()
    with pytest.raises(NotAllowed):
        world.answer(by=None, token=token)


def test_only_the_owner_answers(world):
    world.invite()
    other = person(Role.ORGANISATION_EDITOR)
    for somebody in (other, world.curator, person(Role.ADMINISTRATOR), person()):
        with pytest.raises(NotAllowed):
            world.answer(by=somebody)
    assert invitations_for(other, "en") == []


def test_only_curators_and_organisers_invite(world):
    operations.create_collection(slug="other", title={"en": "Other"}, by=None, at=AT)
    for somebody in (world.owner, person(), person(Role.MODERATOR)):
        with pytest.raises(NotAllowed):
            world.invite(by=somebody)
    with pytest.raises(NotAllowed):
        world.invite(slug="other")
    world.invite(by=person(Role.ORGANISER))


def test_invitation_is_refused_with_a_reason(world):
    draft = entry(publish=False, organisation=world.body.pk)
    orphan = entry(organisation=organisation().pk)
    nobodys = entry()
    assert refusal(world.invite, number=draft.pk) == "not_published"
    assert refusal(world.invite, number=orphan.pk) == "nobody_to_ask"
    assert refusal(world.invite, number=nobodys.pk) == "nobody_to_ask"
    assert refusal(world.invite, number=9999) == "entry_unknown"
    assert refusal(world.invite, slug="none") == "collection_unknown"
    assert refusal(world.invite, message="x" * 2001) == "message_long"
    assert refusal(world.invite, message="\x00") == "control_character"
    world.invite()
    assert refusal(world.invite) == "invited_already"
    world.answer()
    assert refusal(world.invite) == "collected_already"


def test_closed_collection_takes_in_nothing(world):
    world.invite()
    operations.revise_collection(
        slug="health",
        title={"en": "Health"},
        state=CollectionState.CLOSED,
        based_on=2,
        by=None,
        at=AT,
    )
    assert refusal(world.answer) == "collection_closed"
    world.answer(accept=False)
    assert refusal(world.invite) == "collection_closed"
    assert not collection("health", "en").open


def test_taken_back_invitation_is_over(world):
    asked = world.invite()
    with pytest.raises(NotAllowed):
        operations.take_back_invitation(invitation_id=asked.pk, by=world.owner, at=AT)
    operations.take_back_invitation(invitation_id=asked.pk, by=world.curator, at=AT)
    assert refusal(world.answer, by=None, token=world.sent[0]) == "invitation_over"
    taken = {"invitation_id": asked.pk, "by": world.curator, "at": AT}
    assert refusal(operations.take_back_invitation, **taken) == "invitation_over"
    unknown = {"invitation_id": 999, "by": world.curator, "at": AT}
    assert refusal(operations.take_back_invitation, **unknown) == "invitation_over"


@pytest.mark.parametrize("who", ["curator", "owner"])
def test_member_leaves(world, who):
    world.invite()
    world.answer()
    leave = {"slug": "health", "number": world.entry.pk, "at": AT}
    with pytest.raises(NotAllowed):
        operations.leave_collection(**leave, by=person(Role.MODERATOR))
    operations.leave_collection(**leave, by=getattr(world, who))
    assert world.collected() == ()
    assert verbs()[-1] == "left_collection"
    assert refusal(operations.leave_collection, **leave, by=world.curator) == "not_collected"
    gone = {**leave, "slug": "none", "by": world.curator}
    assert refusal(operations.leave_collection, **gone) == "collection_unknown"


def test_curators_are_appointed_by_those_who_edit_collections(world):
    other = person()
    people = [world.curator, other]
    with pytest.raises(NotAllowed):
        operations.appoint_curators(slug="health", people=people, by=world.curator, at=AT)
    organiser = person(Role.ORGANISER)
    for _ in range(2):
        operations.appoint_curators(slug="health", people=people, by=organiser, at=AT)
    assert set(curators("health")) == {world.curator, other}
    assert [view.slug for view in curated_by(other, "en")] == ["health"]
    assert verbs().count("curators_changed") == 2
    empty = {"slug": "none", "people": [], "by": None, "at": AT}
    assert refusal(operations.appoint_curators, **empty) == "collection_unknown"
    world.curator.is_active = False
    with pytest.raises(NotAllowed):
        world.invite()


def test_call_of_a_collection_is_a_slug(world):
    stated = {"slug": "x", "title": {"en": "X"}, "by": None, "at": AT}
    assert refusal(operations.create_collection, **stated, call="A call") == "call_malformed"
    operations.create_collection(**stated, call=" yearly-call ")
    assert collection("x", "en").call == "yearly-call"
    assert collection("health", "fr").criteria == "Clinics"


def test_who_left_the_organisation_answers_no_longer(world):
    world.invite()
    Membership.objects.filter(person=world.owner).delete()
    with pytest.raises(NotAllowed):
        world.answer()
