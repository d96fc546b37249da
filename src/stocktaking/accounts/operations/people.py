"""Accounts of people: made, revised, their sessions ended."""

import datetime as dt

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from stocktaking.accounts.models import Person
from stocktaking.accounts.operations.terms import COUNTRIES, TYPES, term_id
from stocktaking.accounts.permissions import require_own_account
from stocktaking.accounts.signals import person_registered, person_revised
from stocktaking.history.operations import record
from stocktaking.kernel import languages
from stocktaking.kernel.errors import RuleBroken

NAME_MAX = 200


@transaction.atomic
def register_person(
    *,
    email: str,
    name: str = "",
    language: str = languages.DEFAULT,
    country: str | None = None,
    stakeholder: str | None = None,
    by: Person | None,
    at: dt.datetime,
) -> Person:
    """A new account, without a password. ``email_taken`` where the address has one already.

    ``country`` and ``stakeholder`` are codes of terms.
    """
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise RuleBroken(
            "email_invalid", _("This is not an e-mail address."), field="email"
        ) from None
    taken = RuleBroken("email_taken", _("This address has an account."), field="email")
    # an address that is confirmed for another account, as after merging two, is no new one
    confirmed = EmailAddress.objects.filter(email__iexact=email, verified=True)
    if Person.objects.filter(email__iexact=email).exists() or confirmed.exists():
        raise taken
    person = Person(email=email, joined_at=at)
    _describe(person, name, language, country, stakeholder)
    person.set_unusable_password()
    try:
        with transaction.atomic():
            person.save(force_insert=True)
    except IntegrityError:  # somebody was faster by a moment
        raise taken from None
    record(verb="person_registered", of=person, by=by, at=at)
    person_registered.send(sender=Person, person=person, at=at)
    return person


@transaction.atomic
def revise_person(
    *,
    person: Person,
    name: str,
    language: str,
    country: str | None,
    stakeholder: str | None,
    by: Person | None,
    at: dt.datetime,
) -> Person:
    """What somebody says about themselves; history names the fields, not what stood in them."""
    require_own_account(by, person)
    fields = ("name", "language", "country_id", "stakeholder_id")
    before = [getattr(person, field) for field in fields]
    _describe(person, name, language, country, stakeholder)
    changed = [
        field for field, was in zip(fields, before, strict=True) if getattr(person, field) != was
    ]
    if changed:
        person.save(update_fields=changed)
        record(verb="person_revised", of=person, by=by, at=at, detail={"fields": changed})
        person_revised.send(sender=Person, person=person, at=at)
    return person


@transaction.atomic
def note_address(*, person: Person, before: str, by: Person | None, at: dt.datetime) -> None:
    """The confirmed address took the place of ``before``; said once, without either."""
    if person.email == before:
        return
    record(verb="person_address_changed", of=person, by=by, at=at)
    person_revised.send(sender=Person, person=person, at=at)


@transaction.atomic
def sign_out_everywhere(*, person: Person, by: Person | None, at: dt.datetime) -> None:
    """End every session of a person: sessions hang on the random part of the dead password."""
    require_own_account(by, person)
    person.set_unusable_password()
    person.save(update_fields=["password"])
    record(verb="person_signed_out_everywhere", of=person, by=by, at=at)


def _describe(
    person: Person, name: str, language: str, country: str | None, stakeholder: str | None
) -> None:
    name = " ".join(name.split())
    if len(name) > NAME_MAX:
        raise RuleBroken("name_long", _("Give a shorter name."), field="name")
    if language not in languages.CODES:
        raise RuleBroken("language_unknown", _("This language is not offered."), field="language")
    person.name = name
    person.language = language
    person.country_id = term_id(COUNTRIES, country, "country")
    person.stakeholder_id = term_id(TYPES, stakeholder, "stakeholder")
