"""The desk with a small framework, seen by an administrator."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories import accounts
from tests.factories.pages import Page, visit

from stocktaking.accounts.models import Person
from stocktaking.accounts.rules.roles import Role


@pytest.fixture
def administrator(register) -> Person:
    return accounts.person(Role.ADMINISTRATOR, name="Ada Administrator")


@pytest.fixture
def browser(administrator) -> Client:
    return accounts.browser(administrator)


@pytest.fixture
def desk(browser) -> Callable[[str], Page]:
    """A page below ``/en/staff/``."""

    def open_page(path: str = "") -> Page:
        return visit(browser, f"/en/staff/{path}")

    return open_page


@pytest.fixture
def statements(desk) -> Callable[[str], list[str]]:
    """The SQL that a page below ``/en/staff/`` needs, once the framework is read."""

    def read(path: str = "") -> list[str]:
        desk(path)
        with CaptureQueriesContext(connection) as caught:
            desk(path)
        return [q["sql"] for q in caught]

    return read
