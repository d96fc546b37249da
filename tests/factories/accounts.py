"""People and organisations for tests, made by the same operations as real ones."""

import datetime as dt
import itertools

from allauth.account.models import EmailAddress
from django.test import Client

from stocktaking.accounts import operations
from stocktaking.accounts.models import Organisation, Person
from stocktaking.accounts.rules.roles import STAFF_ROLES, Role
from stocktaking.accounts.rules.scopes import TermKey
from stocktaking.reference import queries as reference
from stocktaking.reference.models import Crosswalk, Scheme, Term

AT = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
_numbers = itertools.count(1)


def person(
    role: Role | None = None,
    *,
    email: str = "",
    name: str = "",
    scope: TermKey | None = None,
    at: dt.datetime = AT,
) -> Person:
    """An account with a confirmed address; an organisation editor comes with an organisation.

    A coordinator is one of Kenya and a facilitator one of the first line unless ``scope`` says
    otherwise; what the framework lacks for that is made.
    """
    email = email or f"person{next(_numbers)}@example.org"
    made = operations.register_person(email=email, name=name or "Ada Person", by=None, at=at)
    EmailAddress.objects.create(user=made, email=made.email, verified=True, primary=True)
    if role in STAFF_ROLES:
        scope = scope or usual_scope(role)
        operations.grant_role(person=made, role=role, scope=scope, by=None, at=at)
    if role is Role.ORGANISATION_EDITOR:
        operations.add_member(organisation=organisation(), person=made, by=None, at=at)
    return made


def usual_scope(role: Role) -> TermKey | None:
    if role is Role.COORDINATOR:
        return _term("country", "KE")
    if role is Role.FACILITATOR:
        grid = Crosswalk.objects.filter(primary=True).select_related("rows").first()
        if grid is None:
            _term("line", "L1"), _term("goal", "1")
            line, goal = (Scheme.objects.get(slug=slug) for slug in ("line", "goal"))
            grid = Crosswalk.objects.create(slug="grid", rows=line, columns=goal, primary=True)
            reference.forget()
        return _term(grid.rows.slug, grid.rows.terms.first().code)
    return None


def _term(slug: str, code: str) -> TermKey:
    scheme, _ = Scheme.objects.get_or_create(slug=slug, defaults={"title": {"en": slug.title()}})
    Term.objects.get_or_create(scheme=scheme, code=code, defaults={"title": {"en": code}})
    reference.forget()
    return slug, code


def organisation(name: str = "", *, at: dt.datetime = AT, **values) -> Organisation:
    """A registered organisation; names differ from call to call unless one is given."""
    name = name or f"Organisation number {next(_numbers)}"
    return operations.register_organisation(name=name, by=None, at=at, **values)


def browser(who: Person | None, *, second_factor: bool = True) -> Client:
    """A browser in which ``who`` is signed in, by default with a second factor."""
    client = Client()
    if who is None:
        return client
    client.force_login(who, backend="allauth.account.auth_backends.AuthenticationBackend")
    records = [{"method": "code", "at": AT.timestamp(), "email": who.email}]
    if second_factor:
        records.append({"method": "mfa", "type": "totp", "at": AT.timestamp()})
    session = client.session
    session["account_authentication_methods"] = records
    session["account_authentication_methods_user"] = str(who.pk)
    session.save()
    return client
