"""Accounts to try the register with: one per role, entered by links that work once."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from stocktaking.accounts.models import OneTimeLink, Organisation, Person
from stocktaking.accounts.operations.members import add_member
from stocktaking.accounts.operations.organisations import register_organisation
from stocktaking.accounts.operations.people import register_person
from stocktaking.accounts.operations.roles import grant_role
from stocktaking.accounts.queries import scope_choices
from stocktaking.accounts.rules.roles import STAFF_ROLES, Role
from stocktaking.accounts.rules.scopes import SCOPED_ROLES, TermKey
from stocktaking.accounts.rules.tokens import digest, new_token
from stocktaking.history.operations import record
from stocktaking.kernel.errors import RuleBroken

LASTS = dt.timedelta(hours=24)


@dataclass(frozen=True)
class DemoAccount:
    """``link`` is a whole address; the token in it is kept nowhere else."""

    role: Role
    email: str
    link: str


@transaction.atomic
def make_demo_accounts(*, at: dt.datetime) -> list[DemoAccount]:
    """One account per role but visitor, each with a fresh link for 24 hours.

    The coordinator's is for a region where there are any, the facilitator's for the first line.

    Accounts that exist stay; links made before are taken back.
    """
    _only_in_a_demo()
    # a coordinator needs a country and a facilitator a grid: a framework may have none
    possible = [role for role in Role if role not in SCOPED_ROLES or scope_choices(role)]
    return [_account(role, at) for role in possible if role is not Role.VISITOR]


@transaction.atomic
def use_one_time_link(*, token: str, at: dt.datetime) -> OneTimeLink:
    """Spend a link. ``link_spent`` whether it was used, is too old, or never was."""
    _only_in_a_demo()
    links = OneTimeLink.objects.filter(token_hash=digest(token))
    # the update decides, so that of two requests with one link a single one succeeds
    if not links.filter(used_at=None, expires_at__gt=at).update(used_at=at):
        raise RuleBroken("link_spent", _("This link was used, or is too old."))
    link = links.select_related("person").get()
    record(verb="one_time_link_used", of=link.person, by=link.person, at=at)
    return link


def _account(role: Role, at: dt.datetime) -> DemoAccount:
    email = f"{role.value.replace('_', '-')}@example.org"
    person = Person.objects.filter(email=email).first()
    if person is None:
        name = f"Demo {role.value.replace('_', ' ')}"
        person = register_person(email=email, name=name, by=None, at=at)
    if role in STAFF_ROLES:
        grant_role(person=person, role=role, scope=_scope(role), by=None, at=at)
    if role is Role.ORGANISATION_EDITOR and not person.memberships.exists():
        add_member(organisation=_some_organisation(at), person=person, by=None, at=at)
    OneTimeLink.objects.filter(person=person, used_at=None).delete()
    token = new_token()
    OneTimeLink.objects.create(
        person=person, token_hash=digest(token), second_factor=True, expires_at=at + LASTS
    )
    return DemoAccount(role, email, settings.BASE_URL + reverse("account_once", args=[token]))


def _scope(role: Role) -> TermKey | None:
    """The first region, for it has the most to see; the first line."""
    choices = scope_choices(role)
    if not choices:
        return None
    scheme, terms = next((one for one in choices if one[0].slug == "region"), choices[0])
    return scheme.slug, terms[0].code


def _some_organisation(at: dt.datetime) -> Organisation:
    known = Organisation.objects.filter(unknown=False, merged_into=None).order_by("number").first()
    return known or register_organisation(name="Example organisation", by=None, at=at)


def _only_in_a_demo() -> None:
    if not settings.DEMO:
        raise RuleBroken("not_a_demo", _("This installation is not a demonstration."))
