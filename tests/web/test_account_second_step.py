"""The second step: set up, asked for, stored safely; and the demo's links in its place."""

import json
import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.test import Client
from tests.factories.accounts import browser, person

from stocktaking.accounts import operations
from stocktaking.accounts.rules.roles import Role
from stocktaking.kernel import clock

pytestmark = pytest.mark.django_db

SECOND_STEP = "/en/account/second-step/"
SET_UP = "/en/account/security/app/set-up/"
CONFIRM = "/en/account/security/confirm/"
CODES = "/en/account/security/codes/"


def app_code(secret: str) -> str:
    counter = int(time.time()) // 30
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


def set_up(client) -> str:
    """Set up an authenticator app; the secret."""
    page = client.get(SET_UP).content.decode()
    secret = re.search(r'<code dir="ltr">(\w+)</code>', page)[1]
    answer = client.post(SET_UP, {"code": app_code(secret)})
    assert answer.status_code == 302, answer.content.decode()
    return secret


def sign_in_by_mail(email: str) -> Client:
    client = Client()
    client.post("/en/account/sign-in/", {"login": email})
    code = re.search(r"^[A-Z0-9-]{6,}$", mail.outbox[-1].body, re.MULTILINE)[0]
    answer = client.post("/en/account/sign-in/code/", {"code": code})
    assert answer.status_code == 302
    return client


def test_staff_is_led_through_setting_up_and_to_where_it_was_going():
    who = person(Role.MODERATOR)
    client = browser(who, second_factor=False)
    led = client.get("/en/staff/")
    assert led["Location"] == f"{SECOND_STEP}?next=%2Fen%2Fstaff%2F"
    explained = client.get(led["Location"]).content.decode()
    assert SET_UP in explained
    set_up(client)
    assert client.get("/en/staff/").status_code == 200
    assert 'href="/en/staff/"' in client.get(CODES).content.decode()


def test_second_step_is_asked_at_the_next_sign_in():
    who = person(Role.MODERATOR)
    secret = set_up(browser(who, second_factor=False))
    client = sign_in_by_mail(who.email)
    assert "_auth_user_id" not in client.session
    assert client.post("/en/account/sign-in/second-step/", {"code": "000"}).status_code == 200
    assert "_auth_user_id" not in client.session
    client.post("/en/account/sign-in/second-step/", {"code": app_code(secret)})
    assert client.session["_auth_user_id"] == str(who.pk)
    assert client.get("/en/staff/").status_code == 200


def test_second_step_takes_a_recovery_code_once():
    who = person(Role.MODERATOR)
    first = browser(who, second_factor=False)
    set_up(first)
    first.get(CODES)
    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    for expected in (True, False):
        client = sign_in_by_mail(who.email)
        client.post("/en/account/sign-in/second-step/", {"code": codes[0]})
        assert ("_auth_user_id" in client.session) is expected


def test_session_without_the_second_step_confirms_with_the_app(monkeypatch):
    who = person(Role.MODERATOR)
    secret = set_up(browser(who, second_factor=False))
    client = browser(who, second_factor=False)
    page = client.get(f"{SECOND_STEP}?next=/en/staff/").content.decode()
    assert f"{CONFIRM}?next=%2Fen%2Fstaff%2F" in page
    answer = client.post(f"{CONFIRM}?next=/en/staff/", {"code": app_code(secret)})
    # a code that was used to set up the app is spent; the next one is good
    if answer.status_code == 200:
        future = totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30 + 1))
        answer = client.post(f"{CONFIRM}?next=/en/staff/", {"code": future})
    assert answer["Location"] == "/en/staff/"
    assert client.get("/en/staff/").status_code == 200


def test_second_step_is_not_taken_away_without_being_shown_again():
    who = person(Role.MODERATOR)
    set_up(browser(who, second_factor=False))
    client = browser(who)
    for path in ("app/remove/", "codes/new/", "passkeys/add/"):
        answer = client.get(f"/en/account/security/{path}")
        assert answer.status_code == 302
        assert CONFIRM in answer["Location"]
    client.post("/en/account/security/app/remove/")
    assert Authenticator.objects.filter(type="totp").exists()


