"""Bodies above the limit are refused before they are read."""

from io import BytesIO

import pytest
from django.test import Client
from tests.factories import accounts

from stocktaking.accounts.rules.roles import Role
from stocktaking.web.sizes import EDITOR, IMPORT, ORDINARY

SIGN_IN, EDIT = "/en/account/sign-in/", "/en/staff/entries/new/"
IMPORTS = "/en/staff/imports/new/"


class Unread(BytesIO):
    """The body of a request that nobody may touch."""

    def read(self, *args, **kwargs):
        raise AssertionError("the body was read")

    readline = readinto = read


def send(client: Client, path: str, **environ: object):
    kind = "multipart/form-data; boundary=x"
    return client.generic("POST", path, **{"wsgi.input": Unread(), "CONTENT_TYPE": kind, **environ})


@pytest.mark.parametrize("path", [SIGN_IN, "/en/", "/no/such/page", EDIT])
@pytest.mark.django_db
def test_visitor_cannot_send_more_than_a_form(path):
    response = send(Client(), path, CONTENT_LENGTH=str(ORDINARY + 1))
    page = response.content.decode()
    assert response.status_code == 413
    assert "Error 413." in page
    assert 'rel="stylesheet"' in page
    assert "Content-Security-Policy" in response.headers


@pytest.mark.django_db
def test_page_says_it_in_the_language_of_the_address():
    response = send(Client(), "/fr/account/sign-in/", CONTENT_LENGTH=str(ORDINARY + 1))
    assert '<html lang="fr"' in response.content.decode()


@pytest.mark.django_db
def test_body_without_a_length_is_refused():
    response = send(Client(), SIGN_IN, CONTENT_LENGTH="", HTTP_TRANSFER_ENCODING="chunked")
    assert response.status_code == 411


@pytest.mark.django_db
def test_only_those_who_edit_may_send_pictures_to_the_editor(register):
    size = str(ORDINARY + 1)
    editor = accounts.browser(accounts.person(Role.MODERATOR))
    contributor = accounts.browser(accounts.person())
    assert send(contributor, EDIT, CONTENT_LENGTH=size).status_code == 413
    assert send(editor, SIGN_IN, CONTENT_LENGTH=size).status_code == 413
    assert send(editor, EDIT, CONTENT_LENGTH=str(EDITOR + 1)).status_code == 413
    with pytest.raises(AssertionError, match="the body was read"):
        send(editor, EDIT, CONTENT_LENGTH=str(EDITOR))


@pytest.mark.django_db
def test_only_those_who_import_may_send_files_of_data(register):
    organiser = accounts.person(Role.ORGANISER)
    moderator = accounts.browser(accounts.person(Role.MODERATOR))
    first_step = accounts.browser(organiser, second_factor=False)
    for browser in (moderator, first_step):
        assert send(browser, IMPORTS, CONTENT_LENGTH=str(ORDINARY + 1)).status_code == 413
    browser = accounts.browser(organiser)
    assert send(browser, IMPORTS, CONTENT_LENGTH=str(IMPORT + 1)).status_code == 413
    with pytest.raises(AssertionError, match="the body was read"):
        send(browser, IMPORTS, CONTENT_LENGTH=str(IMPORT))


@pytest.mark.django_db
def test_forms_below_the_limit_are_read():
    assert Client().post(SIGN_IN, {"login": "nobody@example.org"}).status_code < 400
