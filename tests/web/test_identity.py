"""Signing in with a provider of identity: what opens an account, and every answer that does not."""

import time
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from tests.factories.accounts import browser, person
from tests.web.identity_provider import CLIENT, OTHER_KEY, MockProvider, running, signed

from stocktaking.accounts import operations
from stocktaking.accounts.models import Person
from stocktaking.accounts.rules.roles import Role
from stocktaking.history.models import HistoryRecord
from stocktaking.outbox.models import Message

pytestmark = pytest.mark.django_db
BEGIN = "/en/account/sign-in/with/example/"
ADA = {"email": "ada@example.org", "email_verified": True, "name": "Ada Lovelace"}


@pytest.fixture(scope="module")
def server():
    with running() as provider:
        yield provider


@pytest.fixture
def provider(server, settings) -> MockProvider:
    server.__init__(issuer=server.issuer, claims=dict(ADA))
    settings.IDENTITY_PROVIDERS = (server.configured(),)
    return server


def begin(client: Client, **sent) -> str:
    answer = client.post(BEGIN, sent)
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


def come_back(client: Client, provider: MockProvider, **changed):
    return client.get(provider.authorize(begin(client), **changed))


def signed_in(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def test_sign_in_page_has_a_button_only_where_a_provider_is_configured(client, settings, provider):
    page = client.get("/en/account/sign-in/")
    assert BEGIN in page.content.decode()
    assert f"form-action 'self' {provider.issuer}" in page["Content-Security-Policy"]
    settings.IDENTITY_PROVIDERS = ()
    page = client.get("/en/account/sign-in/")
    assert "/sign-in/with/" not in page.content.decode()
    assert "form-action 'self'" in page["Content-Security-Policy"].split("; ")
    assert client.post(BEGIN).status_code == 404
    assert client.get("/sign-in/example/callback").status_code == 404


def test_begin_sends_state_nonce_and_challenge_to_the_issuer_alone(client, provider):
    asked = urlsplit(begin(client))
    query = {key: found[0] for key, found in parse_qs(asked.query).items()}
    assert f"{asked.scheme}://{asked.netloc}" == provider.issuer
    assert query["redirect_uri"] == "http://127.0.0.1:8000/sign-in/example/callback"
    assert query["code_challenge_method"] == "S256"
    assert len(query["nonce"]) >= 43
    assert len(query["state"]) >= 16
    assert client.get(BEGIN).status_code == 405


def test_what_the_address_asks_for_besides_is_not_passed_on(client, provider):
    answer = client.post(f"{BEGIN}?scope=admin&auth_params=prompt%3Dnone&process=connect")
    query = parse_qs(urlsplit(answer["Location"]).query)
    assert "prompt" not in query
    assert "admin" not in query["scope"][0]


def test_confirmed_address_opens_the_account_that_has_it(client, provider):
    ada = person(email="ada@example.org")
    assert come_back(client, provider)["Location"] == "/en/account/"
    assert signed_in(client) == str(ada.pk)
    held = SocialAccount.objects.get(user=ada)
    assert held.extra_data["subject"] == "subject-1"
    assert HistoryRecord.objects.get(verb="identity_linked").object_id == str(ada.pk)
    assert Message.objects.get(kind="accounts.identity_linked").to == ada.email


def test_known_subject_signs_in_whatever_its_address_became(client, provider):
    ada = person(email="ada@example.org")
    come_back(client, provider)
    provider.claims |= {"email": "new@example.org", "email_verified": False}
    again = Client()
    come_back(again, provider)
    assert signed_in(again) == str(ada.pk)
    assert Person.objects.count() == 1


def test_confirmed_address_without_an_account_makes_one(client, provider):
    come_back(client, provider)
    made = Person.objects.get()
    assert (made.email, made.name) == ("ada@example.org", "Ada Lovelace")
    assert signed_in(client) == str(made.pk)
    assert not made.has_usable_password()
    assert EmailAddress.objects.get(user=made).verified
    assert not made.consents.exists()


def test_language_and_place_of_the_reader_are_kept(client, provider):
    person(email="ada@example.org")
    location = client.post("/ar/account/sign-in/with/example/", {"next": "/ar/account/roles/"})
    answer = client.get(provider.authorize(location["Location"]))
    assert answer["Location"] == "/ar/account/roles/"
    away = begin(Client(), next="https://evil.example/")
    assert "evil" not in away


def test_second_step_is_asked_although_the_provider_says_it_was_done(client, provider):
    boss = person(Role.MODERATOR, email="ada@example.org")
    provider.claims |= {"amr": ["pwd", "mfa", "otp"], "acr": "3"}
    come_back(client, provider)
    assert signed_in(client) == str(boss.pk)
    assert client.get("/en/staff/")["Location"].startswith("/en/account/second-step/")


def test_closed_account_is_not_opened(client, provider):
    ada = person(email="ada@example.org")
    Person.objects.filter(pk=ada.pk).update(is_active=False)
    come_back(client, provider)
    assert signed_in(client) is None


UNCONFIRMED = [
    {"email_verified": False},
    {"email_verified": None},
    {"email_verified": "true"},
    {"email_verified": 1},
    {"email": None},
    {"email": "no address"},
]


@pytest.mark.parametrize("claims", UNCONFIRMED)
def test_unconfirmed_address_opens_nothing_and_waits_for_our_own_code(client, provider, claims):
    ada = person(email="ada@example.org")
    provider.claims |= claims
    provider.userinfo = {"sub": "subject-1"}
    answer = come_back(client, provider)
    assert answer["Location"] == "/en/account/sign-in/"
    assert signed_in(client) is None
    assert not SocialAccount.objects.exists()
    assert "Example ID did not confirm" in client.get(answer["Location"]).content.decode()
    assert Person.objects.get() == ada


def test_provider_answers_for_its_own_domains_alone(client, provider, settings):
    person(email="ada@example.org")
    settings.IDENTITY_PROVIDERS = (provider.configured(domains=("health.example",)),)
    come_back(client, provider)
    assert signed_in(client) is None


def test_identity_that_waits_is_linked_by_a_button_and_never_by_itself(provider):
    ada = person(email="ada@example.org")
    client = browser(ada)
    provider.claims |= {"email": "work@health.example"}
    assert come_back(client, provider)["Location"] == "/en/account/identities/"
    page = client.get("/en/account/identities/").content.decode()
    assert "work@health.example" in page
    assert not SocialAccount.objects.exists()
    client.post("/en/account/identities/", {"act": "link"})
    held = SocialAccount.objects.get(user=ada)
    assert signed_in(client) == str(ada.pk)
    client.post("/en/account/identities/", {"act": "link"})  # nothing waits any more
    assert SocialAccount.objects.count() == 1
    client.post("/en/account/identities/", {"act": str(held.pk)})
    assert not SocialAccount.objects.exists()
    assert HistoryRecord.objects.filter(verb="identity_unlinked").exists()


def test_identity_that_waits_is_forgotten_when_told(provider):
    client = browser(person())
    come_back(client, provider)
    client.post("/en/account/identities/", {"act": "forget"})
    client.post("/en/account/identities/", {"act": "link"})
    assert not SocialAccount.objects.exists()


def test_identity_of_another_account_is_not_linked(client, provider):
    ada = person(email="ada@example.org")
    come_back(client, provider)
    other = browser(person())
    come_back(other, provider)
    answer = other.post("/en/account/identities/", {"act": "link"})
    assert answer.status_code == 422
    assert SocialAccount.objects.get().user == ada


def test_nobody_unlinks_the_sign_in_of_somebody_else(client, provider):
    person(email="ada@example.org")
    come_back(client, provider)
    held = SocialAccount.objects.get()
    browser(person()).post("/en/account/identities/", {"act": str(held.pk)})
    assert SocialAccount.objects.exists()


def drop(name: str):
    return lambda claims: claims.pop(name)


def put(**values):
    return lambda claims: claims.update(values)


LIES = {
    "wrong nonce": put(nonce="of another attempt"),
    "no nonce": drop("nonce"),
    "wrong issuer": put(iss="https://id.evil.example"),
    "no issuer": drop("iss"),
    "for another site": put(aud="another-site"),
    "for several, unsaid for whom": put(aud=[CLIENT, "another-site"]),
    "authorised for another": put(azp="another-site"),
    "expired": put(exp=int(time.time()) - 3600, iat=int(time.time()) - 7200),
    "from the future": put(iat=int(time.time()) + 3600),
    "without an end": drop("exp"),
    "names nobody": put(sub=""),
    "no subject": drop("sub"),
    "subject is no text": put(sub=7),
    "endless subject": put(sub="x" * 300),
}


@pytest.mark.parametrize("lie", LIES)
def test_token_that_is_not_right_opens_nothing(client, provider, lie):
    person(email="ada@example.org")
    provider.lie = LIES[lie]
    refuse(client, come_back(client, provider))


FORGED = {
    "other key": lambda claims: signed(claims, key=OTHER_KEY),
    "unknown key": lambda claims: signed(claims, kid="two"),
    "not signed": lambda claims: signed(claims, key=None, alg="none"),
    "public secret": lambda claims: signed(claims, key="x" * 64, alg="HS256"),
    "no token": lambda claims: "nonsense",
    "nothing": lambda claims: None,
}


@pytest.mark.parametrize("forged", FORGED)
def test_token_that_the_issuer_did_not_sign_opens_nothing(client, provider, forged):
    person(email="ada@example.org")
    provider.sign = FORGED[forged]
    refuse(client, come_back(client, provider))


def refuse(client: Client, answer) -> None:
    assert answer.status_code == 401
    assert 'role="alert"' in answer.content.decode()
    assert signed_in(client) is None
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize(
    "changed",
    [
        {"state": "of somebody else"},
        {"state": ""},
        {"iss": "https://id.evil.example"},
        {"code": "never given"},
        {"error": "server_error"},
    ],
)
def test_answer_to_another_question_opens_nothing(client, provider, changed):
    person(email="ada@example.org")
    refuse(client, come_back(client, provider, **changed))


def test_state_of_one_browser_is_nothing_in_another(client, provider):
    person(email="ada@example.org")
    back = provider.authorize(begin(client))
    other = Client()
    refuse(other, other.get(back))


def test_state_works_once(client, provider):
    person(email="ada@example.org")
    back = provider.authorize(begin(client))
    assert client.get(back).status_code == 302
    client.post("/en/account/sign-out/")
    answer = client.get(back)
    assert answer.status_code == 401
    assert signed_in(client) is None


def test_token_of_an_earlier_sign_in_is_not_taken_again(client, provider):
    person(email="ada@example.org")
    kept: list[str] = []
    provider.sign = lambda claims: kept.append(signed(claims)) or kept[0]
    come_back(client, provider)
    again = Client()
    assert come_back(again, provider).status_code == 401
    assert signed_in(again) is None


def test_who_changes_their_mind_is_back_at_the_door(client, provider):
    answer = come_back(client, provider, error="access_denied")
    assert answer["Location"] == "/en/account/sign-in/"


@pytest.mark.parametrize(
    "document",
    [
        {"issuer": "https://id.evil.example"},
        {"authorization_endpoint": "https://id.evil.example/authorize"},
        {"authorization_endpoint": None},
    ],
)
def test_provider_that_is_another_than_configured_is_not_asked(client, provider, document):
    provider.document = document
    refuse(client, client.post(BEGIN))


def test_provider_that_is_away_is_told_as_such(client, provider, settings):
    settings.IDENTITY_PROVIDERS = (provider.configured(issuer="http://127.0.0.1:9"),)
    refuse(client, client.post(BEGIN))


def test_broken_exchange_opens_nothing(client, provider):
    provider.token_status = "500 Internal Server Error"
    refuse(client, come_back(client, provider))


@pytest.mark.parametrize(("subject", "opens"), [("subject-1", True), ("somebody else", False)])
def test_address_from_the_second_answer_is_about_the_same_subject(client, provider, subject, opens):
    ada = person(email="ada@example.org")
    provider.claims = {"name": "Ada"}
    provider.userinfo = {"sub": subject, **ADA}
    come_back(client, provider)
    assert (signed_in(client) == str(ada.pk)) is opens


def test_subject_means_something_at_its_issuer_alone(client, provider, settings):
    ada = person(email="ada@example.org")
    identity = operations.Identity("example", "Example ID", "https://old.example", "subject-1")
    operations.link_identity(person=ada, identity=identity, by=ada, at=ada.joined_at)
    provider.claims |= {"email": "eve@example.org"}
    come_back(client, provider)
    assert signed_in(client) != str(ada.pk)
