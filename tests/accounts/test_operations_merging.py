"""Two accounts of one person become one; nothing of either is lost."""

import datetime as dt
import json

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.test import Client
from tests.factories import entries as entry_factory
from tests.factories.accounts import AT, browser, organisation, person

from stocktaking.accounts import operations, queries
from stocktaking.accounts.models import Membership, Person, RoleGrant
from stocktaking.accounts.operations import Identity
from stocktaking.accounts.queries.merging import merge_of
from stocktaking.accounts.rules.consents import Purpose
from stocktaking.accounts.rules.roles import Role
from stocktaking.accounts.signals import people_merged
from stocktaking.entries.models import Collection
from stocktaking.files.models import Sending, StoredFile
from stocktaking.history.models import HistoryRecord
from stocktaking.kernel.errors import NotAllowed, RuleBroken
from stocktaking.outbox.models import Message

pytestmark = pytest.mark.django_db
OWNER, EDITOR = Membership.Standing.OWNER, Membership.Standing.EDITOR


@pytest.fixture
def pair() -> tuple[Person, Person]:
    early = AT - dt.timedelta(days=400)
    return (
        person(email="ada@example.org"),
        person(email="lovelace@example.org", name="Ada Lovelace", at=early),
    )


def merge(kept: Person, merged: Person, by: Person | None = None) -> Person:
    return operations.merge_people(kept=kept.pk, merged=merged.pk, by=by, at=AT)


def join(body, who, standing=EDITOR) -> None:
    operations.add_member(organisation=body, person=who, standing=standing, by=None, at=AT)


def test_merge_moves_memberships_with_the_higher_standing(pair):
    kept, merged = pair
    both, one, third = organisation("Both"), organisation("One"), organisation("Third")
    join(both, kept), join(both, merged, OWNER), join(one, merged), join(third, kept, OWNER)
    join(third, merged)
    merge(kept, merged)
    held = {m.organisation.name: m.standing for m in kept.memberships.all()}
    assert held == {"Both": OWNER, "One": EDITOR, "Third": OWNER}
    assert Membership.objects.count() == 3


def test_merge_moves_roles_once(pair):
    kept, merged = pair
    for who in pair:
        operations.grant_role(person=who, role=Role.MODERATOR, by=None, at=AT)
    operations.grant_role(person=merged, role=Role.EXPERT, by=None, at=AT)
    merge(kept, merged)
    assert queries.roles_of(kept) >= {Role.MODERATOR, Role.EXPERT}
    assert RoleGrant.objects.count() == 2


def test_merge_moves_what_was_agreed_to_and_the_last_word_holds(pair):
    kept, merged = pair
    for who, given in ((kept, True), (merged, True), (merged, False)):
        operations.set_consents(person=who, given={Purpose.CALLS: given}, by=who, at=AT)
    merge(kept, merged)
    assert kept.consents.count() == 3
    assert queries.has_consent([kept.pk], Purpose.CALLS) == frozenset()


def test_merge_moves_sign_ins_and_what_apps_hold(pair):
    kept, merged = pair
    identity = Identity("example", "Example ID", "https://id.example", "7", merged.email)
    operations.link_identity(person=merged, identity=identity, by=merged, at=AT)
    entry_factory.framework()
    entry = entry_factory.entry()
    entry.submitted_by = merged
    entry.save()
    merge(kept, merged)
    entry.refresh_from_db()
    assert entry.submitted_by == kept
    assert kept.socialaccount_set.count() == 1


def test_merge_gives_the_files_that_were_sent(pair):
    kept, merged = pair
    first, second = (
        StoredFile.objects.create(
            name=f"{number}.pdf",
            sha256=str(number) * 64,
            size=1,
            media_type="application/pdf",
            by_id=merged.pk,
            stored_at=AT,
        )
        for number in (1, 2)
    )
    for file, who in ((first, kept), (first, merged), (second, merged)):
        Sending.objects.create(file=file, person_id=who.pk, name="plan.pdf", at=AT)
    merge(kept, merged)
    assert set(Sending.objects.values_list("file", "person_id")) == {
        (first.pk, kept.pk),
        (second.pk, kept.pk),
    }
    assert set(StoredFile.objects.values_list("by_id", flat=True)) == {kept.pk}


def test_merge_joins_two_who_stand_in_one_list(pair):
    kept, merged = pair
    shared = Collection.objects.create(slug="a", title={"en": "A"})
    own = Collection.objects.create(slug="b", title={"en": "B"})
    shared.curators.add(kept, merged)
    own.curators.add(merged)
    merge(kept, merged)
    assert list(shared.curators.all()) == list(own.curators.all()) == [kept]


def test_merge_completes_what_was_not_said(pair):
    Person.objects.filter(pk=pair[0].pk).update(name="")
    kept = merge(*pair)
    assert (kept.name, kept.joined_at) == ("Ada Lovelace", AT - dt.timedelta(days=400))
    assert not Person.objects.filter(pk=pair[1].pk).exists()


