"""Sign-ins with providers of identity (OpenID Connect) and the accounts they open."""

import datetime as dt
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from stocktaking.accounts.models import Person
from stocktaking.accounts.operations.people import register_person
from stocktaking.accounts.permissions import require_own_account
from stocktaking.accounts.rules.tokens import digest
from stocktaking.accounts.signals import identity_linked
from stocktaking.history.operations import record
from stocktaking.kernel import languages
from stocktaking.kernel.errors import RuleBroken


@dataclass(frozen=True)
class Identity:
    """Who a provider says that somebody is. ``provider`` is its id here, ``subject`` its word
    for the person; ``email`` is empty where the provider states none."""

    provider: str
    provider_name: str
    issuer: str
    subject: str
    email: str = ""
    name: str = ""

    @property
    def uid(self) -> str:
        """What is looked up: a subject means something at its issuer alone."""
        return digest(f"{self.issuer}\n{self.subject}")

    def stated(self) -> dict[str, str]:
        """What is kept of the provider's word, for the person to see and take along."""
        return {"issuer": self.issuer, "subject": self.subject, "email": self.email}


@transaction.atomic
def link_identity(
    *, person: Person, identity: Identity, by: Person | None, at: dt.datetime
) -> SocialAccount:
    """Let a sign-in with a provider open this account; its owner is told by mail.

    ``by=None``: the provider's word on the address did it. ``identity_taken`` where it opens
    another account.
    """
    require_own_account(by, person)
    if not person.is_active:
        raise RuleBroken("account_closed", _("This account is closed."))
    held = SocialAccount.objects.filter(provider=identity.provider, uid=identity.uid).first()
    if held is not None and held.user_id == person.pk:
        return held
    taken = RuleBroken("identity_taken", _("This sign-in opens another account."))
    if held is not None:
        raise taken
    try:
        with transaction.atomic():
            held = SocialAccount.objects.create(
                user=person,
                provider=identity.provider,
                uid=identity.uid,
                extra_data=identity.stated(),
            )
    except IntegrityError:  # in two windows at once
        raise taken from None
    detail = {"provider": identity.provider}
    record(verb="identity_linked", of=person, by=by, at=at, detail=detail)
    identity_linked.send(sender=Person, person=person, provider=identity.provider_name, at=at)
    return held


@transaction.atomic
def unlink_identity(
    *, person: Person, identity_id: int, by: Person | None, at: dt.datetime
) -> None:
    """That sign-in opens the account no longer; a code by mail always does."""
    require_own_account(by, person)
    held = SocialAccount.objects.filter(user=person, pk=identity_id).first()
    if held is not None:
        held.delete()
        detail = {"provider": held.provider}
        record(verb="identity_unlinked", of=person, by=by, at=at, detail=detail)


@transaction.atomic
def open_account(
    *, identity: Identity, language: str = languages.DEFAULT, at: dt.datetime
) -> Person:
    """The account with the identity's address, else a new one; linked, the address confirmed.

    For an address that the provider has confirmed itself, and whose word counts.
    """
    person = owner_of(identity.email)
    if person is None:
        person = register_person(
            email=identity.email, name=identity.name[:200], language=language, by=None, at=at
        )
    if not EmailAddress.objects.filter(user=person, email__iexact=identity.email).exists():
        EmailAddress.objects.create(user=person, email=identity.email.lower(), primary=True)
    EmailAddress.objects.filter(user=person, email__iexact=identity.email).update(verified=True)
    link_identity(person=person, identity=identity, by=None, at=at)
    return person


def owner_of(email: str) -> Person | None:
    """Whose address it is: first who has confirmed it, then who gave it."""
    confirmed = EmailAddress.objects.filter(email__iexact=email, verified=True)
    found = confirmed.select_related("user").first()
    return found.user if found else Person.objects.filter(email__iexact=email).first()
