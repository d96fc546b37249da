"""Accounts of people."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from stocktaking.accounts.models import Person
from stocktaking.accounts.signals import person_registered
from stocktaking.history.operations import record
from stocktaking.kernel import languages
from stocktaking.kernel.errors import RuleBroken


@transaction.atomic
def register_person(
    *,
    email: str,
    name: str = "",
    language: str = languages.DEFAULT,
    by: Person | None,
    at: dt.datetime,
) -> Person:
    """A new account, without a password. ``email_taken`` where the address has one already."""
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise RuleBroken(
            "email_invalid", _("This is not an e-mail address."), field="email"
        ) from None
    if Person.objects.filter(email__iexact=email).exists():
        raise RuleBroken("email_taken", _("This address has an account."), field="email")
    if language not in languages.CODES:
        raise RuleBroken("language_unknown", _("This language is not offered."), field="language")
    person = Person(email=email, name=" ".join(name.split())[:200], language=language, joined_at=at)
    person.set_unusable_password()
    person.save(force_insert=True)
    record(verb="person_registered", of=person, by=by, at=at)
    person_registered.send(sender=Person, person=person, at=at)
    return person
