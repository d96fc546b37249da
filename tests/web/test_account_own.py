"""A person's own pages."""

import json

import pytest
from django.test import Client
from tests.factories import entries as factory
from tests.factories.accounts import browser, person

from stocktaking.accounts.models import Person
from stocktaking.accounts.queries import has_consent
from stocktaking.accounts.rules.consents import Purpose
from stocktaking.accounts.rules.roles import Role

pytestmark = pytest.mark.django_db

ACCOUNT = "/en/account/"


@pytest.fixture
def framework(db):
    factory.framework()


def test_account_is_changed_by_its_form(framework):
    ada = person()
    client = browser(ada)
    sent = {"name": "Augusta", "language": "ar", "country": "KE", "stakeholder": "academia"}
    assert client.post(ACCOUNT, sent)["Location"] == f"{ACCOUNT}?saved=1"
    ada.refresh_from_db()
    assert (ada.name, ada.language, ada.country.code) == ("Augusta", "ar", "KE")
    page = client.get(ACCOUNT).content.decode()
    assert 'value="Augusta"' in page


@pytest.mark.parametrize(
    "sent",
    [
        {"name": "", "language": "en"},
        {"name": "Ada", "language": "tlh"},
        {"name": "Ada", "language": "en", "country": "XX"},
        {"name": "x" * 201, "language": "en"},
        {"name": "a\x00b", "language": "en"},
    ],
)
def test_account_refuses_bad_values_and_keeps_what_was_typed(framework, sent):
    ada = person(name="Ada")
    answer = browser(ada).post(ACCOUNT, sent)
    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()
    ada.refresh_from_db()
    assert ada.name == "Ada"


def test_export_is_a_file_with_the_own_data_alone(framework):
    ada, bob = person(email="ada@example.org"), person(email="bob@example.org")
    answer = browser(ada).post("/en/account/export/")
    assert answer["Content-Disposition"] == 'attachment; filename="my-data.json"'
    assert "no-store" in answer["Cache-Control"]
    assert json.loads(answer.content)["account"]["email"] == ada.email
    assert bob.email not in answer.content.decode()
    assert browser(ada).get("/en/account/export/").status_code == 405


def test_erase_needs_a_tick_and_signs_out(framework):
    ada = person()
    client = browser(ada)
    assert client.get("/en/account/erase/").status_code == 200
    assert client.post("/en/account/erase/").status_code == 200
    assert Person.objects.filter(pk=ada.pk).exists()
    assert client.post("/en/account/erase/", {"sure": "on"}).status_code == 302
    assert not Person.objects.filter(pk=ada.pk).exists()
    assert client.get(ACCOUNT).status_code == 302


def test_last_administrator_is_told_why_the_account_stays(framework):
    boss = person(Role.ADMINISTRATOR)
    answer = browser(boss).post("/en/account/erase/", {"sure": "on"})
    assert "last administrator" in answer.content.decode()
    assert Person.objects.exists()


def test_sign_out_everywhere_ends_other_browsers(framework):
    ada = person()
    here, there = browser(ada), browser(ada)
    here.post("/en/account/sign-out-everywhere/")
    for client in (here, there):
        assert client.get(ACCOUNT).status_code == 302


def test_consents_are_ticked_one_by_one_and_taken_back(framework):
    ada = person()
    client = browser(ada)
    text = client.get(ACCOUNT).content.decode()
    assert text.count('name="purpose"') == len(Purpose)
    assert " checked" not in text
    place = "/en/account/consents/"
    assert client.post(place, {"purpose": ["calls", "emperor"]}).status_code == 302
    assert [p for p in Purpose if has_consent([ada.pk], p)] == [Purpose.CALLS]
    text = client.get(ACCOUNT).content.decode()
    assert 'value="calls" checked' in text
    assert "Agreed on" in text
    client.post(place, {})
    assert not any(has_consent([ada.pk], purpose) for purpose in Purpose)


def test_names_are_escaped(framework):
    ada = person(name="<script>alert(1)</script>")
    assert "<script>alert" not in browser(ada).get(ACCOUNT).content.decode()


@pytest.mark.parametrize("language", ["ar", "zh", "en", "fr", "ru", "es"])
def test_roles_are_public_in_every_language(framework, language):
    page = Client().get(f"/{language}/account/roles/")
    assert page.status_code == 200
    assert f'lang="{language}"' in page.content.decode()


PAGES = ["", "erase/", "email/", "second-step/", "security/", "security/app/set-up/"]
PAGES += [
    "security/passkeys/",
    "security/passkeys/add/",
    "sign-out/",
    "identities/",
    "invitations/",
]
DOORS = ["sign-in/", "sign-up/", "closed/", "roles/"]


@pytest.mark.parametrize("path", PAGES + DOORS)
def test_every_page_draws_itself_with_one_heading_and_at_most_one_filled_button(framework, path):
    client = browser(person(), second_factor=False) if path in PAGES else Client()
    answer = client.get(f"/en/account/{path}")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert text.count("<h1") == 1
    assert len([b for b in text.split('class="')[1:] if b.startswith(('btn"', 'btn full"'))]) <= 1
    assert "style=" not in text.split("<main")[1].split("</main>")[0]
    if path != "roles/":
        assert "no-store" in answer["Cache-Control"] or "private" in answer["Cache-Control"]


def test_entries_of_an_erased_person_stay_without_a_name(framework):
    ada = person()
    client = browser(ada)
    made = factory.entry()
    made.submitted_by = ada
    made.save()
    assert client.post("/en/account/export/").json()["entries"] == [made.number]
    client.post("/en/account/erase/", {"sure": "on"})
    made.refresh_from_db()
    assert made.submitted_by is None
