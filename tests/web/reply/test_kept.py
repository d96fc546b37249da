"""Text that arrives from somebody who is signed out is there after signing in."""

import datetime as dt
import uuid

from django.test import Client
from tests.factories import accounts

from stocktaking.kernel import clock
from stocktaking.web.views.reply.kept import LASTS, SESSION_KEY


def sign_in(desk) -> None:
    """As after the mailed code: Django's own login, in the session that is there."""
    desk.client.force_login(
        desk.person, backend="allauth.account.auth_backends.AuthenticationBackend"
    )


def expire(desk) -> None:
    desk.client.session.flush()


def test_text_of_an_expired_session_is_there_after_signing_in(desk) -> None:
    page = desk.page("about/")
    expire(desk)
    answer = desk.send(page, "next", summary="Typed for an hour.", reach="5")
    assert answer.status_code == 302
    assert answer.url == f"/en/account/sign-in/?next={desk.url('about/').replace('/', '%2F')}"
    assert "summary" not in desk.answers  # nobody is known yet
    sign_in(desk)
    html = desk.get("about/").content.decode()
    assert "Typed for an hour." in html
    assert "You were signed out" in html
    assert desk.send(desk.page("about/"), "next").status_code == 302
    assert desk.answers["summary"] == "Typed for an hour."
    assert desk.answers["reach"] == 5
    assert "You were signed out" not in desk.get("about/").content.decode()


def test_text_survives_a_change_of_the_language_on_the_way(desk) -> None:
    page = desk.page("about/")
    expire(desk)
    desk.send(page, "next", summary="Typed for an hour.")
    sign_in(desk)
    arabic = desk.url("about/").replace("/en/", "/ar/")
    assert "Typed for an hour." in desk.client.get(arabic).content.decode()


def test_what_others_changed_meanwhile_is_a_conflict_and_not_lost(desk, other) -> None:
    page = desk.page("about/")
    expire(desk)
    desk.send(page, "next", summary="Typed for an hour.")
    other.save("stay", summary="Written by Bo.")
    sign_in(desk)
    answer = desk.send(desk.page("about/"), "next")
    assert answer.status_code == 409
    assert "Typed for an hour." in answer.content.decode()


def test_nobody_else_sees_it(desk) -> None:
    page = desk.page("about/")
    expire(desk)
    desk.send(page, "next", summary="Typed for an hour.")
    elsewhere = Client()
    elsewhere.force_login(
        desk.person, backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    assert "Typed for an hour." not in elsewhere.get(desk.url("about/")).content.decode()
    desk.client.force_login(
        accounts.person(), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    assert desk.get("about/").status_code == 404


def test_it_is_forgotten_after_a_day_and_bounded(desk) -> None:
    page = desk.page("about/")
    expire(desk)
    desk.send(page, "next", summary="x" * 1_000_000)
    assert SESSION_KEY not in desk.client.session
    desk.send(page, "next", summary="Typed for an hour.")
    session = desk.client.session
    [place] = session[SESSION_KEY]
    session[SESSION_KEY][place]["at"] = (clock.now() - LASTS - dt.timedelta(minutes=1)).isoformat()
    session.save()
    sign_in(desk)
    assert "Typed for an hour." not in desk.get("about/").content.decode()


def test_nothing_is_kept_for_a_reply_that_does_not_exist(desk) -> None:
    page = desk.page("about/")
    expire(desk)
    elsewhere = desk.url("about/").replace(str(desk.reply.key), str(uuid.uuid4()))
    desk.client.post(elsewhere, {**page, "q-summary": "Typed for an hour."})
    assert SESSION_KEY not in desk.client.session


def test_form_whose_protection_was_renewed_elsewhere_keeps_its_text(desk) -> None:
    page = desk.page("about/")
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = desk.client.cookies
    data = {**page, "q-summary": "Typed in an old window.", "csrfmiddlewaretoken": "a" * 64}
    answer = strict.post(desk.url("about/"), data)
    assert answer.status_code == 302
    assert answer.url == desk.url("about/")
    assert "summary" not in desk.answers  # nothing is saved by it
    html = strict.get(desk.url("about/")).content.decode()
    assert "Typed in an old window." in html
    stranger = Client(enforce_csrf_checks=True)
    assert stranger.post(desk.url("about/"), data).status_code == 403
    assert strict.post(desk.url("check/"), {"based_on": "1"}).status_code == 403
