"""An entry with its owner, and everybody who may look at it."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from django.test import Client
from tests.factories import accounts
from tests.factories.pages import Form, Page, visit

from stocktaking.accounts.models import Membership, Organisation, Person
from stocktaking.accounts.operations import add_member
from stocktaking.accounts.rules.roles import Role
from stocktaking.entries.models import Entry
from stocktaking.entries.operations import create_collection
from stocktaking.guards.rules.proof import solve

XSS = "\"><script>alert(1)</script><img src=x onerror=alert(2)>'`{{7*7}}"
LONG_AGO = accounts.AT.replace(year=2020)


def health() -> None:
    """A collection with all its words."""
    create_collection(
        slug="health",
        title={"en": "Health", "ar": "الصحة"},
        introduction={"en": "Clinics and more."},
        criteria={"en": "It names a clinic."},
        by=None,
        at=accounts.AT,
    )


@dataclass
class Place:
    entry: Entry
    body: Organisation
    people: dict[str, Person | None] = field(default_factory=dict)

    def browser(self, who: str, *, second_factor: bool = True) -> Client:
        return accounts.browser(self.people[who], second_factor=second_factor)

    def open(self, who: str, path: str) -> Page:
        return visit(self.browser(who), f"/en/{path}")


@pytest.fixture
def place(register) -> Place:
    body = accounts.organisation("Mast Fund", website="https://masts.example/")
    owner, editor = accounts.person(name="Olga Owner"), accounts.person(name="Ed Editor")
    for person, standing in ((owner, "owner"), (editor, "editor")):
        add_member(
            organisation=body,
            person=person,
            standing=Membership.Standing(standing),
            by=None,
            at=accounts.AT,
        )
    entry = register.add("Village network", organisation=body.pk, at=LONG_AGO)
    register.index()
    return Place(
        entry,
        body,
        {
            "visitor": None,
            "person": accounts.person(name="Pia Person"),
            "owner": owner,
            "editor": editor,
            "stranger": accounts.person(Role.ORGANISATION_EDITOR),
            "observer": accounts.person(Role.OBSERVER),
            "moderator": accounts.person(Role.MODERATOR),
            "organiser": accounts.person(Role.ORGANISER),
        },
    )


@pytest.fixture
def send() -> Callable[..., Page]:
    """Send a form as a browser with a script does: with its work done."""

    def go(form: Form, **pressed: str) -> Page:
        if form.fields.get("guard-proof") and not form["guard-number"]:
            form["guard-number"] = solve(form["guard-proof"])
        return form.send(**pressed)

    return go