def test_merged_address_signs_in_to_the_account_that_stays(pair, mailoutbox):
    kept, merged = pair
    address = merged.email
    merge(kept, merged)
    assert EmailAddress.objects.get(email=address).user == kept
    with pytest.raises(RuleBroken):
        operations.register_person(email=address, by=None, at=AT)
    client = Client()
    client.post("/en/account/sign-in/", {"login": address})
    code = sign_in_code(mailoutbox)
    client.post("/en/account/sign-in/code/", {"code": code})
    assert client.session["_auth_user_id"] == str(kept.pk)


def sign_in_code(mailoutbox) -> str:
    """From the newest mail, sent at once or queued."""
    texts = [m.body for m in mailoutbox] + [m.text for m in Message.objects.order_by("queued_at")]
    words = [word for text in texts for word in text.split()]
    return [word for word in words if len(word) == 9 and word[4] == "-" and word.isupper()][-1]


def test_address_that_nobody_confirmed_does_not_move(pair):
    kept, merged = pair
    EmailAddress.objects.filter(user=merged).update(verified=False)
    merge(kept, merged)
    assert not EmailAddress.objects.filter(email=merged.email).exists()
    assert not Message.objects.filter(kind="accounts.people_merged").exists()


def test_both_addresses_are_told(pair):
    merge(*pair)
    told = Message.objects.filter(kind="accounts.people_merged").values_list("to", flat=True)
    assert set(told) == {"ada@example.org", "lovelace@example.org"}


def test_second_factor_and_sessions_of_the_account_that_goes_end(pair):
    kept, merged = pair
    Authenticator.objects.create(user=merged, type="totp", data={})
    client = browser(merged)
    merge(kept, merged)
    assert not Authenticator.objects.exists()
    assert client.get("/en/account/").status_code == 302


def test_merge_is_in_the_history_of_both_and_the_acts_stay_together(pair):
    kept, merged = pair
    operations.set_consents(person=merged, given={Purpose.CALLS: True}, by=merged, at=AT)
    number = merged.pk
    merge(kept, merged)
    told = HistoryRecord.objects.filter(verb__startswith="person_").order_by("id")
    assert ("person_merged_away", str(number)) in told.values_list("verb", "object_id")
    assert ("person_took_in", str(kept.pk)) in told.values_list("verb", "object_id")
    for record in HistoryRecord.objects.all():
        assert "example.org" not in json.dumps(record.detail)
    data = operations.export_person(person=kept, by=kept, at=AT)
    assert "consent_given" in [act["verb"] for act in data["acts"]]


def test_merge_that_cannot_be_complete_changes_nothing(pair):
    kept, merged = pair
    join(organisation("One"), merged)

    def forget(sender, **told):
        # an app that makes two rows of one kind meet, and does not join them
        told["merged"].grants.create(role="expert", granted_at=AT)
        told["kept"].grants.create(role="expert", granted_at=AT)

    people_merged.connect(forget)
    try:
        with pytest.raises(RuleBroken) as refused:
            merge(kept, merged)
    finally:
        people_merged.disconnect(forget)
    assert refused.value.code == "merge_incomplete"
    assert merged.memberships.count() == 1
    assert not kept.memberships.exists()


@pytest.mark.parametrize("role", [None, Role.MODERATOR, Role.ORGANISER])
def test_merge_is_for_administrators(pair, role):
    with pytest.raises(NotAllowed):
        merge(*pair, by=person(role))
    assert merge(*pair, by=person(Role.ADMINISTRATOR))


def test_merge_refuses_one_account_the_own_and_the_closed(pair):
    kept, merged = pair
    boss = person(Role.ADMINISTRATOR)
    for code, args in (
        ("merge_itself", (kept, kept)),
        ("merge_own", (kept, boss)),
    ):
        with pytest.raises(RuleBroken) as refused:
            merge(*args, by=boss)
        assert refused.value.code == code
    Person.objects.filter(pk=kept.pk).update(is_active=False)
    with pytest.raises(RuleBroken) as refused:
        merge(kept, merged, by=boss)
    assert refused.value.code == "account_closed"


def test_preview_says_what_moves(pair):
    _kept, merged = pair
    join(organisation("One"), merged)
    own = Collection.objects.create(slug="b", title={"en": "B"})
    own.curators.add(merged)
    found = merge_of(kept=" ADA@example.org", merged=merged.pk)
    assert [str(one) for one in found.organisations] == ["One"]
    assert found.addresses == ["lovelace@example.org"]
    assert found.others == [("entries.collection", 1)]
    assert merge_of(kept="nobody@example.org", merged=merged.pk) is None
    assert merge_of(kept=merged.email, merged=merged.pk) is None
