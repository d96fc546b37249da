"""Signing in and up: codes by mail, the same answer for everybody, nowhere else to go."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings as django_settings
from django.core import mail
from django.test import Client
from tests.factories.accounts import browser, person
from tests.factories.guards import proved

from stocktaking.accounts.models import Person
from stocktaking.history.models import HistoryRecord
from stocktaking.outbox.models import Message

pytestmark = pytest.mark.django_db

SIGN_IN = "/en/account/sign-in/"
CODE = "/en/account/sign-in/code/"
SIGN_UP = "/en/account/sign-up/"
ACCOUNT = "/en/account/"


def code_in(message) -> str:
    return re.search(r"^[A-Z0-9-]{6,}$", message.body, re.MULTILINE)[0]


def sign_in(client, email, *, onward="") -> object:
    client.post(SIGN_IN, {"login": email, "next": onward})
    return client.post(CODE, {"code": code_in(mail.outbox[-1]), "next": onward})


def sign_up(client, *, language="en", **typed) -> object:
    """Send the form for signing up, with the work that a script does."""
    place = SIGN_UP.replace("/en/", f"/{language}/")
    return client.post(place, proved(client.get(place)) | typed)


def fields(page) -> dict[str, str]:
    """What the form carries besides what is typed, without any work done."""
    return proved(page) | {"guard-number": ""}


def neutral(response) -> str:
    """A page without what differs from request to request in any case."""
    text = response.content.decode()
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)
    return re.sub(r"(known|other)@example\.org", "ADDRESS", text)


def test_code_by_mail_signs_in(client):
    ada = person(email="ada@example.org")
    answer = sign_in(client, "Ada@Example.org")
    assert (answer.status_code, answer["Location"]) == (302, ACCOUNT)
    assert client.session["_auth_user_id"] == str(ada.pk)
    assert mail.outbox[0].to == ["ada@example.org"]
    assert "example.com" not in mail.outbox[0].body


def test_session_is_renewed_at_sign_in(client):
    person(email="ada@example.org")
    client.post(SIGN_IN, {"login": "ada@example.org"})
    before = client.session.session_key
    client.post(CODE, {"code": code_in(mail.outbox[-1])})
    assert client.session.session_key != before
    stolen = Client()
    stolen.cookies[django_settings.SESSION_COOKIE_NAME] = before
    assert stolen.get(ACCOUNT).status_code == 302


def test_session_cookie_is_out_of_reach_of_scripts(client):
    person(email="ada@example.org")
    sign_in(client, "ada@example.org")
    cookie = client.cookies[django_settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_code_works_once(client):
    person(email="ada@example.org")
    sign_in(client, "ada@example.org")
    code = code_in(mail.outbox[-1])
    other = Client()
    other.post(SIGN_IN, {"login": "ada@example.org"})
    other.post(CODE, {"code": code})
    assert "_auth_user_id" not in other.session


def test_three_wrong_codes_end_the_try(client):
    person(email="ada@example.org")
    client.post(SIGN_IN, {"login": "ada@example.org"})
    right = code_in(mail.outbox[-1])
    for _ in range(3):
        answer = client.post(CODE, {"code": "WRONG-1"})
    assert answer.status_code == 302
    client.post(CODE, {"code": right})
    assert "_auth_user_id" not in client.session


def test_too_many_codes_for_one_address_are_refused():
    person(email="ada@example.org")
    for _ in range(5):
        Client().post(SIGN_IN, {"login": "ada@example.org"})
    assert len(mail.outbox) == 3


def test_known_and_unknown_address_get_the_same_answer():
    person(email="known@example.org")
    pages = []
    for email in ("known@example.org", "other@example.org"):
        client = Client()
        first = client.post(SIGN_IN, {"login": email})
        second = client.get(CODE)
        wrong = client.post(CODE, {"code": "WRONG-1"})
        answers = (first, second, wrong)
        pages.append((first["Location"], *((a.status_code, neutral(a)) for a in answers)))
    assert pages[0] == pages[1]
    assert [len(m.to) for m in mail.outbox] == [1, 1]
    assert SIGN_UP in mail.outbox[1].body


def test_signing_up_with_a_known_address_gets_the_same_answer():
    person(email="known@example.org")
    pages = []
    for email in ("known@example.org", "other@example.org"):
        client = Client(headers={"host": "localhost"})  # one of the names that are answered to
        first = sign_up(client, email=email, name="Somebody")
        second = client.get(first["Location"])
        wrong = client.post(first["Location"], {"code": "WRONG-1"})
        answers = (first, second, wrong)
        pages.append((first["Location"], *((a.status_code, neutral(a)) for a in answers)))
    assert pages[0] == pages[1]
    assert django_settings.BASE_URL + SIGN_IN in mail.outbox[0].body


def test_signing_up_makes_an_account_with_a_confirmed_address(client):
    first = sign_up(client, email="New@example.org", name="Ada L", language="fr")
    answer = client.post(first["Location"], {"code": code_in(mail.outbox[-1])})
    assert answer.status_code == 302
    made = Person.objects.get()
    assert (made.email, made.name, made.language) == ("new@example.org", "Ada L", "fr")
    assert not made.has_usable_password()
    assert EmailAddress.objects.get().verified
    assert client.session["_auth_user_id"] == str(made.pk)
    told = HistoryRecord.objects.filter(object_id=str(made.pk)).values_list("verb", flat=True)
    assert list(told) == ["person_registered"]


def test_account_that_was_not_confirmed_cannot_be_entered(client):
    sign_up(client, email="new@example.org", name="Ada")
    assert Person.objects.filter(email="new@example.org").exists()
    assert client.get(ACCOUNT).status_code == 302


def test_machine_that_proves_nothing_signs_nobody_up(client):
    client.post(SIGN_UP, {"email": "new@example.org", "name": "Ada"})
    sign_up(
        client, email="new@example.org", name="Ada", **{"guard-website": "https://spam.example"}
    )
    assert not Person.objects.exists()
    assert mail.outbox == []


def test_one_code_by_mail_proves_the_address_and_signs_up_without_a_script(client):
    asked = {"email": "New@example.org", "name": "Ada", "guard-send": "1"}
    page = client.post(SIGN_UP, fields(client.get(SIGN_UP)) | asked)
    assert "We have sent a code to new@example.org" in page.content.decode().replace("New@", "new@")
    assert not Person.objects.exists()
    code = re.search(r"\b\d{6,8}\b", Message.objects.get().text)[0]
    answer = client.post(SIGN_UP, fields(page) | asked | {"guard-send": "", "guard-code": code})
    assert answer["Location"] == ACCOUNT
    made = Person.objects.get()
    assert client.session["_auth_user_id"] == str(made.pk)
    assert EmailAddress.objects.get(user=made).verified
    assert mail.outbox == []


def test_code_for_another_address_confirms_that_one_alone(client):
    asked = {"email": "new@example.org", "name": "Ada", "guard-email": "eve@example.org"}
    page = client.post(SIGN_UP, fields(client.get(SIGN_UP)) | asked | {"guard-send": "1"})
    code = re.search(r"\b\d{6,8}\b", Message.objects.get(to="eve@example.org").text)[0]
    answer = client.post(SIGN_UP, fields(page) | asked | {"guard-code": code})
    assert answer["Location"] == "/en/account/sign-up/code/"
    assert "_auth_user_id" not in client.session
    assert not EmailAddress.objects.filter(verified=True).exists()


def test_closed_account_cannot_be_entered(client):
    ada = person(email="ada@example.org")
    Person.objects.update(is_active=False)
    client.post(SIGN_IN, {"login": ada.email})
    for message in mail.outbox:
        if found := re.search(r"^[A-Z0-9-]{6,}$", message.body, re.MULTILINE):
            client.post(CODE, {"code": found[0]})
    assert client.get(ACCOUNT).status_code == 302


ELSEWHERE = [
    "https://evil.example/",
    "http://evil.example",
    "//evil.example",
    "///evil.example",
    "////evil.example/%2f..",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/evil.example",
    "/%09/evil.example",
    "/\t/evil.example",
    "\thttps://evil.example",
    " https://evil.example",
    "https:evil.example",
    "https:/evil.example",
    "https:///evil.example",
    "HTTPS://EVIL.EXAMPLE",
    "http://testserver@evil.example/",
    "http://testserver.evil.example/",
    "http://evil.example#testserver",
    "http://evil.example?testserver",
    "http://localhost/",
    "http://127.0.0.1/",
    "ftp://testserver/",
    "javascript:alert(1)",
    "JavaScript://testserver/%0aalert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox",
    "http://[::1]evil.example/",
    "https://evil.example\x00.testserver/",
    "//evil.example\r\nSet-Cookie: a=b",
]


@pytest.mark.parametrize("onward", ELSEWHERE)
def test_next_leads_nowhere_else(client, onward):
    ada = person(email="ada@example.org")
    answers = [
        sign_in(client, "ada@example.org", onward=onward),
        client.get(SIGN_IN, {"next": onward}),
        browser(ada).get("/en/account/second-step/", {"next": onward}),
        browser(ada).post("/en/account/sign-out/", {"next": onward}),
    ]
    for answer in answers:
        assert answer.status_code == 302
        # one slash, then something that no browser takes for another slash
        assert re.match(r"/[^/\\\s]", answer["Location"]), answer["Location"]


def test_next_of_this_site_is_followed(client):
    person(email="ada@example.org")
    answer = sign_in(client, "ada@example.org", onward="/ar/account/roles/?a=b")
    assert answer["Location"] == "/ar/account/roles/?a=b"


@pytest.mark.parametrize("method", ["get", "post"])
def test_there_is_no_page_for_passwords(client, method):
    for path in ("password/change/", "password/set/", "password/reset/", "reauthenticate/"):
        assert getattr(client, method)(f"/en/account/{path}").status_code == 404


def test_sign_out_asks_first_and_then_ends_the_session():
    client = browser(person())
    assert client.get("/en/account/sign-out/").status_code == 200
    assert client.get(ACCOUNT).status_code == 200
    client.post("/en/account/sign-out/")
    assert client.get(ACCOUNT).status_code == 302


def test_address_is_changed_only_after_its_code(client):
    ada = person(email="ada@example.org")
    client = browser(ada)
    client.post("/en/account/email/", {"email": "new@example.org", "action_add": "1"})
    ada.refresh_from_db()
    assert ada.email == "ada@example.org"
    sent = next(m for m in mail.outbox if m.to == ["new@example.org"])
    client.post("/en/account/sign-up/code/", {"code": code_in(sent)})
    ada.refresh_from_db()
    assert ada.email == "new@example.org"
    told = HistoryRecord.objects.get(verb="person_address_changed")
    assert "example" not in str(told.detail)
    assert any(m.to == ["ada@example.org"] for m in mail.outbox), "the old address is told"


def test_forms_are_protected_against_other_sites():
    ada = person(email="ada@example.org")
    client = browser(ada)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    for path in ("", "export/", "erase/", "sign-out-everywhere/", "email/", "sign-out/"):
        assert strict.post(f"/en/account/{path}").status_code == 403
    assert Person.objects.filter(pk=ada.pk).exists()


def test_language_chosen_on_the_way_in_is_kept_after_it(client) -> None:
    page = client.get("/ar/account/sign-in/", {"next": "/ar/replies/"}).content.decode()
    assert 'href="/en/account/sign-in/?next=%2Fen%2Freplies%2F"' in page
    elsewhere = client.get("/ar/account/sign-in/", {"next": "//ar/replies/"}).content.decode()
    assert 'href="/en/account/sign-in/?next=%2F%2Far%2Freplies%2F"' in elsewhere
