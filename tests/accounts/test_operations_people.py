import json
import threading

import pytest
from django.db import connections
from django.test import Client
from tests.factories.accounts import AT, person

from stocktaking.accounts import operations
from stocktaking.accounts.models import Person
from stocktaking.accounts.rules.roles import Role
from stocktaking.accounts.signals import person_erased, person_exported
from stocktaking.history.models import HistoryRecord
from stocktaking.kernel.errors import NotAllowed, RuleBroken

pytestmark = pytest.mark.django_db


def verbs(of) -> list[str]:
    rows = HistoryRecord.objects.filter(object_type="accounts.person", object_id=str(of.pk))
    return list(rows.values_list("verb", flat=True))


def test_register_person_keeps_a_lower_case_address_and_no_password():
    made = operations.register_person(email=" Ada@Example.ORG ", name=" Ada  L ", by=None, at=AT)
    assert (made.email, made.name) == ("ada@example.org", "Ada L")
    assert not made.has_usable_password()
    assert verbs(made) == ["person_registered"]


@pytest.mark.parametrize("email", ["", "ada", "ada@", "a b@example.org", "x@y@z.org"])
def test_register_person_refuses_what_is_no_address(email):
    with pytest.raises(RuleBroken) as refused:
        operations.register_person(email=email, by=None, at=AT)
    assert (refused.value.code, refused.value.field) == ("email_invalid", "email")


def test_register_person_refuses_an_address_twice_whatever_its_case():
    person(email="ada@example.org")
    with pytest.raises(RuleBroken) as refused:
        operations.register_person(email="ADA@example.org", by=None, at=AT)
    assert refused.value.code == "email_taken"


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"language": "tlh"}, "language_unknown"),
        ({"name": "x" * 201}, "name_long"),
        ({"country": "XX"}, "term_unknown"),
        ({"stakeholder": "wizard"}, "term_unknown"),
    ],
)
def test_register_person_refuses_unknown_choices(terms, values, code):
    with pytest.raises(RuleBroken) as refused:
        operations.register_person(email="ada@example.org", by=None, at=AT, **values)
    assert refused.value.code == code
    assert not Person.objects.exists()


def test_revise_person_names_the_fields_in_history_but_not_their_content(terms):
    ada = person(name="Ada")
    operations.revise_person(
        person=ada, name="Augusta", language="fr", country="KE", stakeholder=None, by=ada, at=AT
    )
    ada.refresh_from_db()
    assert (ada.name, ada.language, ada.country.code) == ("Augusta", "fr", "KE")
    told = HistoryRecord.objects.get(verb="person_revised")
    assert told.detail == {"fields": ["name", "language", "country_id"]}


def test_revise_person_without_change_writes_nothing(terms):
    ada = person(name="Ada")
    operations.revise_person(
        person=ada, name="Ada", language="en", country=None, stakeholder=None, by=ada, at=AT
    )
    assert verbs(ada) == ["person_registered"]


def test_sign_out_everywhere_ends_every_session():
    ada = person()
    browsers = [Client(), Client()]
    for browser in browsers:
        browser.force_login(ada)
    operations.sign_out_everywhere(person=ada, by=ada, at=AT)
    for browser in browsers:
        answer = browser.get("/en/account/")
        assert answer.status_code == 302
        assert "sign-in" in answer["Location"]


def test_export_person_holds_account_roles_acts_and_parts_of_apps_above():
    ada = person(Role.MODERATOR, name="Ada")
    bob = person(Role.ORGANISATION_EDITOR)
    operations.grant_role(person=bob, role=Role.MODERATOR, by=None, at=AT)

    def letters(sender, **kwargs):
        return {"letters": [7]}

    person_exported.connect(letters)
    try:
        data = operations.export_person(person=bob, by=bob, at=AT)
    finally:
        person_exported.disconnect(letters)
    text = json.dumps(data)
    assert data["account"]["email"] == bob.email
    assert [(held["role"], held["scope"]) for held in data["roles"]] == [("moderator", None)]
    assert data["organisations"][0]["standing"] == "editor"
    assert data["letters"] == [7]
    assert ada.email not in text
    assert verbs(bob)[-1] == "person_exported"


def test_erase_person_leaves_only_numbers_behind():
    ada = person(Role.ORGANISATION_EDITOR, name="Ada Lovelace")
    number, email = ada.pk, ada.email
    browser = Client()
    browser.force_login(ada)
    heard = []

    def hear(sender, **kwargs):
        heard.append(kwargs["person_id"])

    person_erased.connect(hear)
    try:
        operations.erase_person(person=ada, by=ada, at=AT)
    finally:
        person_erased.disconnect(hear)
    assert heard == [number]
    assert not Person.objects.filter(pk=number).exists()
    rows = HistoryRecord.objects.filter(object_type="accounts.person", object_id=str(number))
    assert rows.last().verb == "person_erased"
    for row in HistoryRecord.objects.all():
        assert email not in json.dumps(row.detail)
        assert "Lovelace" not in json.dumps(row.detail)
    assert not browser.session.get("_auth_user_id")


def test_erase_person_keeps_the_last_administrator():
    ada = person(Role.ADMINISTRATOR)
    with pytest.raises(RuleBroken) as refused:
        operations.erase_person(person=ada, by=ada, at=AT)
    assert refused.value.code == "last_administrator"
    person(Role.ADMINISTRATOR)
    operations.erase_person(person=ada, by=ada, at=AT)


@pytest.mark.django_db(transaction=True)
def test_register_person_at_once_makes_one_account():
    outcomes: list[str] = []
    ready = threading.Barrier(4)

    def register():
        try:
            ready.wait()
            operations.register_person(email="ada@example.org", by=None, at=AT)
            outcomes.append("made")
        except RuleBroken as refused:
            outcomes.append(refused.code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=register) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["email_taken", "email_taken", "email_taken", "made"]


def test_nobody_acts_on_the_account_of_somebody_else():
    ada, chief = person(), person(Role.ADMINISTRATOR)
    told = {"person": ada, "by": chief, "at": AT}
    for act in (
        operations.export_person,
        operations.erase_person,
        operations.sign_out_everywhere,
    ):
        with pytest.raises(NotAllowed):
            act(**told)
    with pytest.raises(NotAllowed):
        operations.revise_person(
            name="Other", language="en", country=None, stakeholder=None, **told
        )
    assert Person.objects.get(pk=ada.pk).name == "Ada Person"
