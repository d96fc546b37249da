"""What is held of a person is handed out whole, and nothing of it stays."""

import json

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import connection
from tests.factories.accounts import AT, browser, organisation, person

from stocktaking.accounts import operations
from stocktaking.accounts.models import Membership, Person
from stocktaking.accounts.operations import Identity
from stocktaking.accounts.rules.consents import Purpose
from stocktaking.accounts.rules.roles import Role

pytestmark = pytest.mark.django_db
# planted in everything that accounts keep of her
FACTS = ("zelda-main@example.org", "zelda-old@example.org", "zelda-work@example.org", "Zeldanne")
SUBJECT = "zelda-at-the-ministry"


@pytest.fixture
def zelda(db) -> Person:
    """Somebody with all that an account can hold."""
    zelda = person(Role.COORDINATOR, email=FACTS[0], name="Zeldanne Zimmer")
    old = person(email=FACTS[1], name="Zeldanne of old")
    operations.set_consents(person=old, given={Purpose.CONTACT: True}, by=old, at=AT)
    operations.merge_people(kept=zelda.pk, merged=old.pk, by=None, at=AT)
    identity = Identity("ministry", "Ministry", "https://id.example", SUBJECT, FACTS[2])
    operations.link_identity(person=zelda, identity=identity, by=zelda, at=AT)
    body = organisation("Village network")
    operations.add_member(
        organisation=body, person=zelda, standing=Membership.Standing.OWNER, by=None, at=AT
    )
    operations.invite_member(organisation=body, email="friend@example.org", by=zelda, at=AT)
    owner = person()
    other = organisation("Other")
    operations.add_member(
        organisation=other, person=owner, standing=Membership.Standing.OWNER, by=None, at=AT
    )
    operations.invite_member(organisation=other, email=FACTS[0], by=owner, at=AT)
    Authenticator.objects.create(user=zelda, type="totp", data={"secret": "zelda-secret"})
    browser(zelda)
    return zelda


def every_row() -> str:
    """All tables as text, as somebody sees them who holds the database."""
    parts = []
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            table = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 - our own tables
            parts += [str(row) for row in cursor.fetchall()]
    return "\n".join(parts)


def test_export_holds_every_planted_fact(zelda):
    told = operations.export_person(person=zelda, by=zelda, at=AT)
    text = json.dumps(told, ensure_ascii=False)
    for fact in (*FACTS, SUBJECT):
        assert fact in text
    assert told["roles"][0]["scope"] == "country:KE"
    assert told["consents"][0]["purpose"] == "contact"
    assert {one["sent"] for one in told["invitations"]} == {True, False}
    assert told["sign_ins"][0]["provider"] == "ministry"
    # what is secret, or somebody else's, is not handed out
    assert "zelda-secret" not in text
    assert "friend@example.org" not in text


def test_nothing_of_it_is_found_after_erasing(zelda):
    held = every_row()
    for fact in (*FACTS, SUBJECT):
        assert fact in held, f"{fact} was not planted"
    operations.erase_person(person=zelda, by=zelda, at=AT)
    rest = every_row()
    for fact in (*FACTS, SUBJECT, "Zimmer", "zelda-secret"):
        assert fact not in rest
    assert not EmailAddress.objects.filter(email__icontains="zelda").exists()