def test_secret_of_the_app_is_stored_encrypted(settings):
    secret = set_up(browser(person(), second_factor=False))
    assert secret not in json.dumps(list(Authenticator.objects.values_list("data", flat=True)))
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a new key of the installation, after the old one was changed"
    app = Authenticator.objects.get(type="totp").wrap()
    future = totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30 + 1))
    assert app.validate_code(future)


def test_wrong_codes_are_limited():
    who = person(Role.MODERATOR)
    secret = set_up(browser(who, second_factor=False))
    client = sign_in_by_mail(who.email)
    for _ in range(6):
        client.post("/en/account/sign-in/second-step/", {"code": "000000"})
    future = totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30 + 1))
    client.post("/en/account/sign-in/second-step/", {"code": future})
    assert "_auth_user_id" not in client.session


def test_passkey_page_gives_a_challenge_and_runs_no_inline_script():
    client = browser(person(), second_factor=False)
    page = client.get("/en/account/security/passkeys/add/")
    text = page.content.decode()
    assert '"challenge"' in text
    for attributes in re.findall(r"<script([^>]*)>", text):
        assert "src=" in attributes or 'type="application/json"' in attributes
    assert not re.search(r"\son\w+=", text)
    challenge = Client().get("/en/account/sign-in/passkey/", headers={"Accept": "application/json"})
    assert challenge.json()["request_options"]["publicKey"]["challenge"]


@pytest.mark.parametrize("credential", ["", "{}", "[]", "null", '{"id": "x"}', "\x00"])
def test_broken_passkey_signs_nobody_in(client, credential):
    answer = client.post("/en/account/sign-in/passkey/", {"credential": credential})
    assert answer.status_code == 302
    assert "_auth_user_id" not in client.session


@pytest.fixture
def links(settings) -> dict[Role, str]:
    settings.DEMO = True
    accounts = operations.make_demo_accounts(at=clock.now())
    return {a.role: a.link.removeprefix(settings.BASE_URL) for a in accounts}


def test_link_is_spent_by_the_button_not_by_looking(links, client):
    link = links[Role.ORGANISER]
    for _ in range(3):
        page = client.get(link)
        assert page.status_code == 200
        assert "_auth_user_id" not in client.session
    assert client.head(link).status_code == 200
    assert client.post(link)["Location"] == "/en/staff/"
    assert client.get("/en/staff/").status_code == 200


def test_link_works_once(links):
    link = links[Role.PERSON]
    assert Client().post(link).status_code == 302
    replay = Client()
    assert replay.post(link).status_code == 410
    assert "_auth_user_id" not in replay.session
    assert Client().post("/en/account/once/none-such/").status_code == 410


def test_link_renews_the_session_and_changes_who_it_is(links):
    ada = person()
    client = browser(ada)
    before = client.session.session_key
    client.post(links[Role.PERSON])
    assert client.session.session_key != before
    assert client.session["_auth_user_id"] != str(ada.pk)
    assert client.get("/en/staff/").status_code == 403


@pytest.mark.parametrize("method", ["get", "post"])
def test_link_is_nothing_outside_a_demo(links, settings, client, method):
    settings.DEMO = False
    assert getattr(client, method)(links[Role.ADMINISTRATOR]).status_code == 404


def test_session_of_a_link_ends_with_the_demo(links, settings, client):
    client.post(links[Role.ADMINISTRATOR])
    settings.DEMO = False
    assert client.get("/en/staff/").status_code == 302


@pytest.mark.parametrize("credential", ["", "{}", "[]", "7", '{"id": "x", "rawId": 5}'])
def test_broken_passkey_is_not_added(credential):
    client = browser(person(), second_factor=False)
    page = client.post("/en/account/security/passkeys/add/", {"credential": credential})
    assert page.status_code == 200
    assert not Authenticator.objects.exists()
